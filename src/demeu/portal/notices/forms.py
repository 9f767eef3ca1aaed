"""Forms of notices: wishes, a mail address and its code, the check of a message, a text to be measured."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from demeu.contracts.vault import Channel, KindChoice, MessageKind, NoticeSettings

NONE = ""
HOURS = [(str(hour), f"{hour}:00") for hour in range(24)]


class SettingsForm(forms.Form):
    """Quiet time and the mail of the day; the channels come as `on` = «kind:channel», as often as wished."""

    quiet_from = forms.ChoiceField(
        label=_("Quiet from"), required=False, choices=[(NONE, _("No quiet time")), *HOURS],
        help_text=_("Codes and emergencies still come at once."),
    )  # fmt: skip
    quiet_until = forms.ChoiceField(label=_("until"), required=False, choices=[(NONE, "–"), *HOURS])
    digest_hour = forms.ChoiceField(
        label=_("Letters"), required=False, choices=[(NONE, _("Each at once")), *HOURS],
        help_text=_("Choose an hour and the letters of a day come together at that hour."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        """Both ends of the quiet time or neither."""
        cleaned = super().clean() or {}
        if bool(cleaned.get("quiet_from")) != bool(cleaned.get("quiet_until")):
            self.add_error("quiet_until", _("Choose both hours or none."))
        return cleaned

    def quiet(self) -> tuple[int, int]:
        """Equal hours mean that there is none."""
        start, end = self.cleaned_data["quiet_from"], self.cleaned_data["quiet_until"]
        return (int(start), int(end)) if start and end else (0, 0)

    def digest(self) -> int | None:
        """The hour of the one mail, or None."""
        hour = self.cleaned_data["digest_hour"]
        return int(hour) if hour else None


def settings_form(known: NoticeSettings) -> SettingsForm:
    """The form with what holds now."""
    quiet = known.quiet_from != known.quiet_until
    return SettingsForm(
        initial={
            "quiet_from": str(known.quiet_from) if quiet else NONE,
            "quiet_until": str(known.quiet_until) if quiet else NONE,
            "digest_hour": NONE if known.digest_hour is None else str(known.digest_hour),
        }
    )


def choices_of(wished: list[str], known: NoticeSettings) -> tuple[KindChoice, ...]:
    """What was ticked, for the kinds that there are; anything else that was sent is left out."""
    ticked = set(wished)
    return tuple(
        KindChoice(kind=choice.kind, on=tuple(one for one in Channel if f"{choice.kind.value}:{one.value}" in ticked))
        for choice in known.choices
        if choice.kind in MessageKind
    )


class MailForm(forms.Form):
    """The address that letters should go to."""

    address = forms.EmailField(label=_("Mail address"), max_length=254)


class MailCodeForm(forms.Form):
    """The code that came to it."""

    code = forms.UUIDField(widget=forms.HiddenInput)
    digits = forms.RegexField(label=_("Code from the letter"), regex=r"^\s*[0-9]{3}\s?[0-9]{3}\s*$", max_length=10)


class DeviceForm(forms.Form):
    """A browser's subscription, filled in by the page's script."""

    endpoint = forms.URLField(max_length=1000, assume_scheme="https")
    p256dh = forms.RegexField(regex=r"^[A-Za-z0-9_=-]{80,100}$")
    auth = forms.RegexField(regex=r"^[A-Za-z0-9_=-]{16,40}$")


class CheckForm(forms.Form):
    """A message that somebody doubts."""

    check = forms.CharField(
        label=_("Check code from the message"), max_length=20, help_text=_("Eight signs, for example K2TH-7XMA.")
    )
    reached = forms.CharField(
        label=_("Where it came to"), max_length=254,
        help_text=_("The last four digits of the phone, or the mail address. We do not keep it."),
    )  # fmt: skip


class MeasureForm(forms.Form):
    """A text that somebody is writing."""

    lang = forms.ChoiceField(label=_("Language"), choices=[("kk", "Қазақша"), ("ru", "Русский"), ("en", "English")])
    text = forms.CharField(label=_("Text of the SMS"), max_length=1000, widget=forms.Textarea)
