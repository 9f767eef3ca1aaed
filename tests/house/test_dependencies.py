"""Every dependency has earned its place: one line of reason each, and no reason for what is not there."""

import json
import re
import tomllib
from pathlib import Path

from tests.house.tree import ROOT, none_of, plant

PAGE = "docs/decisions/dependencies.md"


def wanted(root: Path) -> set[str]:
    """Names of all direct dependencies, of Python and of the front end."""
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    groups = [project["project"].get("dependencies", [])]
    groups += project["project"].get("optional-dependencies", {}).values()
    groups += project.get("dependency-groups", {}).values()
    groups.append(project.get("build-system", {}).get("requires", []))
    names = {re.split(r"[\[<>=~!; ]", line)[0].lower() for group in groups for line in group}
    package = json.loads((root / "package.json").read_text(encoding="utf-8"))
    return names | set(package.get("dependencies", {})) | set(package.get("devDependencies", {}))


def explained(root: Path) -> dict[str, str]:
    """Name → reason, from the tables of the page."""
    found = {}
    for line in (root / PAGE).read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split("|")]
        if line.startswith("| `") and len(cells) >= 3:
            found[cells[0].strip("`").lower()] = cells[1]
    return found


def unexplained(root: Path) -> list[str]:
    """Dependencies without a reason, and reasons without a dependency."""
    names, reasons = wanted(root), explained(root)
    without = [f"{name}: no reason" for name in sorted(names) if len(reasons.get(name, "")) < 10]
    return without + [f"{name}: not a dependency" for name in sorted(set(reasons) - names)]


def test_every_dependency_has_its_reason() -> None:
    assert none_of(unexplained(ROOT))


def test_a_dependency_without_a_reason_is_noticed(tmp_path: Path) -> None:
    plant(tmp_path, "pyproject.toml", '[project]\ndependencies = ["httpx>=1", "rich[all]"]\n')
    plant(tmp_path, "package.json", '{"dependencies": {"htmx.org": "2"}}')
    plant(tmp_path, PAGE, "| `httpx` | calls between services | BSD |\n| `left-pad` | pads on the left | MIT |\n")
    assert unexplained(tmp_path) == ["htmx.org: no reason", "rich: no reason", "left-pad: not a dependency"]
