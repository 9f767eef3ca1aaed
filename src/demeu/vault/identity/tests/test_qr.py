"""eGov Mobile by QR: the phone brings a signature, and only the browser's own session can use it."""

import base64
from datetime import timedelta

import pytest

from demeu.kernel import clock
from demeu.kernel.errors import Refusal
from demeu.vault.identity import qr
from demeu.vault.identity.models import QrLink
from demeu.vault.identity.tests.authority import sign_cms
from demeu.vault.identity.tests.test_actions import (
    AT,
    MOTHER,
    NEIGHBOUR,
    OTHER_SESSION,
    SESSION,
    begin,
    begin_document,
    complete,
    complete_document,
    signed,
    world,
)

pytestmark = pytest.mark.django_db
_ = world


def refused(call: object, **named: object) -> str:
    with pytest.raises(Refusal) as caught:
        call(**named)  # type: ignore[operator]
    return caught.value.code


def test_a_signature_that_a_phone_brought_signs_in() -> None:
    begun = begin()
    link = qr.open_link(attempt=begun.attempt, session=SESSION)
    assert qr.collect(attempt=begun.attempt, session=SESSION) == ""
    shown = qr.show(token=link.token, bearer=qr.bearer_of(link.token))
    assert (shown.to_sign, set(shown.names)) == (begun.to_sign, {"kk", "ru", "en"})
    qr.put(token=link.token, bearer=shown.bearer, cms=signed(begun))
    assert complete(begun, qr.collect(attempt=begun.attempt, session=SESSION)).person
    assert refused(qr.show, token=link.token) == "identity.replayed"


def test_a_document_is_signed_the_same_way() -> None:
    person = complete(begin()).person
    begun = begin_document(person)
    link = qr.open_link(attempt=begun.attempt, session=SESSION)
    shown = qr.show(token=link.token)
    assert shown.names["kk"] == "Көмек сұраған өтінішке қол қою"
    qr.put(token=link.token, bearer=shown.bearer, cms=signed(begun))
    assert complete_document(begun, person, qr.collect(attempt=begun.attempt, session=SESSION)).signature


def test_another_browser_gets_nothing() -> None:
    begun = begin()
    assert refused(qr.open_link, attempt=begun.attempt, session=OTHER_SESSION) == "identity.wrong_session"
    link = qr.open_link(attempt=begun.attempt, session=SESSION)
    qr.put(token=link.token, bearer=qr.bearer_of(link.token), cms=signed(begun))
    assert refused(qr.collect, attempt=begun.attempt, session=OTHER_SESSION) == "identity.wrong_session"
    row = QrLink.objects.get()
    assert row.token_sha256 != link.token
    assert row.cms is not None
    assert signed(begun).encode() not in bytes(row.cms)


def test_a_wrong_word_a_wrong_bearer_and_a_second_signature_are_refused() -> None:
    begun = begin()
    link = qr.open_link(attempt=begun.attempt, session=SESSION)
    bearer = qr.bearer_of(link.token)
    assert refused(qr.show, token=link.token + "x") == "qr.unknown"
    assert refused(qr.show, token=link.token, bearer="x") == "qr.wrong_bearer"
    assert refused(qr.put, token=link.token, bearer="", cms=signed(begun)) == "qr.wrong_bearer"
    qr.put(token=link.token, bearer=bearer, cms=signed(begun))
    assert refused(qr.put, token=link.token, bearer=bearer, cms=signed(begun, NEIGHBOUR)) == "qr.brought_already"


def test_what_does_not_hold_is_refused_at_once_and_may_be_signed_again() -> None:
    begun = begin()
    link = qr.open_link(attempt=begun.attempt, session=SESSION)
    swapped = base64.b64encode(sign_cms(b"another text", MOTHER)).decode()
    bearer = qr.bearer_of(link.token)
    assert refused(qr.put, token=link.token, bearer=bearer, cms=swapped) == "identity.bad_signature"
    qr.put(token=link.token, bearer=bearer, cms=signed(begun))


def test_a_new_code_closes_the_older_one_and_five_minutes_close_all() -> None:
    begun = begin()
    old = qr.open_link(attempt=begun.attempt, session=SESSION)
    new = qr.open_link(attempt=begun.attempt, session=SESSION)
    assert refused(qr.show, token=old.token) == "qr.unknown"
    with clock.frozen(AT + timedelta(minutes=5, seconds=1)):
        assert refused(qr.show, token=new.token) == "identity.expired"
