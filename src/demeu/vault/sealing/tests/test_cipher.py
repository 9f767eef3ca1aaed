"""A ciphertext opens only where it was sealed; keys are made once and kept private."""

import stat
from pathlib import Path
from uuid import uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.vault.sealing.cipher import CannotOpen, blind, open_bytes, seal, seal_bytes, unseal
from demeu.vault.sealing.fields import SEALED_FIELDS
from demeu.vault.sealing.keys import open_key_file

RECORD = uuid4()


@given(st.text(min_size=1, max_size=200))
def test_what_is_sealed_opens_again(text: str) -> None:
    assert unseal(RECORD, "person.surname", seal(RECORD, "person.surname", text)) == text


def test_another_record_or_field_cannot_open_it() -> None:
    sealed = seal(RECORD, "person.surname", "Сейітова")
    with pytest.raises(CannotOpen):
        unseal(uuid4(), "person.surname", sealed)
    with pytest.raises(CannotOpen):
        unseal(RECORD, "person.given_name", sealed)


@given(st.integers(0, 60))
def test_one_changed_bit_is_noticed(place: int) -> None:
    sealed = bytearray(seal_bytes(RECORD, "person.iin", b"0" * 32))
    sealed[place % len(sealed)] ^= 1
    with pytest.raises(CannotOpen):
        open_bytes(RECORD, "person.iin", bytes(sealed))


def test_the_same_text_never_seals_to_the_same_bytes() -> None:
    assert seal(RECORD, "person.iin", "x") != seal(RECORD, "person.iin", "x")


def test_blind_values_are_equal_only_within_one_index() -> None:
    assert blind("iin", "900101100014") == blind("iin", "900101100014")
    assert blind("iin", "900101100014") != blind("phone", "900101100014")


def test_the_key_file_is_private_complete_and_made_once(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "fields.json"
    made = open_key_file(path)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert set(made.fields) == set(SEALED_FIELDS)
    assert open_key_file(path) == made
    material = [key for entry in made.fields.values() for key in entry.keys.values()] + list(made.blind.values())
    assert len(set(material)) == len(material)
