"""Every word that a visitor may read is there in Kazakh and in Russian, and Kazakh is not Russian copied."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.pofile import read_po
from django.utils.translation.template import templatize
from tests.house.tree import ROOT, files, none_of, plant

LANGUAGES = ("kk", "ru")
MARKED = {"_", "gettext", "gettext_lazy", "gettext_noop", "pgettext", "pgettext_lazy", "ngettext", "ngettext_lazy"}
MARKED |= {"npgettext", "npgettext_lazy"}
PLACE = re.compile(r"%\((\w+)\)[sd]|\{(\w*)\}")
CYRILLIC = re.compile(r"[а-яёА-ЯЁ]{2,}")
TEXT = r"""u?"(?:\\.|[^"\\])*"|u?'(?:\\.|[^'\\])*'"""
CALL = re.compile(rf"""\b(?:n?p?gettext|_)\((?:[^()"']|{TEXT})*\)""")
Key = tuple[str | None, str]


def catalogue(file: Path) -> Catalog:
    """One catalogue as Babel reads it."""
    with file.open("rb") as opened:
        return read_po(opened, locale=file.parts[-3], abort_invalid=True)


def texts(message: Message) -> list[str]:
    """All forms of a translation."""
    return [message.string] if isinstance(message.string, str) else list(message.string)


def key_of(message: Message) -> Key:
    """Context and the English text, in the singular."""
    return message.context, message.id if isinstance(message.id, str) else message.id[0]


def pairs(root: Path) -> Iterator[tuple[str, dict[str, dict[Key, Message]]]]:
    """For each area its messages in both languages."""
    for area in sorted(path for path in (root / "locale").iterdir() if path.is_dir()):
        known = {}
        for language in LANGUAGES:
            file = area / language / "LC_MESSAGES" / "django.po"
            messages = catalogue(file) if file.is_file() else ()
            known[language] = {key_of(message): message for message in messages if message.id}
        yield area.name, known


def uneven(root: Path) -> list[str]:
    """Texts that one language lacks, that are empty or doubtful, or whose places for facts differ."""
    found = []
    for area, known in pairs(root):
        for language, other in (LANGUAGES, LANGUAGES[::-1]):
            lacking = set(known[other]) - set(known[language])
            found += [f"{area}/{language} lacks «{key[1]}»" for key in sorted(lacking, key=str)]
            for key, message in known[language].items():
                if not all(texts(message)) or message.fuzzy:
                    found.append(f"{area}/{language}: «{key[1]}» is not translated")
                elif not places_in(texts(message)) <= places_in(source_of(message)):
                    found.append(f"{area}/{language}: «{key[1]}» has other places for facts")
    return found


def source_of(message: Message) -> list[str]:
    """All English forms of a message."""
    return [message.id] if isinstance(message.id, str) else list(message.id)


def places_in(forms: list[str]) -> set[str]:
    """Names of the facts that are filled into a text."""
    return {"".join(one) for form in forms for one in PLACE.findall(form)}


def copied(root: Path) -> list[str]:
    """Texts of more than two words that are the same in Kazakh and in Russian."""
    found = []
    for area, known in pairs(root):
        for key in set(known["kk"]) & set(known["ru"]):
            kazakh, russian = texts(known["kk"][key])[0], texts(known["ru"][key])[0]
            if kazakh == russian and len(CYRILLIC.findall(kazakh)) > 2:
                found.append(f"{area}: «{key[1]}» is the same in Kazakh and in Russian")
    return sorted(found)


def marked_in(source: str) -> Iterator[Key]:
    """Texts marked for translation in Python; a context may be a constant of the module."""
    tree = ast.parse(source)
    named: dict[str, object] = {}
    for line in tree.body:
        if isinstance(line, ast.Assign) and isinstance(line.value, ast.Constant):
            named |= {target.id: line.value.value for target in line.targets if isinstance(target, ast.Name)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
            given = [
                one.value if isinstance(one, ast.Constant) else named.get(getattr(one, "id", "")) for one in node.args
            ]
            context = given.pop(0) if "pgettext" in name and given else None
            if name in MARKED and given and isinstance(given[0], str) and given[0]:
                yield context if isinstance(context, str) else None, given[0]


def marked_in_template(source: str) -> Iterator[Key]:
    """Texts marked for translation in a template, by Django's own reading of it."""
    for call in CALL.findall(templatize(source)):
        yield from marked_in(call)


def promised_in(source: str) -> Iterator[Key]:
    """Promises of the treasury's checks: they stand on a public page in the visitor's language."""
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") == "Invariant":
            told = next(one.value for one in node.keywords if one.arg == "promise")
            assert isinstance(told, ast.Constant) and isinstance(told.value, str), "a promise is one plain sentence"
            yield None, told.value


def used(root: Path) -> dict[Key, str]:
    """Every marked text with a file that uses it."""
    found: dict[Key, str] = {}
    for path in files(root / "src", ".py", ".html"):
        if "tests" not in path.parts:
            source = path.read_text(encoding="utf-8")
            read = marked_in if path.suffix == ".py" else marked_in_template
            keys = [*read(source), *(promised_in(source) if path.match("treasury/*/checks.py") else ())]
            found |= {key: str(path.relative_to(root)) for key in keys if key not in found}
    return found


def untranslated(root: Path) -> list[str]:
    """Marked texts that no catalogue has, by language."""
    missing = []
    places = used(root)
    for language in LANGUAGES:
        known = {key for _, both in pairs(root) for key in both[language]}
        missing += [f"{places[key]}: «{key[1]}» is not in {language}" for key in sorted(set(places) - known, key=str)]
    return missing


def test_both_languages_have_the_same_texts_and_none_is_empty() -> None:
    assert none_of(uneven(ROOT))


def test_kazakh_is_not_russian() -> None:
    assert none_of(copied(ROOT))


def test_every_text_that_is_used_is_translated() -> None:
    assert none_of(untranslated(ROOT))


def po(**entries: str) -> str:
    """A small catalogue."""
    head = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n'
    return head + "".join(f'\nmsgid "{key.replace("_", " ")}"\nmsgstr "{text}"\n' for key, text in entries.items())


def test_a_gap_a_copy_and_an_empty_text_are_noticed(tmp_path: Path) -> None:
    kazakh = po(Give_now="Қазір беру", Sent="", We_have_your_application="Мы получили ваше заявление")
    russian = po(Sent="Отправлено", We_have_your_application="Мы получили ваше заявление")
    plant(tmp_path, "locale/portal/kk/LC_MESSAGES/django.po", kazakh)
    plant(tmp_path, "locale/portal/ru/LC_MESSAGES/django.po", russian)
    assert set(uneven(tmp_path)) == {"portal/kk: «Sent» is not translated", "portal/ru lacks «Give now»"}
    assert copied(tmp_path) == ["portal: «We have your application» is the same in Kazakh and in Russian"]


def test_a_text_without_a_translation_is_noticed(tmp_path: Path) -> None:
    plant(tmp_path, "locale/portal/kk/LC_MESSAGES/django.po", po(Give="Беру"))
    plant(tmp_path, "locale/portal/ru/LC_MESSAGES/django.po", po(Give="Отдать", Help_this_family="Помочь этой семье"))
    plant(tmp_path, "src/demeu/portal/a.py", 'title = _("Give")\n')
    plant(tmp_path, "src/demeu/treasury/a/checks.py", 'CHECKS = [Invariant(name="a", promise="Give back", sql="")]\n')
    template = '{% load i18n %}{% translate "Help this family" as title %}'
    template += "{% blocktranslate count n=n %}One gift{% plural %}{{ n }} gifts{% endblocktranslate %}"
    plant(tmp_path, "src/demeu/portal/templates/a.html", template)
    page = "src/demeu/portal/templates/a.html"
    assert untranslated(tmp_path) == [
        "src/demeu/treasury/a/checks.py: «Give back» is not in kk",
        f"{page}: «Help this family» is not in kk",
        f"{page}: «One gift» is not in kk",
        "src/demeu/treasury/a/checks.py: «Give back» is not in ru",
        f"{page}: «One gift» is not in ru",
    ]
