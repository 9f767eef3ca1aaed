"""Fields of the desks, with their names as posted.

Review, POST /desk/review/<application>/: `decision` state_first|visit|refused|approved|dispute_upheld|
dispute_dismissed|likely_same; with visit `volunteer` (uuid) and `planned_for` (YYYY-MM-DD); with refused `reason`;
with dispute_… `dispute` (uuid) and `value`; with likely_same `finding` (uuid) and `alike` same|different.
Visit, POST /desk/visits/<application>/: `findings` (repeated), `words`, `photos` (files, repeated, up to six).
Sign, POST /desk/visits/<application>/sign/: `attempt`, `cms`.
"""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import HttpRequest

from demeu.kernel.errors import invalid
from demeu.portal.verification.rules import PHOTOS_MAX

WORDS_LENGTH_MAX = 4000
PHOTO_MB_MAX = 10


def day_of(text: str) -> date:
    """A day written YYYY-MM-DD."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise invalid("visit.day_unreadable") from None


def act_words(request: HttpRequest) -> str:
    """The free words of the act."""
    text = request.POST.get("words", "").replace("\x00", "").strip()
    if not 1 <= len(text) <= WORDS_LENGTH_MAX:
        raise invalid("visit.words_length", most=WORDS_LENGTH_MAX)
    return text


def photos_of(request: HttpRequest) -> Sequence[tuple[str, bytes]]:
    """Uploaded photographs as (file name, content)."""
    files: list[UploadedFile[Any]] = request.FILES.getlist("photos")
    if len(files) > PHOTOS_MAX:
        raise invalid("visit.too_many_photos", most=PHOTOS_MAX)
    if any((file.size or 0) > PHOTO_MB_MAX * 1024 * 1024 for file in files):
        raise invalid("visit.photo_too_large", most=PHOTO_MB_MAX)
    return [(file.name or "photo", file.read()) for file in files if file.size]
