"""Signing in and signing documents against real PostgreSQL: what is foreign, old, used or bent is refused."""

import base64
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from django.db import InternalError, NotSupportedError, ProgrammingError, connection, connections, transaction
from pytest_django import Settings

from demeu.kernel import clock
from demeu.kernel.checks import broken_invariants
from demeu.kernel.errors import Kind, Refusal
from demeu.vault.identity import actions, queries
from demeu.vault.identity.actions import Begun
from demeu.vault.identity.eds import oids
from demeu.vault.identity.models import Signature, SigningAttempt
from demeu.vault.identity.rules import Status
from demeu.vault.identity.tests.authority import (
    HEAD,
    INDIVIDUAL_AUTH,
    Authority,
    Holder,
    extension,
    oid,
    sequence,
    sign_cms,
)
from demeu.vault.people.queries import person_card

pytestmark = pytest.mark.django_db
AT = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
SESSION, OTHER_SESSION = "session-word-of-the-browser", "session-word-of-another-one"
ORIGIN = "https://demeu.kz"
IIN, OTHER_IIN = "900101200010", "850312400128"
AUTHORITY = Authority()
MOTHER, NEIGHBOUR = AUTHORITY.issue(IIN), AUTHORITY.issue(OTHER_IIN)


@pytest.fixture(autouse=True)
def world(tmp_path: Path, settings: Settings) -> Iterator[Path]:
    """A moment, and a folder of trust with a fresh list."""
    settings.DEMEU_VAULT_TRUST = str(tmp_path)
    settings.DEMEU_VAULT_OCSP_URL = ""
    (tmp_path / "root.cer").write_bytes(AUTHORITY.root.der)
    (tmp_path / "issuing.cer").write_bytes(AUTHORITY.issuing.der)
    publish(tmp_path)
    with clock.frozen(AT):
        yield tmp_path


def publish(folder: Path, *revoked: Holder, until: datetime = AT + timedelta(days=7)) -> None:
    lists = AUTHORITY.revocation_list(*revoked, at=min(AT, until) - timedelta(minutes=30), until=until)
    (folder / "issuing.crl").write_bytes(lists)


def signed(begun: Begun, holder: Holder = MOTHER) -> str:
    return base64.b64encode(sign_cms(begun.to_sign, holder, at=AT)).decode()


def begin(session: str = SESSION) -> Begun:
    return actions.begin_sign_in(session=session, origin=ORIGIN, lang="kk")


def complete(begun: Begun, cms: str | None = None, *, session: str = SESSION, staff: bool = False) -> actions.SignedIn:
    sent = signed(begun) if cms is None else cms
    return actions.complete_sign_in(attempt=begun.attempt, session=session, cms=sent, staff=staff)


def begin_document(person: UUID, kind: str = "application", text: str = "Өтініш: мектеп киімі") -> Begun:
    return actions.begin_signature(
        person=person, session=SESSION, origin=ORIGIN, kind=kind, subject="application:42", text=text, lang="kk"
    )


def complete_document(begun: Begun, person: UUID, cms: str | None = None, *, session: str = SESSION) -> actions.Kept:
    sent = signed(begun) if cms is None else cms
    return actions.complete_signature(attempt=begun.attempt, person=person, session=session, cms=sent)


def refusal_of(code: str) -> "pytest.RaisesExc[Refusal]":
    return pytest.RaisesExc(Refusal, check=lambda refusal: refusal.code == code)


def test_a_person_signs_in_and_is_the_same_person_the_next_time() -> None:
    first, second = complete(begin()), complete(begin())
    assert first.person == second.person
    assert first.status is Status.GOOD
    assert first.organization_bin is None
    assert first.certificate_roles == ("individual",)
    assert person_card(first.person).display_name == "Ахметова Айгүл Серікқызы"


def test_pem_and_an_authentication_key_sign_in_too() -> None:
    begun = begin()
    auth = AUTHORITY.issue(IIN, usages=INDIVIDUAL_AUTH)
    pem = f"-----BEGIN CMS-----\n{signed(begun, auth)}\n-----END CMS-----\n"
    assert complete(begun, pem).person


def test_an_organisation_is_told_by_its_number() -> None:
    head = AUTHORITY.issue(OTHER_IIN, usages=HEAD, organization_bin="190340001234")
    begun = begin()
    found = complete(begun, signed(begun, head))
    assert found.organization_bin == "190340001234"
    assert found.certificate_roles == ("legal_entity", "head")


def test_the_nonce_has_at_least_128_bits_and_is_never_the_same() -> None:
    nonces = {SigningAttempt.objects.get(id=begin().attempt).nonce for _ in range(20)}
    assert len(nonces) == 20
    assert all(len(base64.urlsafe_b64decode(nonce + "=" * (-len(nonce) % 4))) >= 16 for nonce in nonces)


def test_a_signature_works_once() -> None:
    begun = begin()
    cms = signed(begun)
    complete(begun, cms)
    with refusal_of("identity.replayed"):
        complete(begun, cms)


@pytest.mark.timeout(900)
def test_of_ten_thousand_replays_none_is_accepted() -> None:
    begun, other = begin(), begin()
    cms = signed(begun)
    complete(begun, cms)
    refused: Counter[str] = Counter()
    for number in range(10_000):
        again, session = (other, SESSION) if number % 20 == 0 else (begun, SESSION if number % 2 else OTHER_SESSION)
        try:
            complete(again, cms, session=session)
        except Refusal as refusal:
            refused[refusal.code] += 1
    assert refused == {"identity.replayed": 5_000, "identity.wrong_session": 4_500, "identity.bad_signature": 500}


def test_an_old_signature_does_not_open_a_new_attempt() -> None:
    cms = signed(begin())
    with refusal_of("identity.bad_signature"):
        complete(begin(), cms)


def test_after_five_minutes_it_is_too_late() -> None:
    begun = begin()
    with clock.frozen(AT + timedelta(minutes=5)):
        assert complete(begun).person
    late = begin()
    with clock.frozen(AT + timedelta(minutes=5, seconds=1)), refusal_of("identity.expired") as caught:
        complete(late)
    assert caught.value.kind is Kind.TOO_LATE


def test_another_session_cannot_complete_it() -> None:
    begun = begin()
    with refusal_of("identity.wrong_session"):
        complete(begun, session=OTHER_SESSION)
    assert complete(begun).person


def test_a_refused_signature_leaves_the_attempt_open_for_the_right_key() -> None:
    begun = begin()
    with refusal_of("identity.bad_signature"):
        complete(begun, base64.b64encode(sign_cms(b"another text", MOTHER)).decode())
    assert complete(begun).person


def test_content_inside_that_is_not_the_asked_text_is_refused() -> None:
    begun = begin()
    swapped = sign_cms("demeu:sign-in:1\nбасқа\n".encode(), MOTHER, attached=True)
    with refusal_of("identity.bad_signature"):
        complete(begun, base64.b64encode(swapped).decode())


@pytest.mark.parametrize("sent", ["", "no", "%%%", "AAAA", "-----BEGIN CMS-----\nxx\n-----END CMS-----", "қ" * 50])
def test_what_is_no_cms_is_unreadable(sent: str) -> None:
    with refusal_of("identity.unreadable"):
        complete(begin(), sent)


def test_two_signers_are_one_too_many() -> None:
    begun = begin()
    both = sign_cms(begun.to_sign, MOTHER, NEIGHBOUR)
    with refusal_of("identity.several_signers"):
        complete(begun, base64.b64encode(both).decode())


def test_a_stranger_an_expired_and_a_wrong_key_are_refused() -> None:
    holders = {
        "identity.untrusted": Authority("БӨТЕН", 5000).issue(IIN),
        "identity.certificate_expired": AUTHORITY.issue(IIN, until=AT - timedelta(days=1)),
        "identity.wrong_key_usage": AUTHORITY.issue(IIN, usages=()),
        "identity.no_iin": AUTHORITY.issue(""),
        "person.iin_invalid": AUTHORITY.issue("123456789011"),
    }
    for code, holder in holders.items():
        begun = begin()
        with refusal_of(code):
            complete(begun, signed(begun, holder))


def test_where_policies_are_asked_a_key_must_have_one_of_them(settings: Settings) -> None:
    policy = sequence(sequence(oid("1.2.398.3.3.2")))
    ruled = AUTHORITY.issue(IIN, more_extensions=(extension(oids.POLICIES, policy),))
    settings.DEMEU_VAULT_POLICIES = ("1.2.398.3.3.2", "1.2.3")
    begun = begin()
    assert complete(begun, signed(begun, ruled)).person
    odd = AUTHORITY.issue(IIN, more_extensions=(extension(oids.POLICIES, b"\x05"),))
    for holder in (MOTHER, odd):
        begun = begin()
        with refusal_of("identity.wrong_policy"):
            complete(begun, signed(begun, holder))


def test_a_revoked_key_is_refused(world: Path) -> None:
    publish(world, MOTHER)
    with refusal_of("identity.certificate_revoked"):
        complete(begin())


@pytest.mark.parametrize("listed", [True, False])
def test_without_a_fresh_list_staff_is_refused_and_a_citizen_is_marked(
    world: Path, settings: Settings, listed: bool
) -> None:
    publish(world, until=AT - timedelta(hours=1))
    if not listed:
        (world / "issuing.crl").unlink()
    with refusal_of("identity.status_unknown") as caught:
        complete(begin(), staff=True)
    assert caught.value.kind is Kind.UNAVAILABLE
    assert complete(begin()).status is Status.UNKNOWN
    settings.DEMEU_VAULT_STATUS_REQUIRED = True
    with refusal_of("identity.status_unknown"):
        complete(begin())


def test_nobody_is_believed_without_a_folder_of_trust(world: Path, settings: Settings) -> None:
    settings.DEMEU_VAULT_TRUST = str(world / "absent")
    with refusal_of("identity.untrusted"):
        complete(begin())


def test_an_unreadable_file_in_the_folder_of_trust_changes_nothing(world: Path) -> None:
    (world / "noise.cer").write_bytes(b"noise")
    (world / "noise.crl").write_bytes(b"noise")
    assert complete(begin(), staff=True).status is Status.GOOD


def test_a_signed_document_is_kept_byte_for_byte_and_sealed() -> None:
    person = complete(begin()).person
    begun = begin_document(person)
    cms = signed(begun)
    kept = complete_document(begun, person, cms)
    assert "Өтініш: мектеп киімі" in begun.to_sign.decode()
    document = queries.signed_document(kept.signature)
    assert (document.signed, document.cms) == (begun.to_sign, cms.encode())
    card = queries.signature_card(kept.signature)
    assert (card.person, card.kind, card.subject) == (person, "application", "application:42")
    row = Signature.objects.get(id=kept.signature)
    assert b"demeu:document" not in bytes(row.signed)
    with refusal_of("identity.replayed"):
        complete_document(begun, person, cms)


def test_a_sign_in_signature_is_no_document_and_a_document_is_no_sign_in() -> None:
    person = complete(begin()).person
    sign_in, document = begin(), begin_document(person)
    with refusal_of("identity.unknown_attempt"):
        complete_document(sign_in, person)
    with refusal_of("identity.unknown_attempt"):
        complete(document)
    with refusal_of("identity.bad_signature"):
        complete_document(document, person, signed(sign_in))
    with refusal_of("identity.bad_signature"):
        complete(sign_in, signed(document))


def test_only_the_person_may_sign_their_document() -> None:
    person = complete(begin()).person
    begun = begin_document(person)
    with refusal_of("signature.other_person"):
        complete_document(begun, person, signed(begun, NEIGHBOUR))
    with refusal_of("identity.wrong_session"):
        complete_document(begun, uuid4())
    with refusal_of("identity.wrong_session"):
        complete_document(begun, person, session=OTHER_SESSION)


def test_an_authentication_key_signs_no_document() -> None:
    person = complete(begin()).person
    begun = begin_document(person)
    with refusal_of("identity.wrong_key_usage"):
        complete_document(begun, person, signed(begun, AUTHORITY.issue(IIN, usages=INDIVIDUAL_AUTH)))


def test_an_office_document_needs_a_good_status(world: Path) -> None:
    person = complete(begin()).person
    (world / "issuing.crl").unlink()
    payout = begin_document(person, kind="payout")
    with refusal_of("identity.status_unknown"):
        complete_document(payout, person)
    application = begin_document(person)
    assert complete_document(application, person).signature


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"kind": "spell"}, "signature.unknown_kind"),
        ({"subject": "a\nb"}, "signature.bad_document"),
        ({"text": "\x00"}, "signature.bad_document"),
        ({"text": "  "}, "signature.bad_document"),
        ({"origin": "demeu.kz"}, "identity.bad_origin"),
        ({"person": uuid4()}, "person.unknown"),
    ],
)
def test_what_cannot_be_signed_is_refused_before(change: dict[str, object], code: str) -> None:
    whole: dict[str, object] = {
        "person": complete(begin()).person,
        "session": SESSION,
        "origin": ORIGIN,
        "kind": "consent",
        "subject": "consent:1",
        "text": "Келісім",
        "lang": "kk",
    }
    with refusal_of(code):
        actions.begin_signature(**{**whole, **change})  # type: ignore[arg-type]


def test_kept_signatures_cannot_be_changed_or_deleted() -> None:
    person = complete(begin()).person
    complete_document(begin_document(person), person)
    for statement in (
        "UPDATE vault_identity_signature SET kind = 'payout'",
        "DELETE FROM vault_identity_signature",
    ):
        refused = pytest.raises((InternalError, ProgrammingError, NotSupportedError))
        with refused, transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(statement)


def test_nothing_personal_stands_readable_in_the_tables() -> None:
    person = complete(begin()).person
    complete_document(begin_document(person, text="Канарейкина Асель"), person)
    readable = ""
    with connection.cursor() as cursor:
        for table in ("vault_identity_signature", "vault_identity_signingattempt", "kernel_audit"):
            cursor.execute(f"SELECT string_agg(row_to_json(t)::text, '') FROM {table} t")
            readable += cursor.fetchone()[0] or ""
    for canary in (IIN, "АХМЕТОВА", "Канарейкина"):
        assert canary not in readable
        assert canary.encode().hex() not in readable


def test_old_attempts_are_forgotten_and_signatures_stay() -> None:
    person = complete(begin()).person
    complete_document(begin_document(person), person)
    with clock.frozen(AT + timedelta(days=2)):
        begin()
        assert actions.forget_old_attempts() == 2
    assert SigningAttempt.objects.count() == 1
    assert Signature.objects.count() == 1


def test_the_invariants_hold_and_notice_a_planted_fault() -> None:
    person = complete(begin()).person
    begun = begin_document(person)
    complete_document(begun, person)
    assert broken_invariants() == []
    SigningAttempt.objects.filter(id=begun.attempt).update(used_at=AT + timedelta(hours=1))
    assert {found.name for found in broken_invariants()} == {"identity.attempt_used_once_and_in_time"}


@pytest.mark.django_db(transaction=True)
def test_of_many_at_once_one_signs_in() -> None:
    begun = begin()
    cms = signed(begun)

    def try_it(_: int) -> str:
        try:
            with clock.frozen(AT):
                complete(begun, cms)
            return "in"
        except Refusal as refusal:
            return refusal.code
        finally:
            connections.close_all()

    with ThreadPoolExecutor(8) as pool:
        outcomes = list(pool.map(try_it, range(24)))
    assert sorted(outcomes) == ["identity.replayed"] * 23 + ["in"]
