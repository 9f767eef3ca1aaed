"""`demeu score replay`: a stored decision recomputed and compared. Runs in this process; writes nothing."""

import json
from collections.abc import Sequence
from pathlib import Path
from typing import Annotated, Any, NoReturn

import typer
from pydantic import ValidationError

from demeu.cli.score.reading import read_json
from demeu.cli.score.unusable import Lang, end, json_path, refuse, said
from demeu.contracts.scoring import Decided, Decision
from demeu.kernel.errors import Refusal
from demeu.scoring.replay import ABSENT, Difference, OtherRules, canonical, differences, recompute
from demeu.scoring.rule_sets import RuleSetChanged
from demeu.scoring.trace import messages

DIFFERENT = 1


def replay(
    file: Annotated[Path, typer.Argument(help="A decision saved by `demeu score assess --save`.")],
    lang: Annotated[Lang, typer.Option(help="Language of the messages.")] = Lang.RU,
) -> None:
    """Recompute a stored decision; exit code 1 with each difference named by its JSON path, 2 for an unusable file."""
    words = {name: text[lang] for name, text in messages("report").items()}
    written, stored = read_json(file, lang)
    decided = _decided(stored, lang, words)
    try:
        again = recompute(decided)
    except OtherRules as other:
        place = {"path": "$.rule_set_hash", "stored": decided.rule_set_hash, "rules": decided.rule_set}
        _differ(words, [words["other_rules"].format(**place, found=other.here)])
    except Refusal as refusal:
        refuse(lang, said(refusal, lang))
    except RuleSetChanged as error:
        _differ(words, [str(error)])
    found = list(differences(stored, json.loads(canonical(again))))
    if found or written != canonical(again):
        _differ(words, _told(found, words) or [words["other_bytes"]])
    typer.echo(_identical(again, words["identical"]))


def _identical(again: Decision, text: str) -> str:
    verdict = {"category": again.result.category, "total": again.result.total}
    return text.format(rules=again.rule_set, hash=again.rule_set_hash, on=again.on, **verdict)


def _differ(words: dict[str, str], lines: list[str]) -> NoReturn:
    end(words["different"], *lines, exit_code=DIFFERENT)


def _told(found: Sequence[Difference], words: dict[str, str]) -> list[str]:
    """Each difference on a line; and whether all of them are of words."""

    def shown(value: Any) -> str:
        return words["nothing_there"] if value is ABSENT else json.dumps(value, ensure_ascii=False)

    lines = [
        words["differs"].format(path=json_path(one.place), stored=shown(one.stored), found=shown(one.found))
        for one in found
    ]
    return [*lines, words["only_words"]] if lines and all(one.in_words for one in found) else lines


def _decided(stored: Any, lang: Lang, words: dict[str, str]) -> Decided:
    """The inputs of the decision; its result is compared as it stands, so only its presence is asked here."""
    if not isinstance(stored, dict):
        refuse(lang, [f"$: {words['not_an_object']}"])
    if not isinstance(stored.get("result"), dict):
        refuse(lang, [f"$.result: {words['not_an_object']}"])
    try:
        return Decided.model_validate({name: value for name, value in stored.items() if name != "result"})
    except ValidationError as error:
        refuse(lang, [f"{json_path(fault['loc'])}: {fault['msg']}" for fault in error.errors()])
