"""No bytes whatsoever may cause more than a refusal: noise, and samples bent in a few places, for a few seconds."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from demeu.vault.identity.eds import EdsError, read_certificate, sign_body, verify_cms, verify_xml
from demeu.vault.identity.eds.crl import crl_status
from demeu.vault.identity.eds.der import encode, parse, to_der
from demeu.vault.identity.eds.ocsp import ocsp_status
from demeu.vault.identity.tests.authority import Authority, sign_cms

NOISY = settings(max_examples=120, deadline=None, suppress_health_check=[HealthCheck.too_slow])
AT = datetime(2026, 6, 1, tzinfo=UTC)
AUTHORITY = Authority()
PERSON = AUTHORITY.issue()
LEAF, ISSUER = PERSON.certificate, AUTHORITY.issuing.certificate
CMS = sign_cms(b"text", PERSON, attached=True)
LIST = AUTHORITY.revocation_list(PERSON, at=AT, until=datetime(2026, 7, 1, tzinfo=UTC))
SOAP = sign_body(
    b'<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body><a>1</a></s:Body></s:Envelope>',
    PERSON.key,
)


def accepted_cms(source: bytes) -> bool:
    return verify_cms(source, None, AUTHORITY.trust, AT).accept


def accepted_xml(source: bytes) -> bool:
    return verify_xml(source, AUTHORITY.trust, AT).accept


def accepted_list(source: bytes) -> bool:
    return crl_status(source, LEAF, ISSUER, AT).accept


def accepted_answer(source: bytes) -> bool:
    return ocsp_status(source, LEAF, ISSUER, AT).accept


def accepted_certificate(source: bytes) -> bool:
    try:
        return read_certificate(source).der == LEAF.der
    except EdsError:
        return False


READERS = [
    (accepted_cms, CMS),
    (accepted_xml, SOAP),
    (accepted_list, LIST),
    (accepted_answer, LIST),
    (accepted_certificate, PERSON.der),
]
Reader = Callable[[bytes], bool]


@pytest.mark.parametrize(("reader", "sample"), READERS)
def test_noise_is_refused(reader: Reader, sample: bytes) -> None:
    @NOISY
    @given(st.binary(max_size=300))
    def check(noise: bytes) -> None:
        assert not reader(noise)

    check()


@pytest.mark.parametrize(("reader", "sample"), READERS)
def test_a_sample_bent_anywhere_ends_in_a_verdict(reader: Reader, sample: bytes) -> None:
    @NOISY
    @given(st.integers(0, len(sample) - 1), st.integers(0, 4), st.binary(max_size=4))
    def check(place: int, dropped: int, inserted: bytes) -> None:
        assert reader(sample[:place] + inserted + sample[place + dropped :]) in (True, False)

    check()


@pytest.mark.parametrize("sample", [CMS, LIST, PERSON.der])
def test_every_truncation_is_malformed(sample: bytes) -> None:
    for size in range(0, len(sample), 7):
        with pytest.raises(EdsError, match="malformed"):
            parse(sample[:size])


TREES = st.recursive(
    st.builds(encode, st.sampled_from([0x02, 0x04, 0x05, 0x0C, 0x80]), st.binary(max_size=200)),
    lambda inner: st.builds(
        lambda tag, parts: encode(tag, b"".join(parts)),
        st.sampled_from([0x30, 0x31, 0xA0]),
        st.lists(inner, max_size=4),
    ),
    max_leaves=12,
)


@NOISY
@given(TREES)
def test_der_comes_back_from_its_indefinite_form(tree: bytes) -> None:
    assert to_der(_indefinite(tree)) == tree
    assert to_der(tree) == tree


def _indefinite(source: bytes) -> bytes:
    node = parse(source)
    if not node.tag & 0x20:
        return source
    return bytes((node.tag, 0x80)) + b"".join(_indefinite(child.raw) for child in node) + b"\0\0"
