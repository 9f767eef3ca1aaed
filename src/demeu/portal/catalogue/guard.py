"""Refuses a text that could name someone: names, numbers, places, schools, diagnoses. Pure: text in, findings out.

It must never let a text pass because of odd letters or spaces: everything is looked at in a plain form first.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent
# Latin letters that look like Cyrillic ones, for words that mix both alphabets.
LOOKALIKES = str.maketrans("aceopxyiABCEHKMOPTXI", "асеорхуіАВСЕНКМОРТХІ")
SEPARATORS = r"[ .\-–—()/]"
ENDING_MAX = 3


@dataclass(frozen=True)
class Finding:
    """What was found: its kind, the words as written, the field, and where in it (characters from the start)."""

    kind: str
    words: str
    field: str
    start: int


def plain(text: str) -> str:
    """The text without invisible characters and odd spaces, in composed form; length may shrink."""
    shown = "".join(mark for mark in unicodedata.normalize("NFKC", text) if unicodedata.category(mark) != "Cf")
    return re.sub(r"\s", " ", "".join(_digit(mark) for mark in shown))


def _digit(mark: str) -> str:
    return str(unicodedata.digit(mark)) if mark.isdigit() else mark


@lru_cache(maxsize=4)
def words_of(name: str) -> frozenset[str]:
    """A word list beside this module."""
    lines = (FOLDER / name).read_text().splitlines()
    return frozenset(word for line in lines if not line.startswith("#") for word in line.split())


def findings(texts: Mapping[str, str]) -> list[Finding]:
    """Everything in these fields (name → text) that must not be public, in order."""
    found = [
        Finding(kind, words, field, start) for field, text in texts.items() for kind, words, start in _in(plain(text))
    ]
    return sorted(set(found), key=lambda one: (list(texts).index(one.field), one.start))


def _in(text: str) -> Iterable[tuple[str, str, int]]:
    taken: list[tuple[int, int]] = []
    for kind, pattern in (*_CONTACTS, *_PLACES, *_DIAGNOSES):
        for match in pattern.finditer(text):
            if not any(start < match.end() and match.start() < end for start, end in taken):
                taken.append(match.span())
                yield kind, match[0].strip(), match.start()
    for kind, words, start in _numbers(text):
        if not any(low <= start < high for low, high in taken):
            yield kind, words, start
    yield from _rare(text)
    yield from _settlements(text)
    yield from _names(text)


@lru_cache(maxsize=1)
def _rare_pattern() -> re.Pattern[str]:
    """Any of the listed beginnings; `_` stands for the rest of a word and a space."""
    stems = sorted(words_of("rare_diagnoses.txt"), key=len, reverse=True)
    return re.compile(
        r"\b(?:" + "|".join(re.escape(one).replace("_", r"\w* ") for one in stems) + r")[\w\-]*", re.IGNORECASE
    )


def _rare(text: str) -> Iterable[tuple[str, str, int]]:
    for match in _rare_pattern().finditer(text.replace("ё", "е")):
        yield "diagnosis", text[match.start() : match.end()], match.start()


def _settlements(text: str) -> Iterable[tuple[str, str, int]]:
    """A listed town or district with a capital, in any case; regions are not in the list."""
    for match in _WORD.finditer(text):
        word = match[0]
        if word[0].isupper() and any(_listed(part, words_of("settlements.txt")) for part in _parts(word)):
            yield "place", word, match.start()


def _parts(word: str) -> list[str]:
    return [part for part in _one_alphabet(word).lower().split("-") if len(part) >= 5]


_CAPITAL = "[А-ЯЁӘҒҚҢӨҰҮҺІA-Z]"
_NUMBER_MARK = r"(?:№|N|No\.?|nr\.?|номер\w*|нөмір\w*|number|#)"
_I = re.IGNORECASE
_CONTACTS = (
    ("email", re.compile(r"[\w.+\-]+ ?(?:@|\(at\)|\[at\]) ?[\w\-]+(?: ?(?:\.|\(dot\)) ?[\w\-]+)+", _I)),
    ("link", re.compile(r"(?:https?://|www\.)\S+|\b(?:t\.me|wa\.me|instagram\.com|vk\.com|facebook\.com)/?\S*", _I)),
    ("link", re.compile(r"(?<!\w)@[A-Za-z_][\w.]{3,}")),
    ("iban", re.compile(r"\b[A-Z]{2} ?\d{2}(?: ?[A-Z0-9]{2,4}){3,8}\b", _I)),
)
_SCHOOL = (
    r"(?:школ[аеуыой]{0,2}|гимнази\w*|лице[йяеюи]\w*|детск\w+ сад\w*|детсад\w*|мектеп\w*|балабақша\w*|бөбекжай\w*"
    r"|school|kindergarten|college|колледж\w*)"
)
_STREET_RU = r"(?:улиц\w*|ул\.|проспект\w*|просп\.|пр-т\w*|пр\.|переул\w*|пер\.|микрорайон\w*|мкр\.?|бульвар\w*|шоссе)"
_STREET_KK = r"(?:көшес\w*|көш\.|даңғыл\w*|шағын ?аудан\w*|ықшам ?аудан\w*|мөлтек ?аудан\w*|тұйығы)"
_STREET_EN = r"(?:street|st\.|avenue|ave\.?|road|rd\.|lane|microdistrict)"
_HOUSE = r"(?:[ ,]+(?:д\.?|дом)? ?\d+\w?)?"
_DWELLING = r"(?:дом\w{0,2}|кварти\w+|подъезд\w*|корпус\w*|үй\w{0,3}|пәтер\w*|house|apartment|apt\.?|flat)"
_TOWN = r"(?:сел[оеау]|пос[её]л\w+|пос\.|аул\w*|ауыл\w*|город[аеу]?|г\.|с\.|village|town|city)"
_TOWN_AFTER = r"(?:ауыл\w*|қаласы\w*|кент\w*|ауданы\w*|район\w*|village|district)"
_PLACES = (
    ("address", re.compile(rf"\b{_STREET_RU} ?(?:им\. ?)?[«\"]?(?-i:{_CAPITAL}|\d)[\w\-»\"]*{_HOUSE}", _I)),
    ("address", re.compile(rf"\b(?-i:{_CAPITAL}|\d)[\w\-]*(?:-\w+)? {_STREET_RU}", _I)),
    ("address", re.compile(rf"[\w\-]+ {_STREET_KK}(?:,? *\d+\w?)?", _I)),
    ("address", re.compile(rf"(?:\d+ )?(?-i:{_CAPITAL})[\w\-]* {_STREET_EN}\b(?:,? *\d+\w?)?", _I)),
    ("address", re.compile(rf"\b{_DWELLING} ?(?:№|no\.?|#|номер)? ?\d+", _I)),
    ("address", re.compile(r"\b(?:д|кв|корп|п)\. ?\d+", _I)),
    ("address", re.compile(r"\b\d+[ -]?(?:й|ші|шы)? ?(?:үйде|үйдің|пәтер\w*|квартир\w*)", _I)),
    ("school", re.compile(rf"\b{_SCHOOL}(?: ?\d{{1,3}}\b|(?:[ -]\w+)? ?{_NUMBER_MARK} ?\d+)", _I)),
    ("school", re.compile(rf"{_NUMBER_MARK} ?\d+ (?:\w+ ){{0,3}}(?:\w+-)?{_SCHOOL}", _I)),
    ("school", re.compile(rf"\b\d{{1,3}} ?(?:-?(?:й|я|ші|шы) )?(?:орта |средн\w+ )?{_SCHOOL}", _I)),
    ("place", re.compile(rf"\b{_TOWN}(?: of)? (?-i:{_CAPITAL})[\w\-]+", _I)),
    ("place", re.compile(rf"(?-i:{_CAPITAL})[\w\-]+ {_TOWN_AFTER}\b", _I)),
    ("date", re.compile(r"\b\d{1,2}[./]\d{1,2}[./](?:19|20)?\d{2}\b")),
)  # fmt: skip
# A name of a syndrome or disease after a person, and a code of the international classification of diseases.
_DIAGNOSES = (
    (
        "diagnosis",
        re.compile(rf"\b(?:синдром\w{{0,3}}|болезн\w{{1,3}}|ауру\w{{0,3}}) (?-i:{_CAPITAL})[\w\-]{{2,}}", _I),
    ),
    ("diagnosis", re.compile(rf"(?-i:{_CAPITAL})[\w\-’']{{2,}} (?:синдромы\w{{0,3}}|syndrome|disease)\b", _I)),
    ("diagnosis", re.compile(r"\b[A-TV-ZА-Я]\d{2}[.,]\d{1,2}\b")),
)
_DIGITS = re.compile(rf"(?<![\w])\+?\d(?:{SEPARATORS}{{0,2}}\d){{8,18}}(?!\w)")


def _numbers(text: str) -> Iterable[tuple[str, str, int]]:
    for match in _DIGITS.finditer(text):
        digits = re.sub(r"\D", "", match[0])
        kind = _number_kind(digits, match[0])
        if kind:
            yield kind, match[0], match.start()


def _number_kind(digits: str, written: str) -> str:
    if written.startswith("+") or (len(digits) == 11 and digits[0] in "78") or (len(digits) == 10 and digits[0] == "7"):
        return "phone"
    if len(digits) == 12:
        return "iin"
    return "card" if 13 <= len(digits) <= 19 else "long_number" if len(digits) >= 9 else ""


_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)?")
_PATRONYMIC = re.compile(
    r"^\w{2,}(?:ович|евич|ович\w{1,2}|евич\w{1,2}|овн[аеуыо]\w?|евн[аеуыо]\w?|ұлы\w{0,3}|қызы\w{0,3}|улы|кызы"
    r"|[a-z]{2}(?:ovich|evich|ovna|evna|uly|kyzy|qyzy))$",
    _I,
)
_SURNAME = re.compile(
    r"^\w{3,}(?:ов|ова|овой|ову|овым|ев|ева|евой|еву|ёв|ёва|ин|ина|иной"
    r"|енко|ский|ская|ской|ova|eva|ov|ev|enko|sky)$",
    _I,
)
_INITIALS = re.compile(
    rf"(?<!\w){_CAPITAL}\. ?(?:{_CAPITAL}\. ?)?{_CAPITAL}\w{{2,}}"
    rf"|{_CAPITAL}\w{{2,}} {_CAPITAL}\.(?: ?{_CAPITAL}\.)?"
)


def _names(text: str) -> Iterable[tuple[str, str, int]]:
    for match in _INITIALS.finditer(text):
        yield "name", match[0], match.start()
    words = list(_WORD.finditer(text))
    for place, match in enumerate(words):
        beside, opens = _capital_beside(words, place), _opens(text, match.start())
        if _is_name(match[0], opens=opens, beside=beside) or _is_small_patronymic(match[0]):
            yield "name", match[0], match.start()


def _is_name(word: str, *, opens: bool, beside: bool) -> bool:
    if not word[0].isupper():
        return False
    low = _one_alphabet(word).lower()
    if _listed(low, words_of("names.txt")):
        return beside or not _listed(low, words_of("common_words.txt"))
    if _PATRONYMIC.match(low) and len(low) > 5:
        return True
    return bool(_SURNAME.match(low)) and not opens


def _is_small_patronymic(word: str) -> bool:
    """A patronymic written in small letters, with a listed name as its beginning."""
    low = _one_alphabet(word)
    stem = re.sub(r"(?:ович|евич|овн|евн|ұлы|қызы|улы|кызы).*$", "", low)
    return word.islower() and bool(_PATRONYMIC.match(low)) and stem in words_of("names.txt")


def _listed(word: str, names: frozenset[str]) -> bool:
    """The word or the word without a case ending of up to three letters stands in the list."""
    shortest = max(4, len(word) - ENDING_MAX)
    stems = {word[:end] for end in range(shortest, len(word) + 1)}
    vowelled = {stem + ending for stem in stems if len(stem) >= 4 for ending in ("а", "я", "ь", "й") if stem != word}
    return bool((stems | vowelled | {word}) & names)


def _one_alphabet(word: str) -> str:
    """A word that mixes alphabets is read as Cyrillic."""
    scripts = {unicodedata.name(mark, "").split(" ")[0] for mark in word}
    mixed = {"LATIN", "CYRILLIC"} <= scripts
    return word.translate(LOOKALIKES) if mixed else word


def _opens(text: str, start: int) -> bool:
    """Whether the word opens a sentence, where everyday words have a capital too."""
    before = text[:start].rstrip(" «\"'(—–-")
    return not before or before[-1] in ".!?:…"


def _capital_beside(words: list[re.Match[str]], place: int) -> bool:
    near = [words[other][0] for other in (place - 1, place + 1) if 0 <= other < len(words)]
    return any(word[0].isupper() for word in near)
