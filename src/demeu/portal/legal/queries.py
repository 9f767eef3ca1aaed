"""Reading the versioned texts and who accepted them."""

from functools import lru_cache
from pathlib import Path

from demeu.kernel.errors import not_found
from demeu.portal.legal.models import Acceptance
from demeu.portal.legal.rules import LegalText, read_text

TEXTS = Path(__file__).parent / "texts"
KINDS = ("offer", "privacy", "consent", "pupil-aid")


@lru_cache(maxsize=len(KINDS))
def versions(kind: str) -> tuple[str, ...]:
    """Every version of a text, the newest first; `legal.unknown_text` for another kind."""
    if kind not in KINDS:
        raise not_found("legal.unknown_text")
    return tuple(sorted((path.name for path in (TEXTS / kind).iterdir() if path.is_dir()), reverse=True))


def current_version(kind: str) -> str:
    """The version in force."""
    return versions(kind)[0]


@lru_cache(maxsize=64)
def text(kind: str, lang: str, version: str | None = None) -> LegalText:
    """A text in the reader's language, the version in force unless another is named."""
    chosen = version or current_version(kind)
    if chosen not in versions(kind):
        raise not_found("legal.unknown_text")
    file = TEXTS / kind / chosen / f"{lang if lang in ('kk', 'ru', 'en') else 'ru'}.md"
    return read_text(kind, chosen, lang, file.read_text())


def accepted(kind: str, subject: str) -> str | None:
    """The newest version that was accepted for the subject; None when none was."""
    row = Acceptance.objects.filter(kind=kind, subject=subject).order_by("-version").first()
    return row.version if row else None
