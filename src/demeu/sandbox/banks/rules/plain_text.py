"""Text from outside, made fit for the database and for XML 1.0.

Never changes letters: only what neither can hold is left out.
"""


def printable(text: str) -> str:
    """Without control characters (line breaks become spaces), lone surrogates and non-characters."""
    return "".join(" " if sign in "\t\r\n" else sign for sign in text if sign in "\t\r\n" or _fits(sign))


def _fits(sign: str) -> bool:
    return (
        sign >= " " and not "\x7f" <= sign <= "\x9f" and not "\ud800" <= sign <= "\udfff" and sign not in "\ufffe\uffff"
    )
