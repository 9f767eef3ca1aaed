"""One view of a form field for `<c-field>` and `<c-choices>`, from a bound Django field or from plain values."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.forms import BoundField, FileField
from django.forms.widgets import CheckboxInput

Option = tuple[str, str, str]


@dataclass(frozen=True)
class FieldView:
    """What a field's template prints. `options` are (value, label, hint)."""

    name: str
    label: str
    value: Any = ""
    hint: str = ""
    errors: list[str] = field(default_factory=list)
    required: bool = True
    options: list[Option] = field(default_factory=list)

    @property
    def id(self) -> str:
        """The control's id: the error summary links to it."""
        return f"id_{self.name}"

    @property
    def described_by(self) -> str:
        """Ids of the hint and the error, whichever are there."""
        parts = [f"{self.id}_hint"] if self.hint else []
        return " ".join([*parts, *([f"{self.id}_error"] if self.errors else [])])

    @property
    def chosen(self) -> set[str]:
        """The chosen values as text, for radios, checkboxes and selects."""
        values = self.value if isinstance(self.value, (list, tuple, set)) else [self.value]
        return {str(value) for value in values if value not in (None, "")}


def options_of(choices: Iterable[Any]) -> list[Option]:
    """(value, label) or (value, label, hint) or plain values, as full triples; empty choices are left out."""
    rows = []
    for choice in choices:
        parts = tuple(choice) if isinstance(choice, (tuple, list)) else (choice, choice)
        value, label, hint = (*parts, "", "")[:3]
        if str(value) != "" or str(label):
            rows.append((str(value), str(label), str(hint)))
    return rows


def view_of(bound: BoundField, *, label: str = "", hint: str = "", options: Iterable[Any] = ()) -> FieldView:
    """A bound field; label, hint and options given in the template win over the form's."""
    value = "" if isinstance(bound.field, FileField) else bound.value()
    if isinstance(bound.field.widget, CheckboxInput):
        value = "on" if value else ""
    return FieldView(
        name=bound.html_name,
        label=label or str(bound.label or ""),
        value="" if value is None else value,
        hint=hint or str(bound.help_text or ""),
        errors=[str(error) for error in bound.errors],
        required=bound.field.required,
        options=options_of(options or getattr(bound.field, "choices", ())),
    )
