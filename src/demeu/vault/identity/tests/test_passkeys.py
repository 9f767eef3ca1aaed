"""Passkeys: one's own, at this site, for this challenge, in this session, once."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.vault.identity import passkeys
from demeu.vault.identity.models import Passkey
from demeu.vault.identity.passkeys import Ceremony
from demeu.vault.identity.tests.authenticator import Authenticator, b64

pytestmark = pytest.mark.django_db
SESSION, OTHER_SESSION = "session-word-of-the-browser", "session-word-of-another-one"
ORIGIN = "https://demeu.kz"
ME, NEIGHBOUR = uuid4(), uuid4()


def registered(person: UUID = ME) -> Authenticator:
    device = Authenticator(ORIGIN)
    begun = passkeys.begin_registering(person=person, session=SESSION, origin=ORIGIN)
    register(begun, device.make(begun.options), person)
    return device


def register(begun: Ceremony, answer: str, person: UUID = ME, label: str = "Жұмыс кілті") -> None:
    passkeys.register(attempt=begun.attempt, person=person, session=SESSION, answer=answer, label=label)


def asked(person: UUID = ME) -> Ceremony:
    return passkeys.begin_using(person=person, session=SESSION, origin=ORIGIN)


def use(begun: Ceremony, answer: str, person: UUID = ME, session: str = SESSION) -> str:
    """Empty when the passkey was accepted, else the code of the refusal."""
    try:
        passkeys.use(attempt=begun.attempt, person=person, session=session, answer=answer)
    except Refusal as refusal:
        return refusal.code
    return ""


def test_a_passkey_is_registered_and_opens_again_and_again() -> None:
    device = registered()
    for _ in range(3):
        begun = asked()
        assert use(begun, device.show(begun.options)) == ""
    (mine,) = passkeys.passkeys_of(ME)
    assert (mine.label, mine.counter, mine.used_at is not None) == ("Жұмыс кілті", 3, True)


@pytest.mark.parametrize(
    "changed",
    [
        {"origin": "https://demeu.kz.evil.example"},
        {"challenge": b64(bytes(64))},
        {"type": "webauthn.create"},
        {"rp_id": "evil.example"},
    ],
)
def test_an_answer_for_another_site_or_challenge_is_refused(changed: dict[str, str]) -> None:
    device = registered()
    begun = asked()
    assert use(begun, device.show(begun.options, **changed)) == "passkey.refused"
    fresh = passkeys.begin_registering(person=NEIGHBOUR, session=SESSION, origin=ORIGIN)
    other = {**changed, "type": "webauthn.get"} if "type" in changed else changed
    with pytest.raises(Refusal, match=r"passkey\.refused"):
        register(fresh, Authenticator(ORIGIN).make(fresh.options, **other), NEIGHBOUR)
    assert not Passkey.objects.filter(person=NEIGHBOUR).exists()


def test_a_challenge_works_once_in_time_and_in_its_session_only() -> None:
    device = registered()
    begun = asked()
    answer = device.show(begun.options)
    assert use(begun, answer, session=OTHER_SESSION) == "identity.wrong_session"
    assert use(begun, answer, person=NEIGHBOUR) == "identity.wrong_session"
    assert use(begun, answer) == ""
    assert use(begun, answer) == "identity.replayed"
    late = asked()
    with clock.frozen(clock.now() + timedelta(minutes=6)):
        assert use(late, device.show(late.options)) == "identity.expired"


def test_a_challenge_to_register_is_none_to_use() -> None:
    device = registered()
    begun = passkeys.begin_registering(person=ME, session=SESSION, origin=ORIGIN)
    assert use(begun, device.show(asked().options)) == "identity.unknown_attempt"


def test_a_strangers_passkey_and_a_copied_one_are_refused() -> None:
    device, theirs = registered(), registered(NEIGHBOUR)
    begun = asked()
    assert use(begun, theirs.show(begun.options)) == "passkey.refused"
    copy = Authenticator(ORIGIN, device.key, device.credential)
    first, second = asked(), asked()
    device.counter = 5
    assert use(first, device.show(first.options)) == ""
    assert use(second, copy.show(second.options)) == "passkey.refused"


@pytest.mark.parametrize("answer", ["", "no", "{}", "[]", '{"id": 1}', '{"id": "AAAA"}', "null"])
def test_what_is_no_answer_is_refused(answer: str) -> None:
    registered()
    assert use(asked(), answer) == "passkey.refused"
    begun = passkeys.begin_registering(person=ME, session=SESSION, origin=ORIGIN)
    with pytest.raises(Refusal, match=r"passkey\.refused"):
        register(begun, answer)


def test_the_same_device_is_not_registered_twice() -> None:
    device = registered()
    begun = passkeys.begin_registering(person=NEIGHBOUR, session=SESSION, origin=ORIGIN)
    with pytest.raises(Refusal, match=r"passkey\.refused"):
        register(begun, device.make(begun.options), NEIGHBOUR)


def test_a_passkey_is_removed_by_its_owner_only() -> None:
    registered()
    (mine,) = passkeys.passkeys_of(ME)
    with pytest.raises(Refusal, match=r"passkey\.none"):
        passkeys.remove(person=NEIGHBOUR, passkey=mine.id)
    passkeys.remove(person=ME, passkey=mine.id)
    with pytest.raises(Refusal, match=r"passkey\.none"):
        asked()
