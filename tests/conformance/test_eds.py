"""Every check of the public conformance set of the national test certification authority, one test each.

The set is read by path (`DEMEU_CONFORMANCE`, else `../shared/conformance`) and is no part of this repository.
"""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from demeu.vault.identity.eds.certificate import read_certificate
from demeu.vault.identity.eds.description import certificate_facts
from demeu.vault.identity.eds.judge import Judgement, judge

ROOT = Path(__file__).resolve().parents[2]
FOLDER = Path(os.environ.get("DEMEU_CONFORMANCE", ROOT.parent / "shared" / "conformance")) / "eds"
MANIFEST = FOLDER / "manifest.json"
ABSENT = f"the conformance set is absent: {MANIFEST} does not exist (set DEMEU_CONFORMANCE)"

if not MANIFEST.is_file() and not os.environ.get("CI"):
    pytest.skip(f"!!! NOT TESTED AGAINST THE NATIONAL TEST AUTHORITY: {ABSENT}", allow_module_level=True)

ITEMS: list[dict[str, Any]] = json.loads(MANIFEST.read_text(encoding="utf-8"))["items"] if MANIFEST.is_file() else []
CHECKS = {check["id"]: check["expect"] for item in ITEMS for check in item["checks"]}
CERTIFICATES = {item["file"]: item["certificate"] for item in ITEMS if item["kind"] == "certificate"}


@pytest.fixture(scope="module")
def judgements() -> dict[str, Judgement]:
    return {judgement.id: judgement for judgement in judge(FOLDER)}


def test_the_conformance_set_is_there() -> None:
    assert MANIFEST.is_file(), ABSENT
    assert len(CHECKS) >= 50


@pytest.mark.parametrize("identifier", CHECKS)
def test_the_verdict_is_that_of_a_correct_verifier(identifier: str, judgements: dict[str, Judgement]) -> None:
    expected, found = CHECKS[identifier], judgements[identifier]
    assert found.accept is expected["accept"]
    if "signers" in expected:
        assert len(found.signers) == len(expected["signers"])
        for wanted, signer in zip(expected["signers"], found.signers, strict=True):
            _assert_signer(wanted, signer)
    else:
        assert set(found.codes) <= set(expected["codes"])
    for fact in ("revoked_at", "reason", "content_sha256"):
        if fact in expected:
            assert found.facts[fact] == expected[fact]


def _assert_signer(wanted: dict[str, Any], signer: dict[str, Any]) -> None:
    assert set(signer["codes"]) <= set(wanted["codes"])
    if wanted["serial_hex"] is not None:
        assert signer["serial_hex"] == wanted["serial_hex"]
    for fact in ("signing_time", "covers"):
        if fact in wanted:
            assert signer[fact] == wanted[fact]


@pytest.mark.parametrize("file", CERTIFICATES)
def test_a_certificate_is_read_field_by_field(file: str) -> None:
    assert certificate_facts(read_certificate((FOLDER / file).read_bytes())) == CERTIFICATES[file]
