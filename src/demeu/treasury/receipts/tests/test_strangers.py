"""Receipts read by strangers' programs: pdfsig checks the seal, zbarimg reads the code."""

import base64
import shutil
import stat
import subprocess
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from demeu.kernel.ids import new_id
from demeu.treasury.receipts.actions import check_url, make_receipt
from demeu.treasury.tests.cast import Story

pytestmark = pytest.mark.django_db(transaction=True)
INSTALL = "apt-get install poppler-utils zbar-tools"


@pytest.fixture
def gift() -> UUID:
    story = Story()
    story.declare()
    return story.give(123_456_700, donor=new_id(), anonymous=False)


def run(program: str, *arguments: str | Path) -> str:
    found = shutil.which(program)
    assert found, f"{program} must be there: {INSTALL}"
    return subprocess.run([found, *arguments], capture_output=True, text=True, check=False).stdout


def kept(folder: Path, gift: UUID, lang: str) -> tuple[Path, int]:
    receipt = make_receipt(gift=gift, lang=lang)
    file = folder / f"{lang}.pdf"
    file.write_bytes(base64.b64decode(receipt.pdf_b64))
    return file, receipt.log_index


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_the_seal_is_valid_over_the_whole_file(gift: UUID, tmp_path: Path, lang: str) -> None:
    told = run("pdfsig", kept(tmp_path, gift, lang)[0])
    assert "Signature Validation: Signature is Valid." in told
    assert "Total document signed" in told and "ETSI.CAdES.detached" in told and "SHA-256" in told


@pytest.mark.parametrize("place", [0.1, 0.5, 0.7])
def test_one_changed_byte_breaks_the_seal(gift: UUID, tmp_path: Path, place: float) -> None:
    file, _ = kept(tmp_path, gift, "ru")
    content = bytearray(file.read_bytes())
    content[int(len(content) * place)] ^= 1
    file.write_bytes(content)
    assert "Signature is Valid" not in run("pdfsig", file)


@pytest.mark.parametrize("lang", ["kk", "ru", "en"])
def test_a_phone_reads_the_code_from_the_page(gift: UUID, tmp_path: Path, lang: str) -> None:
    file, index = kept(tmp_path, gift, lang)
    run("pdftoppm", "-r", "150", "-png", "-singlefile", file, tmp_path / "page")
    read = run("zbarimg", "--quiet", "--raw", tmp_path / "page.png").splitlines()
    assert read == [check_url(index)]


def test_the_seal_s_key_is_made_once_and_read_by_its_owner_only(gift: UUID, tmp_path: Path, settings: Any) -> None:
    kept(tmp_path, gift, "ru")
    seal = Path(settings.DEMEU_TREASURY_SEAL)
    before = seal.read_bytes()
    kept(tmp_path, gift, "kk")
    assert seal.read_bytes() == before and stat.S_IMODE(seal.stat().st_mode) == 0o600
