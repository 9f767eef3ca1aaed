"""The public register: whole, self-contained, escaped, in three languages, and usable without our code."""

import hashlib
import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema_rs
import lxml.html
import pytest

from demeu.contracts.scoring import AssessRequest
from demeu.scoring.assess import assess
from demeu.scoring.register import files as register_files
from demeu.scoring.register.content import kit, register
from demeu.scoring.register.pages import rule_set_page
from demeu.scoring.register.wording import LANGUAGES, Wording
from demeu.scoring.rule_sets import released
from demeu.scoring.tests.test_command import demeu_score
from demeu.scoring.texts import hash_of_source, read_yaml

FILES = register_files.files()
PAGES = sorted(path for path in FILES if path.endswith(".html"))
EVIL = "<script>alert(\"x\")</script> & <b onmouseover='y'>"


def parsed(name: str) -> Any:
    return json.loads(FILES[name])


def page(path: str) -> Any:
    return lxml.html.fromstring(FILES[path])


def test_the_command_writes_every_file_once(tmp_path: Path) -> None:
    ran = demeu_score("register", "--out", str(tmp_path / "register"))
    assert ran.returncode == 0, ran.stderr
    found = {path.relative_to(tmp_path / "register").as_posix() for path in (tmp_path / "register").rglob("*.*")}
    assert found == set(FILES)
    assert [path.name for path in tmp_path.iterdir()] == ["register"]
    assert (tmp_path / "register" / "register.json").read_bytes() == FILES["register.json"]
    again = demeu_score("register", "--out", str(tmp_path / "register"), "--lang", "en")
    assert again.returncode == 2
    assert "the folder is not empty" in again.stderr


def test_an_empty_folder_is_filled_and_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    assert register_files.write(tmp_path / "empty") == sorted(FILES)
    (tmp_path / "file").write_text("mine", "utf-8")
    assert demeu_score("register", "--out", str(tmp_path / "file")).returncode == 2
    assert (tmp_path / "file").read_text("utf-8") == "mine"
    assert register_files.write(tmp_path / "none" / "yet") == sorted(FILES)


def test_a_crash_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(register_files, "files", lambda: {"register.json": b"{}", "no\0name": b""})
    with pytest.raises(ValueError, match="null byte"):
        register_files.write(tmp_path / "register")
    assert list(tmp_path.iterdir()) == []


def test_the_same_rules_give_the_same_bytes() -> None:
    assert register_files.files() == FILES


def test_the_index_names_the_sum_of_every_other_file() -> None:
    listed = parsed("index.json")["files"]
    assert set(listed) == set(FILES) - {"index.json"}
    for path, said in listed.items():
        assert said == {"sha256": hashlib.sha256(FILES[path]).hexdigest(), "bytes": len(FILES[path])}


@pytest.mark.parametrize("name", ["register", "examples"])
def test_the_json_keeps_to_its_schema(name: str) -> None:
    schema = parsed(f"{name}.schema.json")
    jsonschema_rs.meta.validate(schema)
    checker = jsonschema_rs.validator_for(schema)
    document = parsed(f"{name}.json")
    checker.validate(document)
    assert not checker.is_valid({**document, "surprise": 1})
    assert not checker.is_valid({**document, "document": "another"})


def test_the_register_holds_every_rule_set_with_every_number() -> None:
    said = {one["id"]: one for one in parsed("register.json")["rule_sets"]}
    assert list(said) == ["kz-2026-and", "kz-2026-or"]
    for id, one in released().items():
        assert said[id]["sha256"] == one.hash
        assert [rule["code"] for rule in said[id]["criteria"]] == list(one.criteria)
        for rule in said[id]["criteria"]:
            file = one.files[f"criteria/{rule['code']}.yaml"]
            for part, numbers in (
                ("limits", rule["limits"]),
                ("outcomes", [n for o in rule["outcomes"] for n in o["points"]]),
            ):
                written = [entry for entries in file.get(part, {}).values() for entry in entries]
                assert [(n["value"], n["unit"], n["source"], n["confirmed"]) for n in numbers] == [
                    (entry["value"], entry["unit"], entry["source"], entry["confirmed"]) for entry in written
                ]
            assert rule["text_sha256"] == hash_of_source(rule["text"])
            assert bool(rule["reading"]) == (not rule["confirmed"])
    assert {one["category_six"]["code"] for one in said.values()} == {"all_of", "any_of"}


def test_gaps_that_the_ministry_names_are_shown() -> None:
    codes = [gap["code"] for gap in parsed("register.json")["gaps"]]
    assert {"adult_education", "hidden_income", "annexes"} <= set(codes)
    for path in PAGES:
        if path != "index.html":
            assert all(page(path).get_element_by_id(f"gap-{code}").text_content().strip() for code in codes)


def test_a_stranger_can_use_the_test_kit() -> None:
    examples = parsed("examples.json")["examples"]
    assert len(examples) >= 60
    assert len({one["name"] for one in examples}) == len(examples)
    for one in examples:
        asked = {"household": one["household"], "persons": one["persons"], "rules": one["rule_set"]}
        found = assess(AssessRequest.model_validate(asked), on=date.fromisoformat(one["on"]))
        expected = one["expected"]
        assert {line.code: line.points for line in found.indicators} == expected["points"]
        assert {line.code: {"low": line.low, "high": line.high} for line in found.indicators} == expected["bounds"]
        assert sum(expected["points"].values()) == expected["total"] == found.total
        assert (found.category, found.level) == (expected["category"], expected["level"])
        assert (found.category_six.fired, found.category_six.possible) == (
            expected["six_fired"],
            expected["six_possible"],
        )


@pytest.mark.parametrize("path", PAGES)
def test_a_page_needs_no_network_and_no_script(path: str) -> None:
    found = page(path)
    assert found.xpath("//script | //img | //link | //iframe | //object | //@*[starts-with(name(), 'on')]") == []
    assert b"url(" not in FILES[path]
    assert b"@import" not in FILES[path]
    for href in found.xpath("//@href | //@src"):
        address, _, anchor = href.partition("#")
        target = (Path(path).parent / address).as_posix() if address else path
        target = re.sub(r"[^/]+/\.\./", "", target)
        assert target in FILES, href
        if anchor:
            assert page(target).xpath("//*[@id=$id]", id=anchor), href


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_page_shows_every_criterion_number_source_and_mark(lang: str) -> None:
    words = Wording(lang)
    for one in register().rule_sets:
        found = page(f"{lang}/{one.id}.html")
        assert found.get("lang") == lang
        for rule in one.criteria:
            shown = " ".join(found.get_element_by_id(rule.code).text_content().split())
            for outcome in rule.outcomes:
                assert " ".join(words.of(outcome.reason).split()) in shown
            for number in (*rule.limits, *(points for outcome in rule.outcomes for points in outcome.points)):
                assert " ".join(words.number(number.value, number.unit).split()) in shown
            assert (words["unconfirmed"] in found.get_element_by_id(rule.code).text_content()) == (not rule.confirmed)
        text = found.text_content()
        assert one.sha256 in text
        assert all(words.of(source.title) in text for source in one.sources)
        assert all(words.of(change.change) in text for change in one.changes)
        assert "{{" not in text
        assert "{%" not in text


def test_whatever_stands_in_the_rules_is_escaped() -> None:
    said = register()
    one = said.rule_sets[0]
    evil = one.title.model_copy(update={"ru": EVIL})
    rule = one.criteria[0].model_copy(update={"title": evil, "text": EVIL, "reading": evil, "code": EVIL})
    planted = one.model_copy(update={"title": evil, "criteria": (rule, *one.criteria[1:])})
    gap = said.gaps[0].model_copy(update={"text": evil, "code": EVIL})
    written = rule_set_page(said.model_copy(update={"gaps": (gap,), "rule_sets": (planted,)}), planted, kit(), "ru")
    assert "<script" not in written
    assert "<b onmouseover" not in written
    assert written.count("&lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt;") >= 6


def test_every_word_of_the_register_stands_in_three_languages() -> None:
    def incomplete(said: Any, place: str) -> list[str]:
        if isinstance(said, dict) and set(said) & set(LANGUAGES):
            return [] if set(said) == set(LANGUAGES) and all(said.values()) else [place]
        inner = said.items() if isinstance(said, dict) else enumerate(said)
        return [fault for key, one in inner for fault in incomplete(one, f"{place}.{key}")]

    assert incomplete(read_yaml(register_files.Path(register_files.__file__).with_name("words.yaml")), "words") == []
