"""A measure as a file: which categories get it, how much a month, for a household or each member, by what source.

Validation only; nothing is counted here.
"""

from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import Field, StrictInt, ValidationError, field_validator

from demeu.kernel.errors import invalid
from demeu.kernel.operations import Message

TIYN_MAX = 10**12
Text = Annotated[str, Field(min_length=1, max_length=300)]


class Words(Message):
    """One text in three languages."""

    kk: Text
    ru: Text
    en: Text

    def __getitem__(self, lang: str) -> str:
        return str(getattr(self, lang))


class Measure(Message):
    """`amount_tiyn` a month, for each household or each member of it, to households of `categories`."""

    id: Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]{0,63}$")]
    title: Words
    categories: tuple[Annotated[StrictInt, Field(ge=1, le=6)], ...] = Field(min_length=1, max_length=6)
    per: Literal["household", "member"]
    amount_tiyn: Annotated[StrictInt, Field(ge=1, le=TIYN_MAX)]
    source: Words

    @field_validator("categories")
    @classmethod
    def _once_each(cls, categories: tuple[int, ...]) -> tuple[int, ...]:
        if len(set(categories)) != len(categories):
            raise ValueError("a category stands once")
        return tuple(sorted(categories))

    def cost_tiyn(self, households: int, members: int) -> int:
        """Tiyn a month for so many households with so many members in all."""
        return self.amount_tiyn * (households if self.per == "household" else members)


def read_measure(file: Path) -> Measure:
    """The measure of a YAML file; raises `simulate.measure` with the place of each fault."""
    try:
        held = yaml.safe_load(file.read_text("utf-8"))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = f"line {mark.line + 1}, column {mark.column + 1}" if mark else "?"
        raise invalid("simulate.measure", file=str(file), faults=[f"{place}: not YAML"]) from None
    except (OSError, UnicodeDecodeError) as error:
        raise invalid("simulate.measure", file=str(file), faults=[f"cannot be read: {_why(error)}"]) from None
    try:
        return Measure.model_validate(_tuples(held))
    except ValidationError as error:
        faults = [f"{_place(fault['loc'])}: {fault['msg']}" for fault in error.errors()]
        raise invalid("simulate.measure", file=str(file), faults=faults) from None


def _why(error: OSError | UnicodeDecodeError) -> str:
    return (error.strerror if isinstance(error, OSError) else None) or type(error).__name__


def _tuples(held: Any) -> Any:
    """Lists as tuples, which strict shapes demand."""
    if not isinstance(held, dict):
        return held
    return {name: tuple(one) if isinstance(one, list) else one for name, one in held.items()}


def _place(steps: tuple[int | str, ...]) -> str:
    return "$" + "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in steps)
