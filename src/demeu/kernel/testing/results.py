"""Where a long run keeps what it found: one line of JSON a part, in the file that `make soak` names."""

import json
import os
from datetime import UTC, datetime
from pathlib import Path

FILE = "DEMEU_SOAK_RESULTS"


def note_result(part: str, **figures: int | float) -> None:
    """Add a line; in an ordinary run of the tests nothing is kept."""
    if os.environ.get(FILE):
        line = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "part": part, **figures}
        with Path(os.environ[FILE]).open("a", encoding="utf-8") as file:
            file.write(json.dumps(line) + "\n")
