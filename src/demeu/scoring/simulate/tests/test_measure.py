"""A measure file: what it must hold, and every fault with its place."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from demeu.kernel.errors import Refusal
from demeu.scoring.simulate.measure import Measure, read_measure

EXAMPLES = Path(__file__).parents[1] / "measures"
GOOD: dict[str, Any] = {
    "id": "food-voucher",
    "title": {"kk": "Ваучер", "ru": "Ваучер", "en": "Voucher"},
    "categories": [2, 1],
    "per": "member",
    "amount_tiyn": 432_500,
    "source": {"kk": "Заң", "ru": "Закон", "en": "Law"},
}


def read(folder: Path, held: object) -> Measure:
    file = folder / "measure.yaml"
    file.write_text(yaml.safe_dump(held, allow_unicode=True), "utf-8")
    return read_measure(file)


def test_a_measure_is_read_with_its_categories_in_order(tmp_path: Path) -> None:
    found = read(tmp_path, GOOD)
    assert found.categories == (1, 2)
    assert found.cost_tiyn(households=10, members=25) == 25 * 432_500
    assert read(tmp_path, GOOD | {"per": "household"}).cost_tiyn(households=10, members=25) == 10 * 432_500


@pytest.mark.parametrize(
    ("changed", "place"),
    [
        ({"id": "Food voucher"}, "$.id"),
        ({"title": {"kk": "Ваучер", "ru": "Ваучер"}}, "$.title.en"),
        ({"title": {"kk": "", "ru": "Ваучер", "en": "Voucher"}}, "$.title.kk"),
        ({"categories": []}, "$.categories"),
        ({"categories": [1, 7]}, "$.categories[1]"),
        ({"categories": [1, 1]}, "$.categories"),
        ({"categories": 1}, "$.categories"),
        ({"per": "family"}, "$.per"),
        ({"amount_tiyn": 0}, "$.amount_tiyn"),
        ({"amount_tiyn": 10.5}, "$.amount_tiyn"),
        ({"amount_tiyn": True}, "$.amount_tiyn"),
        ({"surprise": 1}, "$.surprise"),
    ],
)
def test_each_fault_is_named_with_its_place(tmp_path: Path, changed: dict[str, Any], place: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(tmp_path, GOOD | changed)
    assert refused.value.code == "simulate.measure"
    faults = refused.value.facts["faults"]
    assert isinstance(faults, list)
    assert [str(fault).split(":")[0] for fault in faults] == [place]


@pytest.mark.parametrize("name", list(GOOD))
def test_nothing_may_be_left_out(tmp_path: Path, name: str) -> None:
    with pytest.raises(Refusal) as refused:
        read(tmp_path, {key: value for key, value in GOOD.items() if key != name})
    assert f"$.{name}: Field required" in str(refused.value.facts["faults"])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"id: [", "line 1, column 6: not YAML"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"- 1", "$: "),
        (b"", "$: "),
        (b"a: !!python/object:os.system x", "not YAML"),
    ],
)
def test_a_file_that_is_no_measure_is_refused(tmp_path: Path, content: bytes, said: str) -> None:
    file = tmp_path / "measure.yaml"
    file.write_bytes(content)
    with pytest.raises(Refusal) as refused:
        read_measure(file)
    assert said in str(refused.value.facts["faults"])


def test_a_missing_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Refusal):
        read_measure(tmp_path / "none.yaml")


def test_the_examples_are_measures() -> None:
    found = [read_measure(file) for file in sorted(EXAMPLES.glob("*.yaml"))]
    assert {one.per for one in found} == {"household", "member"}
    assert [one.id for one in found] == [file.stem for file in sorted(EXAMPLES.glob("*.yaml"))]
