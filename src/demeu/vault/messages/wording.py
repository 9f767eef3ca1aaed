"""Texts by template and language, and the promises of their authors. Reads the template file once; keeps nothing."""

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args

import yaml

from demeu.contracts.vault import MessageKind
from demeu.contracts.words import Language
from demeu.vault.messages.parts import measure

LANGUAGES: tuple[Language, ...] = get_args(Language)
LIFE_MIN = 240
CHECK_WORDS: dict[Language, str] = {"kk": "Тексеру", "ru": "Проверка", "en": "Check"}
CHECK_EXAMPLE = "K2TH-7XMA"


@dataclass(frozen=True)
class Template:
    """One thing that people are told. `facts`: name → longest length; `life_min`: how long it is worth sending."""

    name: str
    kind: MessageKind
    parts_max: int
    title: dict[Language, str]
    text: dict[Language, str]
    facts: dict[str, int] = field(default_factory=dict)
    check: bool = True
    inbox: bool = True
    life_min: int = LIFE_MIN

    @property
    def keeps_text(self) -> bool:
        """Whether the text stays after sending; a one-time code does not."""
        return self.kind is not MessageKind.CODE


def _template(name: str, given: dict[str, Any]) -> Template:
    """A template as its file says; an unknown word in the file is an error at start."""
    renamed = {"parts_max": given["parts"], "kind": MessageKind(given["kind"]), "name": name}
    return Template(**{key: value for key, value in given.items() if key not in ("parts", "kind")}, **renamed)


TEMPLATES = {
    name: _template(name, given)
    for name, given in yaml.safe_load((Path(__file__).parent / "templates.yaml").read_text(encoding="utf-8")).items()
}


def text_of(template: str, lang: Language, facts: dict[str, str]) -> str | None:
    """The text of a template; None when there is no such template, a fact of it is missing or is too long."""
    found = TEMPLATES.get(template)
    if found is None or not found.facts.keys() <= facts.keys():
        return None
    if any(len(facts[name]) > longest for name, longest in found.facts.items()):
        return None
    return found.text[lang].format(**{name: facts[name] for name in found.facts})


def with_check(text: str, lang: Language, check: str) -> str:
    """The text as it leaves the house: with the code that the reader can compare with the cabinet."""
    return f"{text} {CHECK_WORDS[lang]}: {check}" if check else text


def longest(template: Template, lang: Language) -> str:
    """The template's SMS with every fact at its longest: what its author is shown."""
    facts = {name: "9" * length for name, length in template.facts.items()}
    text = template.text[lang].format(**facts)
    return with_check(text, lang, CHECK_EXAMPLE if template.check else "")


def too_long() -> list[str]:
    """Templates that need more parts than their author promised; an empty list is the good answer."""
    found = []
    for template in TEMPLATES.values():
        for lang in LANGUAGES:
            parts = measure(longest(template, lang)).parts
            if parts > template.parts_max:
                found.append(f"{template.name}/{lang}: {parts} parts, {template.parts_max} promised")
    return found


def places_of(template: Template, lang: Language) -> set[str]:
    """The facts that a text names."""
    return set(re.findall(r"{(\w+)}", template.text[lang]))
