"""The seven groups of need: number (= motif and colours), name. Order and wording follow the concept, chapter 2."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from demeu.contracts.words import NeedGroup

NUMBERS = {group.value: number for number, group in enumerate(NeedGroup, start=1)}
NAMES: dict[int, Promise] = {
    1: _("Children and young people"),
    2: _("People with disabilities"),
    3: _("Older people"),
    4: _("People in poverty and without a home"),
    5: _("People hit by emergencies and violence"),
    6: _("People with severe illness"),
    7: _("Former prisoners, people with addictions"),
}


def number_of(group: str | int) -> int:
    """1–7 for a NeedGroup, its value, or the number itself; anything else is a bug: KeyError."""
    if isinstance(group, int) or str(group).isdigit():
        number = int(group)
        return number if number in NAMES else NUMBERS[str(group)]
    return NUMBERS[str(group)]


def name_of(group: str | int) -> Promise:
    """The group's name, in the reader's language when shown."""
    return NAMES[number_of(group)]
