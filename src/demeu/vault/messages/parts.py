"""How many parts an SMS has: what the author of a template is shown and what the operator charges. Pure.

3GPP TS 23.038: 160 signs alone or 153 a part in the GSM alphabet, 70 or 67 in UCS-2, which any Cyrillic sign needs.
"""

from dataclasses import dataclass
from typing import Literal

Alphabet = Literal["GSM-7", "UCS-2"]

GSM = frozenset(
    "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
    "abcdefghijklmnopqrstuvwxyzäöñüà"
)
# These take an escape sign as well.
GSM_DOUBLE = frozenset("^{}\\[~]|€\f")
SIGNS_MAX: dict[Alphabet, tuple[int, int]] = {"GSM-7": (160, 153), "UCS-2": (70, 67)}


@dataclass(frozen=True)
class Measure:
    """The alphabet of a text, its length in signs of that alphabet, and the parts it is sent in."""

    alphabet: Alphabet
    signs: int
    parts: int


def measure(text: str) -> Measure:
    """What an operator counts; an empty text is one part of nothing."""
    if all(sign in GSM or sign in GSM_DOUBLE for sign in text):
        widths = [2 if sign in GSM_DOUBLE else 1 for sign in text]
        return _measured("GSM-7", widths)
    return _measured("UCS-2", [len(sign.encode("utf-16-be", "surrogatepass")) // 2 for sign in text])


def _measured(alphabet: Alphabet, widths: list[int]) -> Measure:
    """Fill part after part: a sign of two places is never cut in two."""
    alone, in_part = SIGNS_MAX[alphabet]
    if sum(widths) <= alone:
        return Measure(alphabet, sum(widths), 1)
    parts, room = 1, in_part
    for width in widths:
        if width > room:
            parts, room = parts + 1, in_part
        room -= width
    return Measure(alphabet, sum(widths), parts)
