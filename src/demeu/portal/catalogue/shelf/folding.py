"""Folding words for search: small letters, Kazakh letters as the Russian ones typed in their place. Pure.

The database folds by `portal_fold` (`FOLD_SQL`); a test holds both together.
"""

import re

FROM, TO = "әғқңөұүһіё", "агкноуухие"
TABLE = str.maketrans(FROM, TO)
WORD = re.compile(r"[a-zа-я0-9]+")
WORD_LENGTH_LEAST = 2
FOLD_SQL = f"""
CREATE OR REPLACE FUNCTION portal_fold(written text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT translate(lower(written), '{FROM}', '{TO}') $$;
CREATE OR REPLACE FUNCTION portal_words(written text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
$$ SELECT strip(to_tsvector('simple', regexp_replace(portal_fold(written), '[^a-zа-я0-9]+', ' ', 'g'))) $$;
"""


def fold(written: str) -> str:
    """Letters as the index keeps them."""
    return written.lower().translate(TABLE)


def words_of(written: str) -> list[str]:
    """The words of a text in order, folded, each once; single letters are left out."""
    found = (word for word in WORD.findall(fold(written)) if len(word) >= WORD_LENGTH_LEAST)
    return list(dict.fromkeys(found))
