"""A backup is for its owner's eyes only."""

import os
from collections.abc import Iterator
from pathlib import Path

import pytest

from demeu.roles.launch.backup import MANIFEST, read_manifest, write_manifest


@pytest.fixture
def open_umask() -> Iterator[None]:
    """An account that lets everybody read what it makes."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.usefixtures("open_umask")
def test_every_file_of_a_backup_and_its_manifest_are_readable_for_the_owner_only(tmp_path: Path) -> None:
    (tmp_path / "keys").mkdir()
    (tmp_path / "vault.dump").write_text("dump")
    (tmp_path / "keys" / "private.jwk").write_text("key")
    write_manifest(tmp_path, ["vault"])
    modes = {file.name: file.stat().st_mode & 0o777 for file in tmp_path.rglob("*") if file.is_file()}
    assert modes == {"vault.dump": 0o600, "private.jwk": 0o600, MANIFEST: 0o600}
    assert read_manifest(tmp_path) == ["vault"]
