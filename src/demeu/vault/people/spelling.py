"""How a name sounds, however it is spelt: Kazakh and Russian Cyrillic, both Latin alphabets, passport Latin. Pure.

`folded` keeps the vowels and serves comparison; `sound` drops them and serves blocking keys. Neither is ever stored.
"""

import re
import unicodedata
from functools import lru_cache

# Each letter as Latin; letters that only Kazakh has fall together with what Russian clerks and passports write.
KAZAKH_ONLY = frozenset("әғқңөұүһі")
CYRILLIC = dict(zip("абвгдеёжзийклмнопрстуфхцчшщыэәғқңөұүһі", "abvgdeeJziiklmnoprstufkCSSSieagknouuki", strict=True))
CYRILLIC |= {"ъ": "", "ь": "", "ю": "iu", "я": "ia"}
# Kazakh Latin of 2021 and the letters that foreign papers use.
LATIN = dict(zip("äöüūışçğñŋžšč", "aouuiSSgnnJSS", strict=True))
# Digraphs of passports; the longest first.
DIGRAPHS = (
    ("shch", "S"), ("sch", "S"), ("tch", "S"), ("dzh", "J"), ("sh", "S"), ("ch", "S"), ("zh", "J"), ("kh", "k"),
    ("gh", "g"), ("ph", "f"), ("ts", "C"), ("ck", "k"), ("q", "k"), ("x", "k"), ("h", "k"), ("w", "u"), ("j", "J"),
    ("c", "k"), ("y", "i"),
)  # fmt: skip
IOTATED = (("iia", "ia"), ("iiu", "iu"), ("ie", "e"), ("io", "o"), ("iy", "i"))
SOUNDS = str.maketrans("bpfvdtgkzs", "PPFFTTKKZZ")
ENDINGS = re.compile(r"(uli|kizi|tegi)$")
RUSSIAN_ENDING = re.compile(r"(?<=..)(ova|eva|ov|ev|ina|in)$")
SOUNDS_MAX = 6


@lru_cache(maxsize=100_000)
def folded(name: str) -> str:
    """The name in one Latin skeleton: «Жұмабек», «Жумабек», «Zhumabek» and «Jumabek» are all one."""
    text = unicodedata.normalize("NFC", name).casefold().replace("i̇", "i")
    latin = "".join(CYRILLIC.get(letter, LATIN.get(letter, letter)) for letter in text)
    latin = "".join(letter for letter in unicodedata.normalize("NFKD", latin) if letter.isalpha() and letter.isascii())
    for pair, one in DIGRAPHS:
        latin = latin.replace(pair, one)
    for pair, one in IOTATED:
        latin = latin.replace(pair, one)
    return re.sub(r"(.)\1+", r"\1", latin)


@lru_cache(maxsize=100_000)
def sound(name: str) -> str:
    """Consonants by their kind, at most six, without endings of gender; a leading vowel of any kind is «A»."""
    bare = RUSSIAN_ENDING.sub("", ENDINGS.sub("", folded(name)))
    if not bare:
        return ""
    code = re.sub(r"[aeiou]", "", bare.translate(SOUNDS))
    code = ("A" if bare[0] in "aeiou" else "") + re.sub(r"(.)\1+", r"\1", code)
    return code[:SOUNDS_MAX]


def script_of(name: str) -> str:
    """«kk» when it has a letter that only Kazakh has, «ru» for other Cyrillic, else «latin»; empty for no letters."""
    letters = [letter for letter in name.casefold() if letter.isalpha()]
    if not letters:
        return ""
    if KAZAKH_ONLY.intersection(letters):
        return "kk"
    return "ru" if any(letter in CYRILLIC for letter in letters) else "latin"
