"""One name in every spelling is one; different names stay apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.vault.people.spelling import folded, script_of, sound


@pytest.mark.parametrize(
    "spellings",
    [
        "Жұмабек Жумабек Zhumabek Jumabek", "Қайрат Кайрат Kairat Qairat Kayrat",
        "Ғалымжан Галымжан Galymzhan Ğalymjan",
        "Сейітова Сейтова Seitova Seyitova", "Әсел Асель Assel Äsel", "Нұрсұлтан Нурсултан Nursultan Nūrsūltan",
        "Шынар Шинар Shynar Şynar", "Ербол Erbol Yerbol", "Айгүл Айгуль Aigul Aygul", "Өмірбек Омирбек Ömirbek",
        "Щербаков Shcherbakov", "Юлия Yulia Iuliia", "Яков Yakov Iakov", "Хасан Hasan Khasan Қасан", "Цой Tsoy Tsoi",
    ],
)  # fmt: skip
def test_every_spelling_of_a_name_folds_to_one(spellings: str) -> None:
    assert len({folded(name) for name in spellings.split()}) == 1
    assert len({sound(name) for name in spellings.split()}) == 1


@pytest.mark.parametrize("pair", ["Айгүл Айнұр", "Серік Берік", "Иванов Петров", "Дана Жанна"])
def test_other_names_do_not_fold_to_one(pair: str) -> None:
    one, other = pair.split()
    assert folded(one) != folded(other)


def test_a_family_sounds_alike_in_both_genders_and_in_its_short_form() -> None:
    assert sound("Ахметов") == sound("Ахметова") == sound("Akhmetov") == sound("Ахмет")


@given(st.text(max_size=60))
def test_no_text_breaks_it_and_letters_are_all_that_is_left(text: str) -> None:
    assert folded(text).isascii()
    assert folded(text) == "" or folded(text).isalpha()
    assert len(sound(text)) <= 6


@pytest.mark.parametrize(("name", "script"), [("Әсел", "kk"), ("Асель", "ru"), ("Assel", "latin"), ("", ""), ("1", "")])
def test_the_script_of_a_name_is_told(name: str, script: str) -> None:
    assert script_of(name) == script
