"""What the service worker and the manifest name of the built front end. Never guesses a file name."""

import hashlib
import json
from pathlib import Path
from typing import Any

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from demeu.portal.ui.assets import DIST, drawing, manifest

SCRIPTS = ("main", "app", "offline", "fragments")
DRAWINGS = ("sprite.svg", "icon.svg", "golos-cyrillic.woff2", "golos-latin.woff2", "golos-cyrillic-ext.woff2")
ICONS = (
    ("app-192.png", "192x192", "any"),
    ("app-512.png", "512x512", "any"),
    ("app-maskable-512.png", "512x512", "maskable"),
)
PAGE_COLOUR = "#faf6ee"
SHORTCUTS: tuple[tuple[Promise, str], ...] = (
    (_("My gifts"), "/my/giving/"),
    (_("Cases"), "/cases/"),
    (_("Give to those who wait longest"), "/give/?fund=1"),
    (_("Check a receipt"), "/verify/"),
)


def worker_script() -> str:
    """The built worker; empty before the front end is built."""
    path = Path(getattr(settings, "DEMEU_WEB_DIST", DIST)) / "worker.js"
    return path.read_text(encoding="utf-8") if path.exists() else ""


def worker_files() -> list[str]:
    """Addresses of the files that pages need without a connection."""
    built = manifest()
    found: list[str] = []
    for name in SCRIPTS:
        found += _files(built, f"web/js/{name}.js")
    return [*dict.fromkeys(found), *(drawing(name) for name in DRAWINGS if f"web/drawn/{name}" in built)]


def _files(built: dict[str, dict[str, Any]], source: str) -> list[str]:
    """A script, its styles and what it imports."""
    if source not in built:
        return []
    chunk = built[source]
    files = [f"/static/{chunk['file']}", *(f"/static/{style}" for style in chunk.get("css", []))]
    for imported in chunk.get("imports", []):
        files += _files(built, imported)
    return files


def worker_version(files: list[str], offline: str) -> str:
    """Changes when any file, the worker itself or the page without a connection changes."""
    told = json.dumps([files, worker_script(), offline])
    return hashlib.sha256(told.encode()).hexdigest()[:12]


def app_manifest(lang: str, name: str, words: str) -> dict[str, Any]:
    """The web app manifest in one language."""
    icons = [
        {"src": drawing(file), "sizes": sizes, "type": "image/png", "purpose": purpose}
        for file, sizes, purpose in ICONS
        if drawing(file)
    ]
    return {
        "id": "/",
        "name": name,
        "short_name": name,
        "description": words,
        "lang": lang,
        "dir": "ltr",
        "start_url": "/my/giving/?from=app",
        "scope": "/",
        "display": "standalone",
        "background_color": PAGE_COLOUR,
        "theme_color": PAGE_COLOUR,
        "categories": ["lifestyle", "finance"],
        "icons": icons,
        "shortcuts": [{"name": str(label), "url": address, "icons": icons[:1]} for label, address in SHORTCUTS],
        "share_target": {
            "action": "/share/",
            "method": "GET",
            "params": {"title": "title", "text": "text", "url": "url"},
        },
    }
