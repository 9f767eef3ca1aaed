"""From what a visitor typed to the cases whose texts have it: every word, in any order, as it is or nearly.

Each word widens to those of the lexicon that begin with it or differ by a letter or two, so that endings and
typing errors find the same cases. Postings once read are kept and only renewed.
"""

import re
import threading
from collections import OrderedDict
from dataclasses import dataclass
from typing import Any

import numpy as np
from django.db import connection
from rapidfuzz.distance import OSA

from demeu.portal.catalogue.shelf.arrays import Bits, Edition, packed
from demeu.portal.catalogue.shelf.folding import words_of

# Trigrams bring candidates, whole letters decide: how many may be wrong in a word of so many letters.
ALIKE_LEAST, CANDIDATES_MAX, ALIKE_MAX = 0.3, 200, 24
WRONG_MAX = ((3, 0), (5, 1), (9, 2), (99, 3))
PREFIX_LEAST = 3
WORDS_MAX = 8
KEPT_MAX = 200
NUMBER_SQL = "SELECT int4send(slot) FROM portal_catalogue_shelved WHERE number = %s"
NUMBER = re.compile(r"^\s*№?\s*(\d{2}-\d{4,7})\s*$")
ALIKE_SQL = """
SELECT word FROM portal_catalogue_word WHERE word = %(word)s OR word LIKE %(beginning)s OR word %% %(word)s
ORDER BY word = %(word)s DESC, word LIKE %(beginning)s DESC, similarity(word, %(word)s) DESC LIMIT %(most)s
"""
SLOTS_SQL = """
SELECT string_agg(int4send(slot), ''::bytea) FROM portal_catalogue_wording
WHERE words @@ %s::tsquery AND rev > %s AND rev <= %s
"""
CHANGED_SQL = """
SELECT string_agg(int4send(slot), ''::bytea) FROM portal_catalogue_wording WHERE rev > %s AND rev <= %s
"""


@dataclass(frozen=True)
class Posting:
    """Slots of the cases that have a word or one like it, as of a revision."""

    slots: Any
    rev: int


_kept: "OrderedDict[tuple[str, ...], Posting]" = OrderedDict()
_lock = threading.Lock()


def found_by_words(shelf: Edition, written: str) -> Bits | None:
    """A bit for each case that has every word; None when no word is asked for."""
    number = NUMBER.match(written)
    if number:
        return shelf.of_slots(_slots(NUMBER_SQL, [number[1]]))
    asked = words_of(written)[:WORDS_MAX]
    if not asked:
        return None if not written else packed(np.zeros(shelf.size, bool))
    found: Bits | None = None
    for word in asked:
        like = tuple(sorted(words_like(word)))
        own = shelf.of_slots(posting(like, shelf.rev).slots) if like else packed(np.zeros(shelf.size, bool))
        found = own if found is None else found & own
    return found


def words_like(word: str) -> list[str]:
    """Words of the lexicon that are this one, begin with it, or differ by a letter or two; the nearest first."""
    beginning = f"{word}%" if len(word) >= PREFIX_LEAST else word
    with connection.cursor() as cursor:
        cursor.execute(f"SET pg_trgm.similarity_threshold = {ALIKE_LEAST}")
        cursor.execute(ALIKE_SQL, {"word": word, "beginning": beginning, "most": CANDIDATES_MAX})
        candidates = [row[0] for row in cursor.fetchall()]
    wrong = next(most for letters, most in WRONG_MAX if len(word) <= letters)
    alike = [one for one in candidates if one.startswith(word) or OSA.distance(one, word) <= wrong]
    return alike[:ALIKE_MAX]


def posting(words: tuple[str, ...], rev: int) -> Posting:
    """Slots with any of these words as of a revision; what is kept from before is only brought up to date."""
    known = _kept.get(words)
    if known is None or known.rev > rev:
        known = Posting(_slots(SLOTS_SQL, [_query(words), -1, rev]), rev)
    elif known.rev < rev:
        changed = _slots(CHANGED_SQL, [known.rev, rev])
        slots = known.slots
        if len(changed):
            newer = _slots(SLOTS_SQL, [_query(words), known.rev, rev])
            slots = np.concatenate([np.setdiff1d(slots, changed), newer])
        known = Posting(slots, rev)
    with _lock:
        _kept[words] = known
        _kept.move_to_end(words)
        while len(_kept) > KEPT_MAX:
            _kept.popitem(last=False)
    return known


def _query(words: tuple[str, ...]) -> str:
    """Words hold letters and digits only: `folding.words_of` leaves nothing else."""
    return " | ".join(f"'{word}'" for word in words)


def _slots(statement: str, parameters: list[Any]) -> Any:
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        row = cursor.fetchone()
    return np.frombuffer(bytes((row and row[0]) or b""), ">i4").astype(np.int32)


def forget() -> None:
    """Throw away what is kept."""
    _kept.clear()
