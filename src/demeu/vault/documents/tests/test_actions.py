"""Files from outside: recognised by content, scanned, stripped, limited; sealed at rest."""

import base64
import io
import struct
import zlib
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest
from PIL import Image

from demeu.kernel.errors import Refusal
from demeu.kernel.testing import run_jobs
from demeu.vault.documents import actions, queries, rules, scanner
from demeu.vault.documents.models import DocumentRow

pytestmark = pytest.mark.django_db
GPS_IFD, GPS_LATITUDE_REF, ORIENTATION = 0x8825, 1, 0x0112


@pytest.fixture(autouse=True)
def no_clamav(monkeypatch: pytest.MonkeyPatch) -> None:
    """The built-in scan, whatever this machine has."""
    monkeypatch.setattr(scanner, "clamav", lambda: None)


def _upload(content: bytes) -> actions.Kept:
    return actions.keep_file(
        subject="visit:1",
        kind="photo",
        person=uuid4(),
        content_b64=base64.b64encode(content).decode(),
        actor="person:x",
    )


def _photo(form: str = "JPEG", mode: str = "RGB", **more: Any) -> bytes:
    out = io.BytesIO()
    Image.new(mode, (80, 40), "teal").save(out, form, **more)
    return out.getvalue()


def _content(kept: actions.Kept) -> bytes:
    document, _ = queries.document_content(kept.document)
    return base64.b64decode(document.content_b64)


def _pdf(stream: bytes) -> bytes:
    return b"%PDF-1.7\n1 0 obj\n<< /Length 9 >>\nstream\n" + stream + b"\nendstream\nendobj\n%%EOF"


def test_place_and_camera_are_stripped_and_the_picture_stands_upright() -> None:
    exif = Image.Exif()
    exif[ORIENTATION] = 6
    exif.get_ifd(GPS_IFD)[GPS_LATITUDE_REF] = "N"
    exif[0x010F] = "CANARY CAMERA"
    kept = _upload(_photo(exif=exif))
    content = _content(kept)
    picture = Image.open(io.BytesIO(content))
    assert dict(picture.getexif()) == {}
    assert b"CANARY" not in content
    assert picture.size == (40, 80)


@pytest.mark.parametrize(("form", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("PNG", "P"), ("WEBP", "RGB")])
def test_the_three_picture_formats_are_kept_in_their_format(form: str, mode: str) -> None:
    assert Image.open(io.BytesIO(_content(_upload(_photo(form, mode))))).format == form


def test_what_is_behind_the_picture_is_left_behind() -> None:
    assert b"<?php" not in _content(_upload(_photo("PNG") + b"<?php echo 1; ?>"))


@pytest.mark.parametrize(
    "content",
    [
        b"<svg xmlns='http://www.w3.org/2000/svg'/>",
        b"MZ" + b"\0" * 200,
        b"PK\x03\x04" + b"\0" * 60,
        b"GIF89a" + b"\0" * 30,
    ],
)
def test_other_types_are_refused_whatever_their_name(content: bytes) -> None:
    with pytest.raises(Refusal, match=r"document\.wrong_type"):
        _upload(content)


@pytest.mark.parametrize(
    "content",
    [
        rules.EICAR,
        _pdf(rules.EICAR),
        _pdf(zlib.compress(b"text " + rules.EICAR)),
        _photo("JPEG") + rules.EICAR,
        _pdf(b"/JavaScript (app.alert(1))"),
        _pdf(b"/Java#53cript (app.alert(1))"),
    ],
)
def test_the_scanner_test_file_and_acting_documents_are_refused(content: bytes) -> None:
    with pytest.raises(Refusal, match=r"document\.infected"):
        _upload(content)
    assert not DocumentRow.objects.exists()


def _bomb(width: int, height: int) -> bytes:
    """A small PNG that says it is enormous."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")
    )


@pytest.mark.parametrize(("width", "height"), [(6400, 6400), (10_000, 10_000), (60_000, 60_000)])
def test_a_picture_bomb_is_refused_before_it_is_decoded(width: int, height: int) -> None:
    with pytest.raises(Refusal, match=r"document\.too_many_pixels"):
        _upload(_bomb(width, height))


def test_broken_pictures_and_broken_base64_are_refused() -> None:
    with pytest.raises(Refusal, match=r"document\.broken_image"):
        _upload(_photo("PNG")[:60])
    for broken in ("", "@@@"):
        with pytest.raises(Refusal, match=r"document\.unreadable"):
            actions.keep_file(subject="x", kind="photo", person=None, content_b64=broken, actor="person:x")


def test_a_file_over_ten_megabytes_is_refused() -> None:
    with pytest.raises(Refusal, match=r"document\.too_large"):
        _upload(b"%PDF-1.7" + b"0" * rules.FILE_BYTES_MAX)


def test_content_is_sealed_at_rest() -> None:
    kept = actions.keep_text(
        subject="a:1", kind="answers", person=None, text='{"canary": "Сейітова"}', actor="person:x"
    )
    row = DocumentRow.objects.get(id=kept.document)
    assert "Сейітова".encode() not in bytes(row.content)
    assert row.media_type == "application/json"
    assert _content(kept).decode() == '{"canary": "Сейітова"}'


def _scanner(tmp_path: Path, code: int) -> str:
    program = tmp_path / "clamdscan"
    program.write_text(f"#!/bin/sh\ncat > /dev/null\nexit {code}\n")
    program.chmod(0o755)
    return str(program)


@pytest.mark.parametrize(("code", "state"), [(0, "clean"), (1, "refused")])
def test_with_a_scanner_a_file_waits_in_quarantine_for_its_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, code: int, state: str
) -> None:
    program = _scanner(tmp_path, code)
    monkeypatch.setattr(scanner, "clamav", lambda: program)
    kept = _upload(_photo())
    assert kept.state == "quarantined"
    with pytest.raises(Refusal, match=r"document\.quarantined"):
        queries.document_content(kept.document)
    run_jobs()
    assert DocumentRow.objects.get(id=kept.document).state == state


def test_a_silent_scanner_leaves_the_file_in_quarantine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    program = _scanner(tmp_path, 2)
    monkeypatch.setattr(scanner, "clamav", lambda: program)
    kept = _upload(_photo())
    with pytest.raises(Refusal, match=r"document\.scanner_silent"):
        actions.end_quarantine(document=kept.document)
    assert DocumentRow.objects.get(id=kept.document).state == "quarantined"
