"""The same file or photo used twice is found, another one is not; nothing but references is told."""

import base64
import io
import random
from uuid import UUID

import pytest
from PIL import Image, ImageDraw, ImageEnhance

from demeu.vault.documents import actions, scanner
from demeu.vault.documents.images import look_of
from demeu.vault.documents.twins import BITS_ALIKE_MAX, twins_of


@pytest.fixture(autouse=True)
def no_clamav(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(scanner, "clamav", lambda: None)


def scene(seed: int, size: tuple[int, int] = (640, 480)) -> Image.Image:
    """A picture of things: shapes by a seed."""
    chance, picture = random.Random(seed), Image.new("RGB", size, "white")
    draw = ImageDraw.Draw(picture)
    for _ in range(40):
        x, y = chance.randrange(size[0]), chance.randrange(size[1])
        colour = tuple(chance.randrange(256) for _ in range(3))
        draw.ellipse((x, y, x + chance.randrange(30, 200), y + chance.randrange(30, 200)), fill=colour)
    return picture


def jpeg(picture: Image.Image, quality: int = 90) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality)
    return out.getvalue()


def kept(content: bytes, subject: str, kind: str = "invoice") -> UUID:
    encoded = base64.b64encode(content).decode()
    return actions.keep_file(subject=subject, kind=kind, person=None, content_b64=encoded, actor="x").document


def far(one: bytes, other: bytes) -> int:
    return (int(look_of(one), 16) ^ int(look_of(other), 16)).bit_count()


@pytest.mark.parametrize("seed", range(6))
def test_a_picture_made_smaller_lighter_and_compressed_anew_looks_alike(seed: int) -> None:
    changed = ImageEnhance.Brightness(scene(seed).resize((320, 240))).enhance(1.1)
    assert far(jpeg(scene(seed)), jpeg(changed, 60)) <= BITS_ALIKE_MAX


def test_pictures_of_other_things_do_not_look_alike() -> None:
    pictures = [jpeg(scene(seed)) for seed in range(12)]
    distances = [far(one, other) for at, one in enumerate(pictures) for other in pictures[:at]]
    assert min(distances) > 3 * BITS_ALIKE_MAX


def test_an_empty_page_has_no_look_for_it_would_be_like_every_other() -> None:
    assert look_of(jpeg(Image.new("RGB", (300, 400), "white"))) == ""


@pytest.mark.django_db
def test_the_same_file_under_another_payout_is_told_by_reference_only() -> None:
    first = kept(jpeg(scene(1)), "payout:1")
    again = kept(jpeg(scene(1)), "payout:1")
    assert twins_of([first, again]) == []
    second = kept(jpeg(scene(1)), "payout:2", "quote")
    found = twins_of([second])
    assert {(one.other, one.how, one.bits) for one in found} == {(first, "same_bytes", 0), (again, "same_bytes", 0)}
    assert {one.other_subject for one in found} == {"payout:1"}
    assert twins_of([first]) == []


@pytest.mark.django_db
def test_a_photo_of_a_photo_is_told_and_an_other_is_not() -> None:
    first = kept(jpeg(scene(2)), "case:1", "delivery_photo")
    like = kept(jpeg(scene(2).resize((500, 375)), 70), "case:2", "delivery_photo")
    kept(jpeg(scene(3)), "case:3", "delivery_photo")
    (found,) = twins_of([like])
    assert (found.other, found.how, found.other_kind) == (first, "looks_alike", "delivery_photo")
    assert 0 <= found.bits <= BITS_ALIKE_MAX
    assert twins_of([]) == []


@pytest.mark.django_db
def test_texts_of_our_own_pages_are_never_called_copies() -> None:
    one = actions.keep_text(subject="case:1", kind="delivery_act", person=None, text="the same words", actor="x")
    two = actions.keep_text(subject="case:2", kind="delivery_act", person=None, text="the same words", actor="x")
    assert twins_of([one.document, two.document]) == []
