"""CMS, chains and lists with certificates of a test authority: what is right is accepted, what is bent is refused."""

import base64
import time
from datetime import UTC, datetime

import pytest

from demeu.vault.identity.eds import Code, Trust, der, oids, read_certificate, verify_cms
from demeu.vault.identity.eds.chain import build_chain
from demeu.vault.identity.eds.codes import EdsError
from demeu.vault.identity.eds.crl import crl_status
from demeu.vault.identity.eds.der import encode
from demeu.vault.identity.tests.authority import (
    CA_USAGE,
    HEAD,
    Authority,
    Profile,
    extension,
    make_certificate,
    name,
    sequence,
    sign_cms,
)

AT = datetime(2026, 6, 1, tzinfo=UTC)
CONTENT = "Өтініш: үш балаға мектеп киімі".encode()
AUTHORITY = Authority()
AIGUL = AUTHORITY.issue()
HEAD_OF_FUND = AUTHORITY.issue("790215300011", usages=HEAD, organization_bin="190340001234")


def indefinite(source: bytes) -> bytes:
    """The same value in BER: every constructed element of indefinite length."""
    node = der.parse(source)

    def write(element: der.Node) -> bytes:
        if not element.tag & 0x20:
            return element.raw
        return bytes((element.tag, 0x80)) + b"".join(map(write, element)) + b"\0\0"

    return write(node)


def test_a_right_signature_of_a_trusted_person_is_accepted() -> None:
    verdict = verify_cms(sign_cms(CONTENT, AIGUL), CONTENT, AUTHORITY.trust, AT)
    assert verdict.accept
    (signer,) = verdict.signers
    assert signer.certificate is not None
    assert signer.certificate.subject.iin == "850101400018"
    assert (signer.certificate.subject.surname, signer.certificate.subject.first_name) == ("АХМЕТОВА", "АЙГҮЛ")
    assert [certificate.subject.common_name for certificate in signer.chain][1:] == ["ҰЛТТЫҚ ТЕСТ", "НЕГІЗГІ ТЕСТ"]


@pytest.mark.parametrize("attached", [True, False])
def test_ber_and_pem_say_the_same_as_der(attached: bool) -> None:
    signed = sign_cms(CONTENT, AIGUL, attached=attached)
    pem = b"-----BEGIN CMS-----\n" + base64.encodebytes(signed) + b"-----END CMS-----\n"
    for form in (signed, indefinite(signed), pem):
        assert verify_cms(form, CONTENT, AUTHORITY.trust, AT).accept


def test_content_in_several_octet_strings_is_one_content() -> None:
    signed = sign_cms(CONTENT, AIGUL, attached=True)
    whole = der.encode(der.OCTET_STRING, CONTENT)
    pieces = b"".join(der.encode(der.OCTET_STRING, part) for part in (CONTENT[:7], CONTENT[7:]))
    bent = indefinite(signed).replace(whole, b"\x24\x80" + pieces + b"\0\0")
    assert verify_cms(bent, None, AUTHORITY.trust, AT).content == CONTENT
    assert verify_cms(bent, None, AUTHORITY.trust, AT).accept


def test_every_one_of_several_signers_must_be_right() -> None:
    both = verify_cms(sign_cms(CONTENT, AIGUL, HEAD_OF_FUND), CONTENT, AUTHORITY.trust, AT)
    assert both.accept
    assert len(both.signers) == 2
    stranger = Authority("БӨТЕН", 5000).issue("900101300012")
    mixed = verify_cms(sign_cms(CONTENT, AIGUL, stranger), CONTENT, AUTHORITY.trust, AT)
    assert not mixed.accept
    assert sorted(signer.code for signer in mixed.signers) == [Code.OK, Code.UNTRUSTED_ISSUER]


@pytest.mark.parametrize(
    ("source", "content", "code"),
    [
        (sign_cms(CONTENT, AIGUL), None, Code.CONTENT_REQUIRED),
        (sign_cms(CONTENT, AIGUL), CONTENT + b".", Code.DIGEST_MISMATCH),
        (sign_cms(CONTENT, AIGUL, attached=True), b"another", Code.DIGEST_MISMATCH),
        (sign_cms(CONTENT, AIGUL, claimed_type=oids.CONTENT_SIGNED), CONTENT, Code.CONTENT_TYPE_MISMATCH),
        (sign_cms(CONTENT, AIGUL, certificates=[]), CONTENT, Code.SIGNER_CERTIFICATE_MISSING),
        (sign_cms(CONTENT), CONTENT, Code.NO_SIGNERS),
        (sign_cms(CONTENT, AIGUL) + b"\0", CONTENT, Code.MALFORMED),
        (sign_cms(CONTENT, AIGUL)[:-1], CONTENT, Code.MALFORMED),
        (AIGUL.der, CONTENT, Code.MALFORMED),
        (b"", CONTENT, Code.MALFORMED),
    ],
)
def test_a_bent_message_is_refused_with_its_reason(source: bytes, content: bytes | None, code: Code) -> None:
    verdict = verify_cms(source, content, AUTHORITY.trust, AT)
    assert not verdict.accept
    assert verdict.codes == (code,)


def test_a_changed_signature_is_refused() -> None:
    signed = bytearray(sign_cms(CONTENT, AIGUL))
    signed[-5] ^= 1
    assert verify_cms(bytes(signed), CONTENT).codes == (Code.BAD_SIGNATURE,)


def test_a_certificate_inside_the_message_is_never_trust() -> None:
    stranger = Authority("БӨТЕН", 5000)
    person = stranger.issue()
    brought = [person.der, stranger.issuing.der, stranger.root.der]
    verdict = verify_cms(sign_cms(CONTENT, person, certificates=brought), CONTENT, AUTHORITY.trust, AT)
    assert verdict.codes == (Code.UNTRUSTED_ISSUER,)


def test_an_authority_of_the_same_name_with_another_key_is_refused() -> None:
    twin = Authority(first_private=7000).issue()
    verdict = verify_cms(sign_cms(CONTENT, twin), CONTENT, AUTHORITY.trust, AT)
    assert verdict.codes == (Code.BAD_SIGNATURE,)


def test_a_person_cannot_issue_certificates() -> None:
    forged = make_certificate(Profile(name(common_name="ЖАЛҒАН"), 4242, 4242), AIGUL.subject_name, AIGUL.private)
    trust = Trust(AUTHORITY.trust.anchors, (*AUTHORITY.trust.intermediates, AIGUL.certificate))
    with pytest.raises(EdsError, match="untrusted_issuer"):
        build_chain(forged.certificate, trust, AT)


def test_an_authority_without_the_right_to_certify_is_refused() -> None:
    subject = name(common_name="ТЕК CRL")
    only_lists = make_certificate(
        Profile(subject, 4300, 4300, is_ca=True, key_usage=0x02), AUTHORITY.root.subject_name, AUTHORITY.root.private
    )
    person = make_certificate(Profile(name(common_name="АДАМ"), 4301, 4301), subject, 4300)
    trust = Trust(AUTHORITY.trust.anchors, (only_lists.certificate,))
    with pytest.raises(EdsError, match="untrusted_issuer"):
        build_chain(person.certificate, trust, AT)
    allowed = make_certificate(
        Profile(subject, 4300, 4302, is_ca=True, key_usage=CA_USAGE),
        AUTHORITY.root.subject_name,
        AUTHORITY.root.private,
    )
    assert build_chain(person.certificate, Trust(AUTHORITY.trust.anchors, (allowed.certificate,)), AT)


def test_an_unknown_critical_extension_is_refused() -> None:
    odd = AUTHORITY.issue(more_extensions=(extension("1.2.3.4", b"\x05\0", critical=True),))
    with pytest.raises(EdsError, match="untrusted_issuer"):
        build_chain(odd.certificate, AUTHORITY.trust, AT)


def test_an_extension_that_stands_twice_is_malformed() -> None:
    twice = AUTHORITY.issue(more_extensions=(extension(oids.KEY_USAGE, b"\x03\x02\x01\x06"),))
    with pytest.raises(EdsError, match="malformed"):
        read_certificate(twice.der)


def test_a_list_revokes_and_a_stale_list_says_nothing() -> None:
    since, until = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
    lists = AUTHORITY.revocation_list(AIGUL, at=since, until=until)
    trust = Trust(AUTHORITY.trust.anchors, AUTHORITY.trust.intermediates, ((lists, AUTHORITY.issuing.certificate),))
    assert verify_cms(sign_cms(CONTENT, AIGUL), CONTENT, trust, AT).codes == (Code.REVOKED,)
    assert verify_cms(sign_cms(CONTENT, HEAD_OF_FUND), CONTENT, trust, AT).accept
    later = datetime(2026, 8, 1, tzinfo=UTC)
    assert verify_cms(sign_cms(CONTENT, HEAD_OF_FUND), CONTENT, trust, later).codes == (Code.STALE,)


def test_a_list_signed_by_someone_else_is_refused() -> None:
    twin = Authority(first_private=7000)
    lists = twin.revocation_list(at=AT, until=datetime(2026, 7, 1, tzinfo=UTC))
    trust = Trust(AUTHORITY.trust.anchors, AUTHORITY.trust.intermediates, ((lists, AUTHORITY.issuing.certificate),))
    assert verify_cms(sign_cms(CONTENT, AIGUL), CONTENT, trust, AT).codes == (Code.BAD_SIGNATURE,)


def in_layers(tag: bytes, inside: bytes) -> bytes:
    return tag * 38 + inside + b"\0\0" * 38


BOMBS = {
    "zeros": lambda: bytes(100_000_000),
    "open tags": lambda: b"\x30\x80" * 50_000_000,
    "many elements": lambda: b"\x30\x80" + b"\x05\x00" * 1_000_000,
    "many elements in DER": lambda: der.encode(der.SEQUENCE, b"\x05\x00" * 5_000_000),
    "layers": lambda: in_layers(b"\x30\x80", der.encode(der.OCTET_STRING, bytes(50_000_000))),
    "layers of one string": lambda: in_layers(b"\x24\x80", der.encode(der.OCTET_STRING, bytes(50_000_000))),
    "empty sequences": lambda: sequence() * 9,
}


@pytest.mark.parametrize("bomb", BOMBS)
def test_a_bomb_is_malformed_within_two_seconds(bomb: str) -> None:
    source = BOMBS[bomb]()
    began = time.process_time()
    assert verify_cms(source, CONTENT).codes == (Code.MALFORMED,)
    assert time.process_time() - began < 2


def test_a_strangers_certificate_of_the_same_number_changes_nothing() -> None:
    profile = Profile(AIGUL.subject_name, 4400, int.from_bytes(AIGUL.certificate.serial, "big"))
    twin = make_certificate(profile, AUTHORITY.issuing.subject_name, 4401)
    for brought in ([twin.der, AIGUL.der], [AIGUL.der, twin.der]):
        assert verify_cms(sign_cms(CONTENT, AIGUL, certificates=brought), CONTENT, AUTHORITY.trust, AT).accept
        forged = verify_cms(sign_cms(CONTENT, twin, certificates=brought), CONTENT, AUTHORITY.trust, AT)
        assert forged.codes == (Code.BAD_SIGNATURE,)


def test_too_late_is_only_said_of_a_path_that_reaches_an_anchor() -> None:
    late = AUTHORITY.issue(until=datetime(2026, 5, 1, tzinfo=UTC))
    with pytest.raises(EdsError, match="expired"):
        build_chain(late.certificate, AUTHORITY.trust, AT)
    with pytest.raises(EdsError, match="untrusted_issuer"):
        build_chain(late.certificate, Trust((), AUTHORITY.trust.intermediates), AT)


def test_a_list_of_changes_revokes_but_never_says_good() -> None:
    since, until = datetime(2026, 5, 1, tzinfo=UTC), datetime(2026, 7, 1, tzinfo=UTC)
    delta = encode(0xA0, sequence(extension("2.5.29.27", b"\x02\x01\x01", critical=True)))
    lists = AUTHORITY.revocation_list(AIGUL, at=since, until=until, extensions=delta)
    issuer = AUTHORITY.issuing.certificate
    assert crl_status(lists, AIGUL.certificate, issuer, AT).code is Code.REVOKED
    assert crl_status(lists, HEAD_OF_FUND.certificate, issuer, AT).code is Code.UNKNOWN
    taken_back = AUTHORITY.revocation_list(AIGUL, at=since, until=until, extensions=delta, reason=8)
    assert crl_status(taken_back, AIGUL.certificate, issuer, AT).code is Code.UNKNOWN


def test_an_entry_without_a_number_spoils_a_list_and_nothing_else() -> None:
    lists = AUTHORITY.revocation_list(AIGUL, at=AT, until=datetime(2026, 7, 1, tzinfo=UTC))
    serial = der.encode(der.INTEGER, AIGUL.certificate.serial)
    assert serial in lists
    for bent in (lists.replace(serial, b"\x04" + serial[1:]), lists.replace(serial, b"\x30" + serial[1:])):
        status = crl_status(bent, AIGUL.certificate, AUTHORITY.issuing.certificate, AT)
        assert status.code in (Code.MALFORMED, Code.BAD_SIGNATURE)
