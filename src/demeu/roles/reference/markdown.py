"""The little Markdown that the reference pages need."""

from collections.abc import Iterable, Sequence

WRITTEN_BY = "<!-- Written by `python -m demeu.roles.reference`: change the code, not this page. -->"


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A table with one line a row."""
    lines = [titles, ["---"] * len(titles), *rows]
    return "".join(f"| {' | '.join(_cell(text) for text in line)} |\n" for line in lines)


def page(title: str, *parts: str) -> str:
    """A page: its title, who writes it, and its parts with an empty line between them."""
    return "\n\n".join([f"# {title}", WRITTEN_BY, *(part.strip("\n") for part in parts)]) + "\n"


def first_sentence(docstring: str | None) -> str:
    """The first paragraph of a docstring on one line."""
    return " ".join((docstring or "").strip().split("\n\n")[0].split())


def _cell(text: str) -> str:
    return text.replace("|", "\\|").replace("\n", " ")
