"""The export of a person's data on paper: sections and rows in the reader's language, as a PDF. Keeps nothing."""

import json
from pathlib import Path
from typing import Any

import typst
from django.utils.dateparse import parse_date, parse_datetime
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from demeu.portal.cabinets.wording import CONSENT_STATES
from demeu.portal.cases.fact_words import fact_name, fact_value
from demeu.portal.cases.wording import REGISTRY_TEXTS
from demeu.portal.objections.wording import FIELDS, OFFICES, PURPOSES, READINGS
from demeu.portal.ui import wording as moments

TEMPLATE = Path(__file__).with_name("dossier.typ")
VALUE_LENGTH_MAX = 2_000
TITLES = {
    "person": gettext_lazy("Who you are"),
    "aliases": gettext_lazy("Your name in other spellings"),
    "contacts": gettext_lazy("Other phones and addresses"),
    "papers": gettext_lazy("Identity documents"),
    "ties": gettext_lazy("Family and representatives"),
    "tied_to": gettext_lazy("Whose family or representative you are"),
    "consents": gettext_lazy("Consents"),
    "documents": gettext_lazy("Documents"),
    "facts": gettext_lazy("Answers of the registries"),
    "categories": gettext_lazy("Categories"),
    "disputes": gettext_lazy("Facts that you disputed"),
    "emergencies": gettext_lazy("Emergencies where you live"),
    "messages": gettext_lazy("Messages to you"),
    "devices": gettext_lazy("Browsers that get notices"),
    "switches": gettext_lazy("Notices that you switched off"),
    "habits": gettext_lazy("Quiet hours"),
    "signatures": gettext_lazy("What you signed"),
    "passkeys": gettext_lazy("Passkeys"),
    "looks": gettext_lazy("Who looked"),
}
LABELS = {
    "surname": gettext_lazy("Surname"), "given_name": gettext_lazy("Given name"),
    "patronymic": gettext_lazy("Patronymic"), "iin": gettext_lazy("IIN"), "birth_date": gettext_lazy("Born"),
    "phone": gettext_lazy("Phone"), "email": gettext_lazy("Mail"), "lang": gettext_lazy("Language"),
    "region_kato": gettext_lazy("Place (KATO)"), "created_at": gettext_lazy("Made"), "made_at": gettext_lazy("Made"),
    "noted_at": gettext_lazy("Noted"), "at": gettext_lazy("When"), "kind": gettext_lazy("Kind"),
    "value": gettext_lazy("Value"), "number": gettext_lazy("Number"), "issued_on": gettext_lazy("Issued"),
    "expires_on": gettext_lazy("Valid until"), "role": gettext_lazy("Role"), "since": gettext_lazy("Since"),
    "until": gettext_lazy("Until"), "purpose": gettext_lazy("Purpose"), "registries": gettext_lazy("Registries"),
    "fields": gettext_lazy("What"), "state": gettext_lazy("State"), "asked_at": gettext_lazy("Asked"),
    "expires_at": gettext_lazy("Valid until"), "size_bytes": gettext_lazy("Size, bytes"),
    "content": gettext_lazy("Content"), "code": gettext_lazy("Fact"), "source": gettext_lazy("Source"),
    "as_of": gettext_lazy("As of"), "category": gettext_lazy("Category"), "rule_set": gettext_lazy("Rules"),
    "text": gettext_lazy("Text"), "signed": gettext_lazy("Text"), "actor": gettext_lazy("Who"),
    "office": gettext_lazy("Office"), "organization": gettext_lazy("Organisation"),
    "operation": gettext_lazy("Looked at"), "label": gettext_lazy("Name"),
}  # fmt: skip
CODES: dict[str, dict[str, Any]] = {
    "purpose": PURPOSES,
    "state": CONSENT_STATES,
    "operation": READINGS,
    "office": OFFICES,
    "source": {code: texts[0] for code, texts in REGISTRY_TEXTS.items()},
    "registries": {code: texts[0] for code, texts in REGISTRY_TEXTS.items()},
}


def printed(dossier: dict[str, Any], lang: str) -> bytes:
    """The PDF of an export."""
    inputs = {"words": json.dumps(words_of(dossier, lang), ensure_ascii=False)}
    pdf = typst.compile(TEMPLATE, format="pdf", sys_inputs=inputs, ignore_system_fonts=True)
    assert isinstance(pdf, bytes)
    return pdf


def words_of(dossier: dict[str, Any], lang: str) -> dict[str, Any]:
    """Title, moment and sections with labelled rows, all as plain text; an empty holding is left out."""
    made = parse_datetime(dossier["made_at"])
    sections = [
        {"title": str(title), "rows": [_row(name, row) for row in dossier["holdings"][name]]}
        for name, title in TITLES.items()
        if dossier["holdings"].get(name)
    ]
    return {
        "lang": lang,
        "title": _("Everything that is kept about you"),
        "made": moments.moment_text(made) if made else "",
        "note": _("This file was made for you alone. Keep it as you keep your identity card."),
        "sections": sections,
    }


def _row(holding: str, row: dict[str, Any]) -> list[list[str]]:
    if holding == "facts":
        shown = [fact_name(row["code"]), fact_value(row["code"], row["value"])]
        return [[str(part) for part in shown], *_pairs(row, ("source", "as_of"))]
    return _pairs(row, tuple(row))


def _pairs(row: dict[str, Any], names: tuple[str, ...]) -> list[list[str]]:
    pairs = [[str(LABELS[name]), _text(name, row[name])] for name in names if name in LABELS]
    return [pair for pair in pairs if pair[1]]


def _text(name: str, value: Any) -> str:
    if isinstance(value, list):
        return ", ".join(_text(name, one) for one in value)
    if isinstance(value, dict):
        return _("a file") if value else ""
    if value is None or isinstance(value, bool):
        return {None: "", True: _("yes"), False: _("no")}[value]
    text = str(value)
    if name == "fields":
        return str(FIELDS[text]) if text in FIELDS else fact_name(text)
    if name in CODES:
        words: str | Promise = CODES[name].get(text, text)
        return str(words)
    return (_moment(text) if name.endswith(("_at", "_on", "at", "as_of", "since", "until")) else text)[
        :VALUE_LENGTH_MAX
    ]


def _moment(text: str) -> str:
    if "T" in text:
        moment = parse_datetime(text)
        return moments.moment_text(moment) if moment else text
    day = parse_date(text)
    return moments.day(day) if day else text
