"""Safe texts to begin from, made of codes only: household, situation and what is needed. The curator makes them better."""

from collections.abc import Iterable, Sequence

from demeu.contracts.vault import NeedFacts
from demeu.portal.catalogue.publishing import LANGS
from demeu.portal.ui.groups import name_of
from demeu.portal.wishes.prices import price_list

WHO = {
    "single": {"kk": "Жалғыз тұратын адам", "ru": "Одинокий человек", "en": "A person who lives alone"},
    "couple": {"kk": "Ерлі-зайыптылар", "ru": "Супруги", "en": "A couple"},
    "two_parent": {"kk": "Балалы отбасы", "ru": "Семья с детьми", "en": "A family with children"},
    "single_parent": {"kk": "Балаларын жалғыз өсіріп отырған ата-ана", "ru": "Один из родителей растит детей", "en": "A parent raising children alone"},
    "large_family": {"kk": "Көпбалалы отбасы", "ru": "Многодетная семья", "en": "A large family"},
    "grandparents": {"kk": "Немерелерін өсіріп отырған ата-әже", "ru": "Бабушка и дедушка растят внуков", "en": "Grandparents raising grandchildren"},
    "": {"kk": "Отбасы", "ru": "Семья", "en": "A family"},
}  # fmt: skip
NEEDED = {"kk": "Керегі: {things}", "ru": "Нужно: {things}", "en": "Needed: {things}"}
STORY = {
    "kk": "Жағдайы тізілімдер бойынша тексерілді, үйіне ерікті барды. {lines} Барлығы жеткізушіге төленеді, отбасы алғанын өзі растайды.",
    "ru": "Положение проверено по реестрам, дома побывал волонтёр. {lines} Всё оплачивается поставщику, получение подтверждает сама семья.",
    "en": "The situation was checked by registers and a volunteer came home. {lines} Everything is paid to the supplier, and the family itself confirms.",
}
LINES = {
    "renting": {"kk": "Отбасы пәтер жалдап тұрады.", "ru": "Семья снимает жильё.", "en": "The family rents its home."},
    "single_parent": {"kk": "Балаларды бір адам асырап отыр.", "ru": "Детей содержит один человек.", "en": "One person provides for the children."},
    "large_family": {"kk": "Отбасында төрт не одан көп бала бар.", "ru": "В семье четверо детей или больше.", "en": "There are four children or more."},
    "child_home_schooled": {"kk": "Бала үйде оқиды.", "ru": "Ребёнок учится на дому.", "en": "A child is taught at home."},
    "emergency": {"kk": "Отбасы төтенше жағдайдан зардап шекті.", "ru": "Семья пострадала от чрезвычайной ситуации.", "en": "The family was hit by an emergency."},
    "lone_pensioner": {"kk": "Жанында жақын туысы жоқ.", "ru": "Близких рядом нет.", "en": "No relatives are near."},
}  # fmt: skip
# What is public of a case's attributes, and which things show one.
PUBLIC = frozenset(["children", "large_family", "single_parent", "debts", "disability", "emergency", "renting", "lone_pensioner", "grandparents_raising", "pupil"])
SHOWN_BY = {
    "children": ("winter_clothes_child", "school_kit", "school_meals", "wheelchair_child", "home_schooling"),
    "debts": ("rent", "overdue_debt"),
    "disability": ("wheelchair_child", "wheelchair_adult", "hearing_aid", "orthopaedic_shoes", "rehabilitation_course"),
}
TITLE_LENGTH_MAX = 150


def household_type(attributes: Iterable[str], members: int) -> str:
    """The household's type by its attributes and number of members."""
    known = frozenset(attributes)
    for attribute, kind in (("large_family", "large_family"), ("single_parent", "single_parent"), ("lone_pensioner", "single")):
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


def suggested(group: str, attributes: Sequence[str], item_codes: Sequence[str], needs: NeedFacts | None) -> dict[str, str]:
    """Initial values of the publication form: texts, `age_band`, `household_type`."""
    members = needs.members if needs else 0
    kind = household_type(attributes, members) if needs else ""
    texts = {"household_type": kind, "age_band": age_band(needs.children_ages, attributes) if needs else ""}
    for lang in LANGS:
        things = ", ".join(_small(price_list().price(code).names[lang]) for code in item_codes[:3])
        lines = " ".join(LINES[attribute][lang] for attribute in attributes if attribute in LINES)
        who = WHO.get(kind, WHO[""])[lang] if kind else WHO[""][lang]
        title = f"{who}. {NEEDED[lang].format(things=things)}" if things else f"{who}. {name_of(group)}"
        texts[f"title_{lang}"] = title[:TITLE_LENGTH_MAX]
        texts[f"story_{lang}"] = STORY[lang].format(lines=lines).replace("  ", " ")
    return texts


def _small(words: str) -> str:
    return words[:1].lower() + words[1:]
