"""Safe texts to begin from, made of codes only: household, situation, what is needed. The curator makes them better."""

from collections.abc import Iterable, Sequence
from pathlib import Path

import yaml

from demeu.contracts.vault import NeedFacts
from demeu.portal.catalogue.rules import LANGS
from demeu.portal.ui.groups import name_of
from demeu.portal.wishes.prices import price_list

WORDS = yaml.safe_load((Path(__file__).parent / "suggestions.yaml").read_text())
# What is public of a case's attributes, and which things show one.
PUBLIC = frozenset(
    [
        "children",
        "large_family",
        "single_parent",
        "debts",
        "disability",
        "emergency",
        "renting",
        "lone_pensioner",
        "grandparents_raising",
        "pupil",
    ]
)
SHOWN_BY = {
    "children": ("winter_clothes_child", "school_kit", "school_meals", "wheelchair_child", "home_schooling"),
    "debts": ("rent", "overdue_debt"),
    "disability": ("wheelchair_child", "wheelchair_adult", "hearing_aid", "orthopaedic_shoes", "rehabilitation_course"),
}
TITLE_LENGTH_MAX = 150


def household_type(attributes: Iterable[str], members: int) -> str:
    """The household's type by its attributes and number of members."""
    known = frozenset(attributes)
    for attribute, kind in (
        ("large_family", "large_family"),
        ("single_parent", "single_parent"),
        ("lone_pensioner", "single"),
    ):
        if attribute in known:
            return kind
    return {1: "single", 2: "couple"}.get(members, "two_parent")


def age_band(children_ages: Sequence[int], attributes: Iterable[str]) -> str:
    """The band of the youngest child, or of the grown-ups."""
    if children_ages:
        youngest = min(children_ages)
        return "0-5" if youngest < 6 else "6-11" if youngest < 12 else "12-17"
    return "60+" if "lone_pensioner" in frozenset(attributes) else "18-59"


def public_attributes(attributes: Iterable[str], item_codes: Iterable[str]) -> tuple[str, ...]:
    """Attributes that may be public, with those that the things asked for show by themselves."""
    codes = frozenset(item_codes)
    shown = {attribute for attribute, things in SHOWN_BY.items() if codes.intersection(things)}
    return tuple(sorted(shown | (frozenset(attributes) & PUBLIC)))


def suggested(
    group: str, attributes: Sequence[str], item_codes: Sequence[str], needs: NeedFacts | None
) -> dict[str, str]:
    """Initial values of the publication form: texts, `age_band`, `household_type`."""
    members = needs.members if needs else 0
    kind = household_type(attributes, members) if needs else ""
    texts = {"household_type": kind, "age_band": age_band(needs.children_ages, attributes) if needs else ""}
    for lang in LANGS:
        things = ", ".join(_small(price_list().price(code).names[lang]) for code in item_codes[:3])
        lines = " ".join(WORDS["lines"][attribute][lang] for attribute in attributes if attribute in WORDS["lines"])
        who = WORDS["who"].get(kind, WORDS["who"]["any"])[lang]
        title = f"{who}. {WORDS['needed'][lang].format(things=things)}" if things else f"{who}. {name_of(group)}"
        texts[f"title_{lang}"] = title[:TITLE_LENGTH_MAX]
        texts[f"story_{lang}"] = WORDS["story"][lang].format(lines=lines).replace("  ", " ")
    return texts


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
