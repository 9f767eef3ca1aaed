"""The register as a folder of files, written whole or not at all."""

import hashlib
import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from demeu.scoring.folders import is_taken, whole_folder
from demeu.scoring.register.content import kit, register
from demeu.scoring.register.document import Kit, Register
from demeu.scoring.register.pages import index_page, rule_set_page
from demeu.scoring.register.wording import LANGUAGES

SCHEMA = "https://json-schema.org/draft/2020-12/schema"


class NotEmpty(Exception):
    """The folder holds something already; the register is written into a new or an empty one."""


def files() -> dict[str, bytes]:
    """Every file of the register by its path; the same bytes for the same rules."""
    said, families = register(), kit()
    found = {
        "register.json": _json(said.model_dump(mode="json")),
        "register.schema.json": _json(_schema(Register)),
        "examples.json": _json(families.model_dump(mode="json")),
        "examples.schema.json": _json(_schema(Kit)),
        "index.html": index_page(said).encode(),
    }
    for lang in LANGUAGES:
        for one in said.rule_sets:
            found[f"{lang}/{one.id}.html"] = rule_set_page(said, one, families, lang).encode()
    sums = {
        path: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)} for path, content in found.items()
    }
    return found | {"index.json": _json({"document": "demeu-register-index-1", "files": dict(sorted(sums.items()))})}


def write(folder: Path) -> list[str]:
    """Writes the register into `folder`, which is new or empty; raises `NotEmpty` and `OSError`. Paths in order."""
    if is_taken(folder):
        raise NotEmpty
    found = files()
    with whole_folder(folder.resolve()) as beside:
        for path, content in found.items():
            (beside / path).parent.mkdir(exist_ok=True)
            (beside / path).write_bytes(content)
    return sorted(found)


def _schema(shape: type[BaseModel]) -> dict[str, Any]:
    return {"$schema": SCHEMA, **shape.model_json_schema(mode="serialization")}


def _json(content: Any) -> bytes:
    return (json.dumps(content, ensure_ascii=False, indent=1) + "\n").encode()
