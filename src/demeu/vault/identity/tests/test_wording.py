"""The words of what people sign exist in every language, and no two documents are headed alike."""

import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from demeu.vault.identity import wording
from demeu.vault.identity.rules import AttemptPurpose, DocumentKind

ROOT = Path(__file__).resolve().parents[5]
WORDS = re.findall(r'pgettext\(\s*CONTEXT,\s*"([^"]+)"', Path(wording.__file__).read_text(encoding="utf-8"))


@pytest.mark.parametrize("lang", ["kk", "ru"])
def test_every_word_is_translated(lang: str) -> None:
    path = ROOT / "locale" / "vault_identity" / lang / "LC_MESSAGES" / "django.po"
    with path.open("rb") as file:
        catalogue = read_po(file, locale=lang, abort_invalid=True)
    translated = {message.id: message.string for message in catalogue if message.context == wording.CONTEXT}
    assert set(translated) == set(WORDS)
    assert all(translated.values())


def test_every_kind_of_document_has_a_heading_of_its_own() -> None:
    headings = {wording.wording(AttemptPurpose.DOCUMENT, kind, "en").heading for kind in DocumentKind}
    headings.add(wording.wording(AttemptPurpose.SIGN_IN, "", "en").heading)
    assert len(headings) == len(DocumentKind) + 1
