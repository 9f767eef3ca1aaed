"""The guard refuses a text that could name someone, however it is written, and lets ordinary stories pass."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from demeu.portal.catalogue.guard import findings
from demeu.roles.demo import country_for
from demeu.sandbox.registries import names

STORY = "Мама не работает: ухаживает за сыном. Семья снимает жильё. "


def kinds(text: str) -> set[str]:
    return {found.kind for found in findings({"story_ru": text})}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Помогите Айгүл и её сыну", "name"),
        ("Просит помощи Серікова Айгүл Маратқызы", "name"),
        ("Для Айгуль нужна коляска", "name"),
        ("Мальчик Ерасыл ходит в школу", "name"),
        ("Вместе с Айгулью растит детей", "name"),
        ("Семья Омаровой ждёт помощи", "name"),
        ("Обратилась Омарова С.", "name"),
        ("Mother Aigul needs a wheelchair", "name"),
        ("A boy named Yerassyl Serikuly", "name"),
        ("Әсел екі баласымен тұрады", "name"),
        ("Болат Қанатұлы жұмыссыз қалды", "name"),
        ("А\u200bйгүл просит", "name"),
        ("Aйгуль просит о помощи", "name"),
        ("ИИН 840612300123", "iin"),
        ("номер 840 612 300 123 у мамы", "iin"),
        ("номер 840612-300-123", "iin"),
        ("１２３４５６７８９０１２", "iin"),
        ("звоните +7 701 123 45 67", "phone"),
        ("звоните 8 (701) 123-45-67", "phone"),
        ("тел. 87011234567", "phone"),
        ("карта 4405 6397 0000 0001", "card"),
        ("счёт KZ62 999S UPPL IER0 0001", "iban"),
        ("счёт KZ62999SUPPLIER00001", "iban"),
        ("пишите mama@example.kz", "email"),
        ("пишите mama (at) example.kz", "email"),
        ("живут на улице Абая", "address"),
        ("живут на ул. Достык, д. 5", "address"),
        ("проспект Абая 12", "address"),
        ("Бұхар жырау көшесі 14", "address"),
        ("живут в доме 12", "address"),
        ("12 Abai Street", "address"),
        ("дети ходят в школу № 27", "school"),
        ("дети ходят в школу 27", "school"),
        ("№ 12 жалпы білім беретін мектеп", "school"),
        ("27-ші мектепте оқиды", "school"),
        ("pupils of school No 27", "school"),
        ("живут в селе Ботакара", "place"),
        ("Ботақара ауылында тұрады", "place"),
        ("пишите в t.me/mama_help", "link"),
        ("родился 12.04.2018", "date"),
        ("живут в Темиртау", "place"),
        ("Семья из Экибастуза ждёт помощи", "place"),
        ("Біз Теміртауда тұрамыз", "place"),
        ("a family from Temirtau", "place"),
        ("из Усть-Каменогорска", "place"),
        ("карта 4405-6397-0000-0001", "card"),
        ("у ребёнка муковисцидоз", "diagnosis"),
        ("больна спинальной мышечной атрофией", "diagnosis"),
        ("балада гемофилия бар", "diagnosis"),
        ("a girl with cystic fibrosis", "diagnosis"),
        ("синдром Ретта у дочери", "diagnosis"),
        ("a boy with Rett syndrome", "diagnosis"),
        ("диагноз E84.0", "diagnosis"),
        ("буллёзный эпидермолиз", "diagnosis"),
    ],
)
def test_what_could_name_someone_is_found(text: str, kind: str) -> None:
    assert kind in kinds(text)


@pytest.mark.parametrize(
    "text",
    [
        STORY,
        "Аренда за два месяца: 180 000 ₸. Пятеро детей идут в школу.",
        "В 2024 году выдана комнатная коляска. Дом отапливается печью, угля осталось до декабря.",
        "Павлодарская область. Основа рациона семьи: хлеб и молоко. Один из детей учится на дому.",
        "Екі баланың анасы, біреуінің мүгедектігі бар. Арба мен қысқы киім керек",
        "Five children go to school. Uniforms, jackets and food are needed",
        "Карагандинская область. У мамы диабет, у сына слабое зрение. Нужны лекарства и очки.",
        "Қарағанды облысы. Алғашқы айда жақсы азық-түлік керек, темір пеш сатып аламыз.",
        "Область Улытау, семья в Астане. Болезнь мамы тяжёлая.",
        "Мектепке баратын үш бала бар, үйлері пешпен жылытылады.",
    ],
)
def test_an_ordinary_story_passes(text: str) -> None:
    assert findings({"story_ru": text}) == []


def test_every_text_of_the_demo_passes() -> None:
    import json

    for case in json.loads(country_for("portal"))["cases"]:
        for texts in case["texts"].values():
            assert findings(texts) == [], texts


def test_a_finding_says_what_and_where() -> None:
    (found,) = findings({"title_ru": "Нужна коляска", "story_ru": STORY + "Айгүл ждёт."})
    assert (found.field, found.words) == ("story_ru", "Айгүл")
    assert found.start == len(STORY)


FULL_NAMES = [
    f"{surname[1].capitalize()} {given_name.capitalize()}"
    for tongue in names.TONGUES
    for surname in tongue.surnames
    for given_name in (*tongue.men, *tongue.women, *tongue.boys, *tongue.girls)
]


@given(st.sampled_from(FULL_NAMES))
def test_a_full_name_of_the_synthetic_register_never_passes(full: str) -> None:
    assert "name" in kinds(f"{STORY}Её зовут {full}.")
    assert "name" in kinds(f"{full} {STORY}")


@given(st.text(max_size=300))
def test_no_text_breaks_the_guard(text: str) -> None:
    assert all(found.words for found in findings({"story_ru": text}))
