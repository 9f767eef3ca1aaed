"""Synthetic countries for the benchmark, each drawn once a run; removed at its end."""

import shutil
import tempfile
from datetime import date
from pathlib import Path
from types import TracebackType

from scoring import child

ON = date(2026, 11, 22)
"""The assessment date of every figure, so that runs of different days can be compared."""

SEED = 1
FAULTS = 20
"""Faulty rows of each kind, in the countries that are also measured for rejects."""


class Countries:
    """Folders of facts by size; `complete` ones have neither unanswered nor faulty facts."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="demeu-bench-"))
        self.outs = 0

    def __enter__(self) -> "Countries":
        return self

    def __exit__(self, *_: type[BaseException] | BaseException | TracebackType | None) -> None:
        shutil.rmtree(self.folder, ignore_errors=True)

    def facts(self, households: int, *, complete: bool = False) -> Path:
        """A country of so many households, drawn when first asked for."""
        folder = self.folder / f"facts-{households}{'-complete' if complete else ''}"
        if not folder.exists():
            asked = ["--households", str(households), "--seed", str(SEED), "--on", ON.isoformat(), "--out", folder]
            asked += ["--nulls", "0"] if complete else ["--faults", str(FAULTS)]
            child.run([*child.DEMEU, "score", "synth", *asked])
        return folder

    def out(self) -> Path:
        """A folder for results, not yet there."""
        self.outs += 1
        return self.folder / f"out-{self.outs}"

    def drop(self, folder: Path) -> None:
        """Frees the space of results or of a country that nobody needs any more."""
        shutil.rmtree(folder, ignore_errors=True)
