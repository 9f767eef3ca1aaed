"""`demeu eds`: what its exit codes and JSON say, and that no file whatever ends in a traceback."""

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from demeu.cli.eds import app, spread
from demeu.vault.identity.tests.authority import HEAD, Authority, sign_cms

AT = datetime(2026, 6, 1, tzinfo=UTC)
AUTHORITY = Authority()
HEAD_OF_FUND = AUTHORITY.issue("790215300011", usages=HEAD, organization_bin="190340001234")
Verify = Callable[..., Result]


@pytest.fixture
def verify(tmp_path: Path) -> Verify:
    """Runs `eds verify` on bytes, trusting the test authority, at the fixed moment."""
    (tmp_path / "root.cer").write_bytes(AUTHORITY.root.der)
    (tmp_path / "issuing.cer").write_bytes(AUTHORITY.issuing.der)
    (tmp_path / "text").write_bytes("Акт".encode())

    def run(source: bytes, *more: str, anchor: str = "root.cer") -> Result:
        (tmp_path / "file").write_bytes(source)
        trust = ["--anchor", str(tmp_path / anchor), "--intermediate", str(tmp_path / "issuing.cer")]
        at = ["--at", "2026-06-01T00:00:00Z"]
        return CliRunner().invoke(app, ["verify", str(tmp_path / "file"), *trust, *at, *more])

    return run


def test_a_valid_signature_ends_with_zero_and_tells_who_signed(verify: Verify, tmp_path: Path) -> None:
    lists = AUTHORITY.revocation_list(at=AT - timedelta(hours=1), until=AT + timedelta(days=1))
    (tmp_path / "issuing.crl").write_bytes(lists)
    done = verify(
        sign_cms("Акт".encode(), HEAD_OF_FUND),
        *("--content", str(tmp_path / "text"), "--crl", str(tmp_path / "issuing.crl"), "--json"),
    )
    assert done.exit_code == 0, done.output
    told = json.loads(done.stdout)
    (signer,) = told["signers"]
    assert (told["accept"], told["codes"], signer["codes"]) == (True, ["ok"], ["ok"])
    assert (signer["iin"], signer["bin"], signer["roles"]) == ("790215300011", "190340001234", ["legal_entity", "head"])
    assert (signer["names"]["surname"], signer["names"]["first_name"]) == ("АХМЕТОВА", "АЙГҮЛ")
    assert signer["signing_time"] == "2026-01-01T00:00:00Z"
    assert signer["revocation"] == {"code": "good", "source": "crl", "said_at": "2026-05-31T23:00:00Z"}
    assert told["certificate"]["serial_hex"] == signer["serial_hex"]
    assert len(signer["chain"]) == 3


def test_a_signature_that_does_not_hold_ends_with_one(verify: Verify, tmp_path: Path) -> None:
    signed = sign_cms("Басқа".encode(), HEAD_OF_FUND)
    done = verify(signed, "--content", str(tmp_path / "text"), "--json")
    assert (done.exit_code, json.loads(done.stdout)["codes"]) == (1, ["digest_mismatch"])
    assert verify(signed).exit_code == 1
    untrusted = verify(sign_cms(b"1", HEAD_OF_FUND, attached=True), anchor="issuing.cer")
    assert untrusted.exit_code == 0
    stranger = sign_cms(b"1", Authority("БӨТЕН", 5000).issue(), attached=True)
    assert json.loads(verify(stranger, "--json").stdout)["codes"] == ["untrusted_issuer"]


def test_an_answer_of_ocsp_revokes(verify: Verify, tmp_path: Path) -> None:
    state = b"\xa1\x11\x18\x0f20260501000000Z"
    (tmp_path / "answer").write_bytes(AUTHORITY.answer(HEAD_OF_FUND, AUTHORITY.issuing, AT, state=state))
    done = verify(sign_cms(b"1", HEAD_OF_FUND, attached=True), "--ocsp", str(tmp_path / "answer"), "--json")
    (signer,) = json.loads(done.stdout)["signers"]
    assert (done.exit_code, signer["codes"], signer["revoked_at"]) == (1, ["revoked"], "2026-05-01T00:00:00Z")
    assert signer["revocation"]["source"] == "ocsp"


def test_a_certificate_alone_is_judged_by_its_chain(verify: Verify) -> None:
    told = json.loads(verify(HEAD_OF_FUND.der, "--json").stdout)
    assert told["accept"]
    assert told["certificate"]["subject"]["bin"] == "190340001234"


@pytest.mark.parametrize(
    "source",
    [
        b"",
        b"\0" * 1000,
        b"\x30\x80" * 5000,
        sign_cms(b"1", HEAD_OF_FUND)[:-9],
        HEAD_OF_FUND.der + b"\0",
        b"<a",
        b"\xff",
    ],
)
def test_what_cannot_be_read_ends_with_two_and_says_malformed(verify: Verify, source: bytes) -> None:
    done = verify(source, "--json")
    assert (done.exit_code, json.loads(done.stdout)["codes"]) == (2, ["malformed"])
    assert done.exception is None or isinstance(done.exception, SystemExit)


@pytest.mark.parametrize("more", ["--at tomorrow", "--crl /nowhere", "--content /", "--anchor /nowhere"])
def test_an_option_that_cannot_be_used_ends_with_two(verify: Verify, more: str) -> None:
    assert verify(b"", *more.split()).exit_code == 2


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("f --anchor a b --at t", "f --anchor a --anchor b --at t"),
        ("--anchor a f", "--anchor a f"),
        ("--anchor a b f --intermediate c", "--anchor a --anchor b f --intermediate c"),
        ("--anchor a --content c f", "--anchor a --content c f"),
        ("f --crl a --crl b --json", "f --crl a --crl b --json"),
    ],
)
def test_an_option_of_many_files_takes_several_at_once(given: str, meant: str) -> None:
    assert spread(given.split()) == meant.split()


def test_judge_prints_a_line_for_every_check_also_for_one_it_cannot_run(tmp_path: Path) -> None:
    (tmp_path / "a.cer").write_bytes(HEAD_OF_FUND.der)
    (tmp_path / "ca.cer").write_bytes(AUTHORITY.root.der)
    (tmp_path / "issuing.cer").write_bytes(AUTHORITY.issuing.der)
    chain = {"check": "chain", "at": "2026-06-01T00:00:00Z", "expect": {"accept": False, "codes": ["expired"]}}
    checks = [{"id": "1", **chain}, {"id": "2", **chain, "anchors": ["absent.cer"]}, {"id": "3", "check": "spell"}]
    manifest = {
        "default_trust": {"anchors": ["ca.cer"], "intermediates": ["issuing.cer"]},
        "items": [{"file": "a.cer", "kind": "certificate", "checks": checks}],
    }
    (tmp_path / "manifest.json").write_text(json.dumps(manifest))
    done = CliRunner().invoke(app, ["judge", str(tmp_path), "--json"])
    found = [json.loads(line) for line in done.stdout.splitlines()]
    assert [(one["id"], one["accept"], one["codes"]) for one in found] == [
        ("1", True, ["ok"]),
        ("2", False, ["malformed"]),
        ("3", False, ["malformed"]),
    ]
    assert found[0]["facts"]["subject"]["bin"] == "190340001234"
    assert CliRunner().invoke(app, ["judge", str(tmp_path / "absent"), "--json"]).exit_code == 2


def test_a_manifest_stands_for_files_and_notices_every_change(tmp_path: Path) -> None:
    first, second, manifest = tmp_path / "ә.pdf", tmp_path / "b.bin", tmp_path / "manifest"
    first.write_bytes(b"one")
    second.write_bytes(bytes(5_000_000))
    made = CliRunner().invoke(app, ["manifest", str(first), str(second)])
    manifest.write_text(made.stdout)
    assert made.stdout == CliRunner().invoke(app, ["manifest", str(second), str(first)]).stdout
    check = ["manifest", str(first), str(second), "--check", str(manifest)]
    assert CliRunner().invoke(app, check).exit_code == 0
    second.write_bytes(bytes(4_999_999) + b"x")
    changed = CliRunner().invoke(app, check)
    assert (changed.exit_code, changed.stdout) == (1, "DIFFERENT b.bin\n")
    assert CliRunner().invoke(app, ["manifest", str(first), "--check", str(manifest)]).exit_code == 1
    manifest.write_text(made.stdout.replace("demeu", "other"))
    assert CliRunner().invoke(app, check).exit_code == 2
