"""Pages of notices without any other service: they say what is away, lose nothing and tell a guest nothing."""

from pathlib import Path
from uuid import UUID

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import translation

from demeu.kernel import signing
from demeu.kernel.ids import new_id
from demeu.portal.notices import forms

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: object) -> None:
    signing.make_keys(tmp_path, ["portal", "vault"])
    settings.DEMEU_KEYS = tmp_path / "portal"  # type: ignore[attr-defined]
    cache.clear()


@pytest.fixture
def mother(client: Client) -> UUID:
    person = new_id()
    session = client.session
    session["person"] = str(person)
    session.save()
    return person


@pytest.mark.parametrize("path", ["/my/notices/", "/my/notices/settings/", "/desk/messages/"])
def test_a_guest_is_sent_to_sign_in(client: Client, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 302 and answer["Location"].startswith("/sign-in/?next=")


@pytest.mark.parametrize("path", ["/my/notices/", "/my/notices/settings/"])
def test_without_vault_the_page_says_so(client: Client, mother: UUID, path: str) -> None:
    answer = client.get(path, headers={"accept-language": "ru"})
    assert answer.status_code == 503 and "Хранилище данных сейчас не отвечает" in answer.content.decode()
    assert answer["Cache-Control"] == "no-store"


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
@pytest.mark.parametrize("path", ["/notices/check/", "/notices/figures/", "/notices/stop/abc/", "/stats/"])
def test_public_pages_open_in_three_languages(client: Client, path: str, lang: str) -> None:
    answer = client.get(path, headers={"accept-language": lang})
    assert answer.status_code == 200 and f'lang="{lang}"'.encode() in answer.content


def test_opening_the_way_to_stop_changes_nothing_and_posting_needs_no_cookie(client: Client) -> None:
    strict = Client(enforce_csrf_checks=True)
    assert b'<form method="post">' in strict.get("/notices/stop/abc/").content
    posted = strict.post("/notices/stop/abc/", {"List-Unsubscribe": "One-Click"})
    assert posted.status_code == 503


def test_what_was_typed_to_be_checked_is_not_in_the_address_and_stays_on_the_page(client: Client) -> None:
    answer = client.post("/notices/check/", {"check": "K2TH-7XMA", "reached": "9998"})
    assert answer.status_code == 503 and b"K2TH-7XMA" in answer.content
    assert "no-store" in answer["Cache-Control"]
    assert client.post("/notices/check/", {"check": "", "reached": ""}).status_code == 422


def test_an_applicant_is_no_author_of_messages(client: Client, mother: UUID) -> None:
    assert client.get("/desk/messages/").status_code == 403


@pytest.mark.parametrize(
    ("sent", "quiet", "digest"),
    [
        ({"quiet_from": "22", "quiet_until": "8", "digest_hour": "9"}, (22, 8), 9),
        ({"quiet_from": "", "quiet_until": "", "digest_hour": ""}, (0, 0), None),
        ({"quiet_from": "0", "quiet_until": "6"}, (0, 6), None),
    ],
)
def test_hours_are_read(sent: dict[str, str], quiet: tuple[int, int], digest: int | None) -> None:
    form = forms.SettingsForm(sent)
    assert form.is_valid() and (form.quiet(), form.digest()) == (quiet, digest)


@pytest.mark.parametrize("sent", [{"quiet_from": "22"}, {"quiet_until": "8"}, {"quiet_from": "24", "quiet_until": "8"}])
def test_half_a_quiet_time_and_an_impossible_hour_are_refused(sent: dict[str, str]) -> None:
    with translation.override("ru"):
        assert not forms.SettingsForm(sent).is_valid()
