"""The register as pages: one for each rule set and language, and an index. Self-contained; every text is escaped."""

from collections.abc import Mapping, Sequence
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

from django.template import Context, Engine

from demeu.scoring.register.document import Kit, LevelOf, Number, Register, Rule, RuleSetEntry
from demeu.scoring.register.families import told
from demeu.scoring.register.wording import LANGUAGES, Wording

FOLDER = Path(__file__).parent
CATEGORIES = (1, 2, 3, 4, 5, 6)
Said = Mapping[str, Any]


def rule_set_page(register: Register, one: RuleSetEntry, kit: Kit, lang: str) -> str:
    """The page of one rule set in one language."""
    words = Wording(lang)
    return _render("rule_set.html", lang, one.id, register, _rule_set(register, one, kit, words))


def index_page(register: Register) -> str:
    """The first page: every rule set in every language, and the files for machines."""
    sets = [{"id": one.id, "sha256": one.sha256, "default": one.default} for one in register.rule_sets]
    for said, one in zip(sets, register.rule_sets, strict=True):
        said["titles"] = [(lang, Wording(lang).of(one.title)) for lang in LANGUAGES]
    files = [
        {"name": name, "texts": [Wording(lang).all("file_texts")[name] for lang in LANGUAGES]}
        for name in Wording("en").all("file_texts")
    ]
    leads = [(lang, Wording(lang)["language"], Wording(lang)["lead"]) for lang in LANGUAGES]
    said = {"sets": sets, "files": files, "leads": leads} | {
        plural: [(lang, Wording(lang)[name]) for lang in LANGUAGES]
        for plural, name in (("titles", "register"), ("defaults", "default"), ("footers", "footer"))
    }
    return _render("index.html", "ru", "", register, said)


def _render(template: str, lang: str, id: str, register: Register, said: Said) -> str:
    words = Wording(lang)
    about = {
        "lang": lang,
        "word": words.plain,
        "languages": [(code, Wording(code)["language"]) for code in LANGUAGES],
        "id": id,
        "other_sets": [(one.id, words.of(one.title)) for one in register.rule_sets if one.id != id],
    }
    context = Context({**about, **said}, autoescape=True, use_l10n=False, use_tz=False)
    return _engine().get_template(template).render(context)


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(FOLDER / "templates")], debug=False, autoescape=True)


def _rule_set(register: Register, one: RuleSetEntry, kit: Kit, words: Wording) -> Said:
    sources = {source.id: number for number, source in enumerate(one.sources, start=1)}
    rules = [_rule(rule, number, sources, kit, words) for number, rule in enumerate(one.criteria, start=1)]
    groups = [
        {"code": code, "title": words.of(register.groups[code]), "rules": list(rules_of)}
        for code, rules_of in groupby(rules, key=lambda rule: str(rule["group"]))
    ]
    others = [other for other in register.rule_sets if other.category_six.code != one.category_six.code]
    return {
        "title": words.of(one.title),
        "set": {"id": one.id, "sha256": one.sha256, "default": one.default},
        "released_on": words.day(one.released),
        "steps": words.all("steps"),
        "scale": _scale(one.levels, words),
        "levels_confirmed": all(number.confirmed for level in one.levels for number in level.category),
        "groups": groups,
        "rules": rules,
        "six": _rule(one.category_six, 0, sources, kit, words),
        "others": [
            {"id": other.id, "title": words.of(other.title), "six": _rule(other.category_six, 0, {}, kit, words)}
            for other in others
        ],
        "shared": [
            {**_number(number, sources, words), "title": words.all("shared_names")[number.name]}
            for number in one.shared
        ],
        "gaps": [{"code": gap.code, "title": words.of(gap.title), "text": words.of(gap.text)} for gap in register.gaps],
        "changes": [_change(change, words) for change in one.changes],
        "sources": [(number, words.of(source.title)) for number, source in enumerate(one.sources, start=1)],
        "kit_text": words["kit_text"].format(n=len(kit.examples)),
    }


def _rule(rule: Rule, place: int, sources: Mapping[str, int], kit: Kit, words: Wording) -> dict[str, Any]:
    families = [told(example, rule.code, words) for example in kit.examples if rule.code in example.watches]
    return {
        "place": place,
        "code": rule.code,
        "group": rule.group,
        "title": words.of(rule.title),
        "reads": [(fact.name, words.of(fact.title)) for fact in rule.reads],
        "reading": words.of(rule.reading) if rule.reading else "",
        "confirmed": rule.confirmed,
        "outcomes": [
            {**_number(number, sources, words), "title": "", "reason": words.of(outcome.reason)}
            for outcome in rule.outcomes
            for number in outcome.points
        ],
        "limits": [_number(number, sources, words) for number in rule.limits],
        "uses": [(name, words.all("shared_names")[name]) for name in rule.uses],
        "text": rule.text,
        "text_sha256": rule.text_sha256,
        "families": families,
        "families_title": words["examples"].format(n=len(families)),
    }


def _number(number: Number, sources: Mapping[str, int], words: Wording) -> dict[str, Any]:
    return {
        "name": number.name,
        "title": words.limit(number.name),
        "points": words.signed(number.value) if isinstance(number.value, int) else number.value,
        "value": words.number(number.value, number.unit),
        "in_force": words.span(number.valid_from, number.valid_until),
        "source": sources.get(number.source),
        "confirmed": number.confirmed,
    }


def _scale(levels: Sequence[LevelOf], words: Wording) -> list[dict[str, Any]]:
    """Six steps, the poorest first: total from and to, level and category."""
    starts = [int(level.total[-1].value) if level.total else None for level in levels]
    steps = []
    for place, (level, start) in enumerate(zip(levels, starts, strict=True)):
        after = starts[place + 1] if place + 1 < len(starts) else None
        low, high = start, after - 1 if after is not None else None
        totals = words.between(low, high)
        steps.append({"category": level.category[-1].value, "level": level.level, "total": totals})
    return [*steps, {"category": CATEGORIES[-1], "level": "", "total": words["special"]}]


def _change(change: Any, words: Wording) -> Said:
    return {
        "day": words.day(change.day),
        "change": words.of(change.change),
        "periods": [words.span(period.since, period.until) for period in change.impacted_periods],
        "categories": ", ".join(map(str, change.impacted_categories)),
    }
