"""Texts, replies and codes: how they are made and read. Pure apart from the template file read at import."""

import re
import secrets
from datetime import timedelta
from pathlib import Path
from typing import Any, Literal

import yaml

from demeu.contracts.words import Language

Answer = Literal["yes", "no", "unclear"]

CODE_LIFE = timedelta(minutes=10)
CODE_ATTEMPTS_MAX = 5
CODES_AN_HOUR_MAX = 6
TEXT_CHARS_MAX = 1000
FACT_CHARS_MAX = 200
REPLY_WORDS_MAX = 3

YES = {"1", "да", "иә", "ия", "иа", "ие", "yes", "y", "ok", "ок", "алдым", "получил", "получила", "received"}
NO = {"0", "нет", "жоқ", "жок", "no", "n", "алмадым", "not"}
YES_ALONE = {"1", "да", "иә", "ия", "yes", "ok", "ок"}
NEGATIONS = {"не", "not", "жоқ", "жок"}
# Kazakh letters that phones without a Kazakh keyboard send by look
LOOKALIKES = str.maketrans({"ə": "ә", "Ə": "ә"})

TEMPLATES: dict[str, dict[str, str]] = yaml.safe_load((Path(__file__).parent / "templates.yaml").read_text())


def text_of(template: str, lang: Language, facts: dict[str, str]) -> str | None:
    """The text of a template in a language; None when there is no such template or a fact of it is missing."""
    texts: dict[str, Any] | None = TEMPLATES.get(template)
    if texts is None:
        return None
    wanted = set(re.findall(r"{(\w+)}", texts[lang]))
    if not wanted <= facts.keys() or any(len(facts[name]) > FACT_CHARS_MAX for name in wanted):
        return None
    text: str = texts[lang].format(**{name: facts[name] for name in wanted})
    return text[:TEXT_CHARS_MAX]


def answer_of(reply: str) -> Answer:
    """Yes or no in Kazakh, Russian or English, in words or digits; anything doubtful is unclear."""
    words = re.findall(r"\w+", reply.translate(LOOKALIKES).lower())
    if not words or len(words) > REPLY_WORDS_MAX:
        return "unclear"
    if any(word in NEGATIONS for word in words) and len(words) > 1:
        return "no" if not YES_ALONE & set(words) else "unclear"
    says_yes, says_no = bool(YES & set(words)), bool(NO & set(words))
    if says_yes == says_no:
        return "unclear"
    return "yes" if says_yes else "no"


def fresh_code() -> str:
    """Six random digits."""
    return f"{secrets.randbelow(1_000_000):06d}"
