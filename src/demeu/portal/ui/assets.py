"""Built front-end files by the name of their source, from Vite's manifest. Never guesses a file name."""

import json
from functools import lru_cache
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.templatetags.static import static

DIST = Path(__file__).resolve().parents[4] / "web" / "dist"


class Entry(NamedTuple):
    """One built entry: its script and the stylesheets it brings, as public addresses."""

    script: str
    styles: tuple[str, ...]


@lru_cache(maxsize=2)
def _read(path: Path, changed_ns: int) -> dict[str, dict[str, object]]:
    return dict(json.loads(path.read_text()))


def manifest() -> dict[str, dict[str, object]]:
    """Source path → what was built from it; empty before the front end is built."""
    path = Path(getattr(settings, "DEMEU_WEB_DIST", DIST)) / "manifest.json"
    if not path.exists():
        return {}
    return _read(path, path.stat().st_mtime_ns)


def entry(name: str) -> Entry | None:
    """The entry `web/js/<name>.js`; None before the front end is built. An unknown name is a bug: KeyError."""
    built = manifest()
    if not built:
        return None
    chunk = built[f"web/js/{name}.js"]
    styles = chunk.get("css", [])
    assert isinstance(styles, list)
    return Entry(static(str(chunk["file"])), tuple(static(style) for style in styles))


def drawing(name: str) -> str:
    """The address of `web/drawn/<name>` (sprite.svg, map.svg, fonts); empty before the front end is built."""
    built = manifest()
    return static(str(built[f"web/drawn/{name}"]["file"])) if built else ""
