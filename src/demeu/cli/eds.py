"""`demeu eds`: verify a signature or run a conformance set. Needs no running platform, no database and no network.

Exit codes: 0 = valid, 1 = not valid, 2 = the file, an option or the set cannot be read.
"""

from __future__ import annotations

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from typer.core import TyperCommand

from demeu.cli.score.printing import speak_every_encoding
from demeu.vault.identity.eds.certificate import Certificate, read_certificate
from demeu.vault.identity.eds.chain import Trust
from demeu.vault.identity.eds.codes import Code, EdsError
from demeu.vault.identity.eds.crl import RevocationList
from demeu.vault.identity.eds.files import judge_file
from demeu.vault.identity.eds.judge import judge as judged_checks
from demeu.vault.identity.manifest import differences, entry_of, read_manifest, write_manifest

NOT_VALID, UNREADABLE = 1, 2
FILE_BYTES_MAX = 512 << 20
MANY = ("--anchor", "--intermediate", "--crl", "--ocsp")
ONE = ("--content", "--at")

app = typer.Typer(no_args_is_help=True, help="Verify an electronic digital signature.")
app.callback()(speak_every_encoding)


class ManyFiles(TyperCommand):
    """Lets `--anchor A B` stand for `--anchor A --anchor B`; the last name is FILE when no other stands alone."""

    def make_context(self, info_name: str | None, args: list[str], *more: Any, **named: Any) -> Any:
        return super().make_context(info_name, spread(args), *more, **named)


def spread(args: list[str]) -> list[str]:
    """The arguments with every further value of an option of many files behind an option of its own."""
    out: list[str] = []
    option, values, has_file, last_further = "", 0, False, -1
    for arg in args:
        if arg.startswith("-") and len(arg) > 1:
            option, values = arg, 0
        elif option in MANY:
            values += 1
            if values > 1:
                last_further = len(out)
                out.append(option)
        elif option in ONE and values == 0:
            values = 1
        else:
            has_file = True
        out.append(arg)
    if not has_file and last_further >= 0:
        del out[last_further]
    return out


Files = list[Path] | None


@app.command(cls=ManyFiles)
def verify(
    file: Annotated[Path, typer.Argument(help="CMS (DER, BER or PEM), signed XML or SOAP, or a certificate.")],
    anchor: Annotated[Files, typer.Option(help="Certificate that is trusted.", metavar="FILE…")] = None,
    intermediate: Annotated[
        Files, typer.Option(help="Certificate of an authority in between.", metavar="FILE…")
    ] = None,
    content: Annotated[Path | None, typer.Option(help="What a detached signature signs.")] = None,
    crl: Annotated[Files, typer.Option(help="Revocation list, DER.", metavar="FILE")] = None,
    ocsp: Annotated[Files, typer.Option(help="OCSP answer, DER.", metavar="FILE")] = None,
    at: Annotated[str | None, typer.Option(help="Moment to judge at, ISO 8601; now if not given.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Print the verdict as JSON.")] = False,
) -> None:
    """Say whether a signature is right, whose it is, and whether its certificate was trusted and good at a moment."""
    trust = Trust(
        tuple(_certificate(path) for path in anchor or ()),
        tuple(_certificate(path) for path in intermediate or ()),
        tuple((_readable_list(path), None) for path in crl or ()),
        tuple(_bytes(path) for path in ocsp or ()),
    )
    found = judge_file(_bytes(file), _bytes(content) if content else None, trust, _moment(at))
    if as_json:
        typer.echo(json.dumps(found, ensure_ascii=False, indent=2))
    else:
        _show(found)
    if found["codes"] == [Code.MALFORMED.value]:
        raise typer.Exit(UNREADABLE)
    raise typer.Exit(0 if found["accept"] else NOT_VALID)


@app.command()
def judge(
    folder: Annotated[Path, typer.Argument(help="Folder with a manifest.json of checks.")],
    as_json: Annotated[bool, typer.Option("--json", help="Print one JSON object a line.")] = False,
) -> None:
    """Run every check of a conformance set without looking at what it expects. Judges nothing about the outcome."""
    try:
        for found in judged_checks(folder):
            if as_json:
                sys.stdout.write(json.dumps(asdict(found), ensure_ascii=False) + "\n")
            else:
                typer.echo(f"{'accept' if found.accept else 'refuse'}  {' '.join(found.codes):28} {found.id}")
    except (OSError, ValueError, TypeError, AttributeError) as error:
        _refuse(f"{folder} holds no readable manifest.json: {error}")


@app.command()
def manifest(
    files: Annotated[list[Path], typer.Argument(help="Files of any size.")],
    check: Annotated[Path | None, typer.Option(help="A manifest that was signed: compare the files with it.")] = None,
) -> None:
    """Print the canonical manifest of files (SHA-256, size, name), or check files against one: 0 same, 1 changed."""
    try:
        present = []
        for path in files:
            with path.open("rb") as content:
                present.append(entry_of(path.name, content))
        text = write_manifest(present)
    except (OSError, ValueError) as error:
        _refuse(f"no manifest can be made: {error}")
    if check is None:
        typer.echo(text, nl=False)
        return
    try:
        signed = read_manifest(_bytes(check).decode())
    except ValueError:
        _refuse(f"{check} is not a canonical manifest")
    for name in differences(signed, present):
        typer.echo(f"DIFFERENT {name}")
    raise typer.Exit(NOT_VALID if differences(signed, present) else 0)


def _bytes(path: Path) -> bytes:
    try:
        if path.stat().st_size > FILE_BYTES_MAX:
            _refuse(f"{path} is too large")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        _refuse(f"{path} cannot be read: {getattr(error, 'strerror', None) or error}")


def _certificate(path: Path) -> Certificate:
    try:
        return read_certificate(_bytes(path))
    except EdsError:
        _refuse(f"{path} is not a certificate")


def _readable_list(path: Path) -> bytes:
    source = _bytes(path)
    try:
        RevocationList(source)
    except EdsError:
        _refuse(f"{path} is not a revocation list")
    return source


def _moment(given: str | None) -> datetime | None:
    if given is None:
        return None
    try:
        moment = datetime.fromisoformat(given)
    except ValueError:
        _refuse(f"--at {given}: not a moment such as 2026-09-01T00:00:00Z")
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)


def _show(found: dict[str, Any]) -> None:
    typer.echo(f"{'VALID' if found['accept'] else 'NOT VALID'}: {', '.join(found['codes'])}")
    for signer in found["signers"]:
        typer.echo(f"  signer {signer['serial_hex'] or '?'}: {', '.join(signer['codes'])}")
        for name in ("iin", "bin", "algorithm", "signing_time", "covers"):
            if signer.get(name):
                typer.echo(f"    {name}: {signer[name]}")
        if signer.get("names"):
            typer.echo(f"    name: {signer['names']['common_name']}")
            typer.echo(f"    roles: {', '.join(signer['roles'])}")
        for name in ("revocation", "timestamp"):
            if signer.get(name):
                typer.echo(f"    {name}: {json.dumps(signer[name])}")
    if not found["signers"] and found["certificate"]:
        typer.echo(f"  certificate {found['certificate']['serial_hex']}")


def _refuse(reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(UNREADABLE)
