"""Forms of donors' pages. Posted to /my/proposals/: `do` (save, off), `groups`, `regions` (any), `budget` (tenge)."""

from django import forms
from django.utils.translation import gettext_lazy as _

from demeu.portal.giving.fields import TengeField
from demeu.portal.ui.groups import NUMBERS, name_of
from demeu.portal.ui.regions import REGIONS


def group_choices() -> list[tuple[str, object]]:
    """Codes and names of the seven groups."""
    return [(code, name_of(code)) for code in NUMBERS]


def region_choices() -> list[tuple[str, str]]:
    """Codes and names of the regions, in the reader's language."""
    return [(code, region.name()) for code, region in REGIONS.items()]


class TasteForm(forms.Form):
    """Themes, regions, and the sum that one is ready to give."""

    groups = forms.MultipleChoiceField(label=_("Whom you would like to help"), required=False, choices=group_choices)
    regions = forms.MultipleChoiceField(label=_("Where"), required=False, choices=region_choices)
    budget = TengeField(label=_("A sum you could give at once"), required=False)


class SharedForm(forms.Form):
    """What another app shared with ours: `title`, `text`, `url`."""

    title = forms.CharField(required=False, max_length=500)
    text = forms.CharField(required=False, max_length=2000)
    url = forms.CharField(required=False, max_length=2000)
