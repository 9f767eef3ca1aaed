"""Writing a file that must not be there yet: whole or not at all, readable by its owner alone."""

import os
import tempfile
from pathlib import Path

from demeu.cli.score.unusable import refuse
from demeu.scoring.trace import messages


def save_new(file: Path, content: bytes, lang: str) -> None:
    """Writes the file; ends with exit code 2 when one stands there already or the place cannot be written."""
    words = messages("report")
    try:
        _write(file, content)
    except FileExistsError:
        refuse(lang, [words["exists"][lang].format(file=file)])
    except OSError as error:
        refuse(lang, [words["not_written"][lang].format(file=file, reason=error.strerror)])


def _write(file: Path, content: bytes) -> None:
    """A temporary file beside it gets the name at the end; taking the name fails when it is taken."""
    number, temporary = tempfile.mkstemp(prefix=f".{file.name}.", dir=file.parent)
    try:
        with os.fdopen(number, "wb") as opened:
            opened.write(content)
            opened.flush()
            os.fsync(opened.fileno())
        os.link(temporary, file)
    finally:
        Path(temporary).unlink()
