"""How much of a person is shown for which purpose: plain, masked or redacted. Pure; what is not listed is redacted."""

from enum import StrEnum

from demeu.contracts.words import Purpose
from demeu.vault.people import rules


class View(StrEnum):
    """All of it; names with hidden numbers; initials only."""

    PLAIN = "plain"
    MASKED = "masked"
    REDACTED = "redacted"


VIEWS = {
    Purpose.OWN_DATA: View.PLAIN,
    Purpose.ASSESSMENT: View.MASKED,
    Purpose.CASE_REVIEW: View.MASKED,
    Purpose.HOME_VISIT: View.MASKED,
    Purpose.DELIVERY: View.MASKED,
}


def view_for(purpose: str) -> View:
    """The view of a purpose; an unknown one sees the least."""
    return VIEWS.get(Purpose(purpose), View.REDACTED) if purpose in set(Purpose) else View.REDACTED


def name_in(view: View, surname: str, given_name: str, patronymic: str) -> str:
    """Surname, given name and patronymic, or their initials."""
    if view is not View.REDACTED:
        return rules.display_name(surname, given_name, patronymic)
    return " ".join(f"{part[0]}." for part in (surname, given_name, patronymic) if part)


def iin_in(view: View, iin: str) -> str:
    """The number, its last four digits, or nothing."""
    return {View.PLAIN: iin, View.MASKED: rules.masked_iin(iin), View.REDACTED: ""}[view]


def phone_in(view: View, phone: str) -> str:
    """The phone, its ends, or nothing."""
    return {View.PLAIN: phone, View.MASKED: rules.masked_phone(phone), View.REDACTED: ""}[view]


def text_in(view: View, text: str) -> str:
    """Any other text: whole, its last two characters, or nothing."""
    return {View.PLAIN: text, View.MASKED: f"••• {text[-2:]}" if text else "", View.REDACTED: ""}[view]
