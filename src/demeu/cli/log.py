"""`demeu log`: verify a receipt offline, audit a whole log, say where the log lies. Needs no running platform.

Exit codes: 0 = right, 1 = wrong, 2 = the file or key cannot be used.
"""

import os
import zlib
from pathlib import Path
from typing import Annotated, NoReturn

import typer

from demeu.roles.launch.folders import folders_from
from demeu.roles.launch.runfile import read_running
from demeu.treasury.proofs.audit import audit_folder
from demeu.treasury.proofs.cosignatures import Cosigned, cosigned_by
from demeu.treasury.proofs.notes import COSIGNATURE, NoteError, NoteKey, read_vkey
from demeu.treasury.proofs.proof_text import FIRST_LINE, read_proof
from demeu.treasury.proofs.verify import verify_proof

UNUSABLE = 2
PROOF_BYTES_MAX = 1 << 20
PDF_BYTES_MAX = 20 << 20
PROOF_SUFFIX = ".tlog-proof"
KeyOption = Annotated[
    str | None, typer.Option("--key", help="The log's public key (name+hash+base64), or a file that holds it.")
]
WitnessOption = Annotated[
    list[str] | None,
    typer.Option("--witness", help="A witness's key; the checkpoint must carry its cosignature. May be repeated."),
]
app = typer.Typer(no_args_is_help=True, help="Verify receipts against the transparency log, offline.")


@app.command()
def verify(
    receipt: Annotated[Path, typer.Argument(help="A receipt as PDF, a .tlog-proof text, or a log's folder.")],
    key: KeyOption = None,
    witness: WitnessOption = None,
) -> None:
    """Check that a receipt's record stands in the log that the checkpoint signs."""
    if receipt.is_dir():
        audit(receipt, key, witness)
        return
    known, witnesses = _key(key, None), _witnesses(witness)
    text = _proof_of(receipt)
    try:
        found = verify_proof(text, known)
        seen = _seen_by(read_proof(text).checkpoint, witnesses)
    except ValueError as wrong:
        typer.echo(f"WRONG: {wrong}", err=True)
        raise typer.Exit(1) from None
    facts = " ".join(f"{name}={value}" for name, value in sorted(found.opening.facts.items()))
    typer.echo(f"RIGHT: record {found.index} of {found.checkpoint.origin} (size {found.checkpoint.size})")
    typer.echo(f"{found.opening.kind} at {found.opening.at.isoformat()}: {facts}")
    _tell_witnesses(seen, read_proof(text).checkpoint, known)


@app.command()
def audit(
    folder: Annotated[Path, typer.Argument(help="Folder with checkpoint and tile/.")],
    key: KeyOption = None,
    witness: WitnessOption = None,
) -> None:
    """Walk every entry and every tile of a log and compare them with its signed checkpoint."""
    known, witnesses = _key(key, folder), _witnesses(witness)
    if not (folder / "checkpoint").is_file():
        _refuse(f"{folder} holds no checkpoint")
    try:
        found = audit_folder(folder, known)
        note = (folder / "checkpoint").read_text(encoding="utf-8")
        seen = _seen_by(note, witnesses)
    except ValueError as wrong:
        typer.echo(f"WRONG: {wrong}", err=True)
        raise typer.Exit(1) from None
    typer.echo(f"RIGHT: {found.size} entries, {found.tiles} tiles, root {found.root.hex()}")
    _tell_witnesses(seen, note, known)


@app.command()
def where() -> None:
    """The folder of this checkout's log, its address while the platform runs, and its public key."""
    folders = folders_from(os.environ)
    folder = Path(os.environ.get("DEMEU_TREASURY_LOG") or folders.var / "log")
    if not (folder / "checkpoint").is_file():
        _refuse(f"there is no log in {folder} yet")
    typer.echo(f"folder {folder}")
    running = read_running(folders)
    if running is not None and "treasury" in running.urls:
        typer.echo(f"address {running.urls['treasury']}/log/")
    typer.echo(f"key {(folder / 'key').read_text().strip()}")


def _key(given: str | None, folder: Path | None) -> NoteKey:
    """The key given, or this checkout's own; for an audit, failing both, the one beside the log."""
    own = folders_from(os.environ).var / "log" / "key"
    places = [Path(given)] if given else [own, *([folder / "key"] if folder else [])]
    try:
        if given and "+" in given and not places[0].exists():
            return read_vkey(given)
        place = next((place for place in places if place.is_file()), None)
        if place is None:
            _refuse("no key of the log is known: give it with --key")
        return read_vkey(place.read_text())
    except (NoteError, OSError, UnicodeDecodeError) as error:
        _refuse(f"the key cannot be used: {error}")


def _witnesses(given: list[str] | None) -> list[NoteKey]:
    try:
        return [read_vkey(text, COSIGNATURE) for text in given or []]
    except NoteError as error:
        _refuse(f"the witness's key cannot be used: {error}")


def _seen_by(note: str, keys: list[NoteKey]) -> tuple[Cosigned, ...]:
    """The cosignatures of all these witnesses; raises `NoteError` when one of them has not cosigned."""
    seen = cosigned_by(note, keys)
    missing = {key.name for key in keys} - {one.witness for one in seen}
    if missing:
        raise NoteError(f"no cosignature of {', '.join(sorted(missing))}")
    return seen


def _tell_witnesses(seen: tuple[Cosigned, ...], note: str, key: NoteKey) -> None:
    """Who cosigned; lines of witnesses whose key was not given are named as not checked."""
    for one in seen:
        typer.echo(f"cosigned by {one.witness} at {one.at.isoformat()}")
    checked = {key.name, *(one.witness for one in seen)}
    for name in dict.fromkeys(line.split(" ")[1] for line in note.partition("\n\n")[2].splitlines()):
        if name not in checked:
            typer.echo(f"cosigned by {name}, not checked: give its key with --witness")


def _proof_of(receipt: Path) -> str:
    """The proof's text: the file itself, or what is attached to the PDF."""
    try:
        content = receipt.read_bytes()
    except OSError as error:
        _refuse(f"{receipt} cannot be read: {error.strerror}")
    if len(content) > PDF_BYTES_MAX:
        _refuse(f"{receipt} is too large for a receipt")
    if content.startswith(b"%PDF"):
        content = _attached(receipt)
    try:
        text = content[:PROOF_BYTES_MAX].decode()
    except UnicodeDecodeError:
        _refuse(f"{receipt} is neither a PDF nor a proof")
    if not text.startswith(FIRST_LINE.partition("@")[0]):
        _refuse(f"{receipt} is neither a PDF nor a proof")
    return text


def _attached(receipt: Path) -> bytes:
    from pypdf import PdfReader  # takes longer to load than all the rest: only for PDF files
    from pypdf.errors import PyPdfError

    try:
        attachments = PdfReader(receipt).attachments
        found = [
            content for name, contents in attachments.items() if name.endswith(PROOF_SUFFIX) for content in contents
        ]
    except (PyPdfError, LookupError, ValueError, TypeError, AttributeError, RecursionError, zlib.error):
        _refuse(f"{receipt} is not a readable PDF")
    if len(found) != 1:
        _refuse(f"{receipt} has no proof attached")
    return found[0]


def _refuse(reason: str) -> NoReturn:
    typer.echo(reason, err=True)
    raise typer.Exit(UNUSABLE)
