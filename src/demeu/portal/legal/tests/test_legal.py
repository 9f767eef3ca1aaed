"""Legal texts stand in three languages, keep their versions, and an acceptance is never rewritten."""

import pytest
from django.db import DatabaseError, transaction
from django.test import Client

from demeu.kernel.errors import Refusal
from demeu.portal.legal.actions import accept
from demeu.portal.legal.models import Acceptance
from demeu.portal.legal.queries import KINDS, accepted, current_version, text

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", KINDS)
def test_every_text_has_the_same_parts_in_three_languages(kind: str) -> None:
    parts = {lang: len(text(kind, lang).parts) for lang in ("kk", "ru", "en")}
    assert len(set(parts.values())) == 1 and min(parts.values()) >= 5
    assert len({text(kind, lang).title for lang in ("kk", "ru", "en")}) == 3


def test_an_acceptance_names_the_version_and_repeats_harmlessly() -> None:
    version = current_version("offer")
    for _ in range(2):
        accept(kind="offer", version=version, subject="gift:1", by="guest")
    assert Acceptance.objects.count() == 1
    assert accepted("offer", "gift:1") == version
    assert accepted("offer", "gift:2") is None


def test_an_old_version_cannot_be_accepted() -> None:
    with pytest.raises(Refusal) as refused:
        accept(kind="offer", version="2020-01-01", subject="gift:1", by="guest")
    assert refused.value.code == "legal.text_changed"
    assert not Acceptance.objects.exists()


def test_an_acceptance_can_be_neither_changed_nor_deleted() -> None:
    accept(kind="privacy", version=current_version("privacy"), subject="person:1", by="guest")
    with pytest.raises(DatabaseError), transaction.atomic():
        Acceptance.objects.update(version="2020-01-01")
    with pytest.raises(DatabaseError), transaction.atomic():
        Acceptance.objects.all().delete()


@pytest.mark.parametrize("kind", KINDS)
def test_a_text_has_a_page(client: Client, kind: str) -> None:
    page = client.get(f"/legal/{kind}/")
    assert page.status_code == 200 and text(kind, "ru").title in page.content.decode()


def test_an_unknown_text_is_not_found(client: Client) -> None:
    assert client.get("/legal/spells/").status_code == 404
    assert client.get("/legal/offer/1999-01-01/").status_code == 404
