"""The data dictionary: every field of the API and of the daily files, from the very models that make them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from types import UnionType
from typing import Any, Literal, get_args, get_origin

from django.utils import translation
from django.utils.translation import gettext
from pydantic import BaseModel
from pydantic.fields import FieldInfo


@dataclass(frozen=True)
class Entry:
    """One field: of what, its name, its type in short, whether it may be empty, its meaning in a language."""

    model: str
    field: str
    type: str
    may_be_empty: bool
    meaning: str


def entries(models: Sequence[type[BaseModel]], lang: str) -> Iterator[Entry]:
    """Every field of the models, in their order."""
    with translation.override(lang):
        for model in models:
            for name, field in model.model_fields.items():
                yield Entry(
                    model.__name__, name, type_of(field), _may_be_empty(field), gettext(field.description or "")
                )


def type_of(field: FieldInfo) -> str:
    """The type in a word or two: a closed list names its words."""
    return _named(field.annotation)


def _named(annotation: Any) -> str:
    parts = [part for part in get_args(annotation) if part is not type(None)]
    if get_origin(annotation) is Literal:
        return " | ".join(map(str, parts))
    if isinstance(annotation, UnionType):
        return " | ".join(_named(part) for part in parts)
    if get_origin(annotation) in (list, tuple):
        return f"{_named(parts[0])}[]"
    if get_origin(annotation) is dict:
        return "object"
    plain = {"str": "string", "int": "integer", "float": "number", "bool": "boolean", "UUID": "uuid"}
    if hasattr(annotation, "__members__"):
        return " | ".join(str(member) for member in annotation)
    name = str(annotation.__name__)
    return plain.get(name, name)


def _may_be_empty(field: FieldInfo) -> bool:
    return type(None) in get_args(field.annotation)
