"""The description of the tables as a Frictionless Data Package, made from the models of their rows. Pure."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from types import UnionType
from typing import Any, get_args
from uuid import UUID

from pydantic import BaseModel

from demeu.portal.open_data.publisher import LICENCE_NAME, LICENCE_TITLE, LICENCE_URL, Publisher

TYPES: dict[type, dict[str, str]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    date: {"type": "date"},
    datetime: {"type": "datetime", "format": "%Y-%m-%dT%H:%M:%SZ"},
    UUID: {"type": "string", "format": "uuid"},
}
KEYS: Mapping[str, Sequence[str]] = {
    "cases": ("number",),
    "items": ("id",),
    "figures": ("by", "key"),
    "regions": ("kato",),
    "categories": ("kind", "code"),
}


def package(
    tables: Mapping[str, type[BaseModel]], *, made_at: datetime, publisher: Publisher, files: Mapping[str, Any]
) -> dict[str, Any]:
    """`datapackage.json`; `files` are the facts of each written table: `bytes`, `sha256`."""
    return {
        "profile": "tabular-data-package",
        "name": "demeu-open-data",
        "title": "Demeu: published cases of need and the help they were given",
        "created": f"{made_at:%Y-%m-%dT%H:%M:%SZ}",
        "homepage": f"{publisher.url}/open-data/",
        "licenses": [{"name": LICENCE_NAME, "path": LICENCE_URL, "title": LICENCE_TITLE}],
        "contributors": [{"title": publisher.name, "path": publisher.url, "role": "publisher"}],
        "resources": [_resource(name, model, files[f"{name}.csv"]) for name, model in tables.items()],
    }


def _resource(name: str, model: type[BaseModel], written: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "profile": "tabular-data-resource",
        "name": name,
        "path": f"{name}.csv",
        "title": (model.__doc__ or "").strip(),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": written["bytes"],
        "hash": f"sha256:{written['sha256']}",
        "schema": {
            "fields": [_field(field, told) for field, told in model.model_fields.items()],
            "primaryKey": list(KEYS[name]),
            "missingValues": [""],
        },
    }


def _field(name: str, told: Any) -> dict[str, Any]:
    parts = get_args(told.annotation) if isinstance(told.annotation, UnionType) else (told.annotation,)
    plain = next(part for part in parts if part is not type(None))
    required = type(None) not in parts and plain is not str
    return {"name": name, **TYPES[plain], "description": told.description, "constraints": {"required": required}}
