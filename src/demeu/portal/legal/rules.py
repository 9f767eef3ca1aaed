"""The form of a legal text: a title, an introduction and headed paragraphs. Pure: text in, parts out."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Part:
    """A heading with its paragraphs."""

    heading: str
    paragraphs: tuple[str, ...]


@dataclass(frozen=True)
class LegalText:
    """One version of one text in one language. `version` is the day from which it is in force, YYYY-MM-DD."""

    kind: str
    version: str
    lang: str
    title: str
    lead: tuple[str, ...]
    parts: tuple[Part, ...]

    @property
    def plain(self) -> str:
        """The whole text as it is signed: title and version, then every paragraph on a line of its own."""
        lines = [f"{self.title} ({self.version})", *self.lead]
        for part in self.parts:
            lines += ["", part.heading, *part.paragraphs]
        return "\n".join(lines)


def read_text(kind: str, version: str, lang: str, written: str) -> LegalText:
    """The parts of a file: `# title`, paragraphs, then `## heading` with paragraphs, one paragraph a line."""
    title = ""
    lead: list[str] = []
    parts: list[tuple[str, list[str]]] = []
    for line in filter(None, map(str.strip, written.splitlines())):
        if line.startswith("## "):
            parts.append((line[3:], []))
        elif line.startswith("# "):
            title = line[2:]
        else:
            (parts[-1][1] if parts else lead).append(line)
    return LegalText(
        kind, version, lang, title, tuple(lead), tuple(Part(heading, tuple(lines)) for heading, lines in parts)
    )
