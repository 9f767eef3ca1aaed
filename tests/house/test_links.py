"""A link in a document leads to a file that is there, and to a heading that is in it."""

import re
import unicodedata
from pathlib import Path
from urllib.parse import unquote

from tests.house.tree import ROOT, files, none_of, plant

LINK = re.compile(r"(?<!\\)\[[^\]\[]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
PICTURE = re.compile(r'<img[^>]+src="([^"]+)"')
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
PATH = re.compile(r"`((?:src|tests|docs|web|locale|deploy|bench)/[\w./-]+)`")
ELSEWHERE = re.compile(r"^[a-z][a-z0-9+.-]*:|^//")


def anchors(text: str) -> set[str]:
    """Anchors of the headings, as forges make them from the words."""
    made = set()
    for heading in re.findall(r"^#{1,6}\s+(.+?)\s*#*$", FENCE.sub("", text), re.MULTILINE):
        words = re.sub(r"[`*_]|\[([^\]]*)\]\([^)]*\)", r"\1", heading).lower()
        kept = (sign for sign in words if sign in "-_ " or unicodedata.category(sign)[0] in "LN")
        made.add("".join(kept).replace(" ", "-"))
    return made


def dead_links(root: Path) -> list[str]:
    """Links of all Markdown files whose target is not there."""
    found = []
    for path in files(root, ".md"):
        text = re.sub(r"`[^`\n]*`", "", FENCE.sub("", path.read_text(encoding="utf-8")))
        for target in [*LINK.findall(text), *PICTURE.findall(text)]:
            if ELSEWHERE.match(target):
                continue
            name, _, anchor = unquote(target).partition("#")
            place = path.parent / name if name else path
            if not place.exists():
                found.append(f"{path.relative_to(root)}: {target}")
            elif anchor and place.suffix == ".md" and anchor not in anchors(place.read_text(encoding="utf-8")):
                found.append(f"{path.relative_to(root)}: {target} has no such heading")
    return found


def dead_paths(root: Path) -> list[str]:
    """Files of the project that a document names and that are not there."""
    found = []
    for path in files(root, ".md"):
        named = PATH.findall(FENCE.sub("", path.read_text(encoding="utf-8")))
        found += [f"{path.relative_to(root)}: {name}" for name in named if not (root / name).exists()]
    return found


def test_no_link_is_dead() -> None:
    assert none_of(dead_links(ROOT))


def test_a_dead_link_and_a_missing_heading_are_noticed(tmp_path: Path) -> None:
    plant(tmp_path, "docs/a.md", "# One way\n[b](b.md) [own](#one-way) [far](https://example.org) [no](#two)\n")
    assert dead_links(tmp_path) == ["docs/a.md: b.md", "docs/a.md: #two has no such heading"]


def test_every_named_file_is_there() -> None:
    assert none_of(dead_paths(ROOT))


def test_a_named_file_that_is_gone_is_noticed(tmp_path: Path) -> None:
    plant(tmp_path, "docs/a.md", "See `src/demeu/gone.py`, `docs/a.md` and `src/<role>/x.py`.\n")
    assert dead_paths(tmp_path) == ["docs/a.md: src/demeu/gone.py"]


def test_what_stands_in_code_is_no_link(tmp_path: Path) -> None:
    plant(tmp_path, "docs/a.md", "```\n[b](b.md)\n```\n`[c](c.md)`\n")
    assert dead_links(tmp_path) == []
