"""The reference pages say what the code says. After a change: `python -m demeu.roles.reference`."""

import re
from pathlib import Path

from tests.house.tree import ROOT, files, none_of, plant

from demeu.roles.reference.pages import pages
from demeu.roles.reference.refusals import codes_in
from demeu.roles.reference.settings import OF_LAUNCHER, declared

READ = re.compile(r"""(?:environ(?:ment)?|given)(?:\.get\(|\[)\s*["'](DEMEU_[A-Z_]+)["']""")


def undocumented_reads(root: Path, known: set[str]) -> list[str]:
    """Variables that the source reads from the environment without having declared them."""
    found = []
    for path in files(root / "src", ".py"):
        if "tests" not in path.parts:
            names = set(READ.findall(path.read_text(encoding="utf-8"))) - known
            found += [f"{path.relative_to(root)}: {name}" for name in sorted(names)]
    return found


def test_the_reference_pages_are_those_that_the_code_makes() -> None:
    folder = ROOT / "docs" / "reference"
    stale = [name for name, text in pages(ROOT).items() if (folder / name).read_text(encoding="utf-8") != text]
    assert stale == [], "run `python -m demeu.roles.reference`"


def test_every_setting_is_declared_and_says_what_it_is_for() -> None:
    known = declared()
    unexplained = [name for settings in known.values() for name, one in settings.items() if not one["help"]]
    assert unexplained == []
    names = {name for settings in known.values() for name in settings} | set(OF_LAUNCHER)
    assert none_of(undocumented_reads(ROOT, names))


def test_every_refusal_has_a_code_of_a_noun_and_words() -> None:
    bad = [one for one in codes_in(ROOT / "src" / "demeu") if not re.fullmatch(r"[a-z_]+\.([a-z0-9_]+|…)", one.code)]
    assert bad == []


def test_an_undeclared_setting_is_noticed(tmp_path: Path) -> None:
    plant(tmp_path, "src/demeu/cli/up.py", 'import os\nport = os.environ.get("DEMEU_SECRET_DOOR")\n')
    assert undocumented_reads(tmp_path, {"DEMEU_PORT"}) == ["src/demeu/cli/up.py: DEMEU_SECRET_DOOR"]


def test_a_new_refusal_reaches_the_page(tmp_path: Path) -> None:
    source = 'raise forbidden("gift.too_kind" if kind else "gift.unkind", gift="1")\nraise conflict(f"gift.{word}")\n'
    plant(tmp_path, "demeu/treasury/gifts.py", source)
    found = [(one.code, one.kind, one.module) for one in codes_in(tmp_path / "demeu")]
    assert found == [
        ("gift.too_kind", "forbidden", "demeu.treasury.gifts"),
        ("gift.unkind", "forbidden", "demeu.treasury.gifts"),
        ("gift.…", "conflict", "demeu.treasury.gifts"),
    ]
