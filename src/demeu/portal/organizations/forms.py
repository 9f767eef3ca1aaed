"""Forms of the registry's desks. Paper: `kind`, `valid_until`, `file`. Check: `until`. Report: `families` … `words`."""

from django import forms
from django.utils.translation import gettext_lazy as _

from demeu.portal.organizations import wording

DAY = forms.DateInput(attrs={"type": "date"})


class PaperForm(forms.Form):
    """One paper of an organization."""

    kind = forms.ChoiceField(label=_("Which paper"), choices=list(wording.PAPERS.items()))
    valid_until = forms.DateField(label=_("Valid until"), required=False, widget=DAY)
    file = forms.FileField(label=_("The file"), max_length=200)


class CheckForm(forms.Form):
    """Until when the fund vouches."""

    until = forms.DateField(label=_("Checked until"), widget=DAY)


class ReportForm(forms.Form):
    """The report of a quarter."""

    families = forms.IntegerField(label=_("Families helped"), min_value=0)
    visits = forms.IntegerField(label=_("Visits made"), min_value=0)
    spent_tenge = forms.IntegerField(label=_("Spent on help, ₸"), min_value=0)
    words = forms.CharField(
        label=_("What was done, in a few sentences"),
        help_text=_("Everybody can read this. Name no people and no addresses."),
        required=False,
        max_length=1000,
    )
