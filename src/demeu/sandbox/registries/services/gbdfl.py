"""ГБД ФЛ with consent (`GBDFLUniversal_token`): person, address and document by IIN. Shapes as published."""

from datetime import date, timedelta
from typing import Any

from lxml import etree

from demeu.kernel.ids import new_id
from demeu.sandbox.registries import tree
from demeu.sandbox.registries.household import Household, Resident
from demeu.sandbox.registries.services.register import Question, Register

NAMESPACE = "http://message.persistence.interactive.nat"
FOUND = ("00000", "Запрос обработан успешно", "Сұрау сәтті өңделді")
NOBODY = ("00001", "Физическое лицо не найдено", "Жеке тұлға табылмады")
NO_CONSENT = ("00002", "Токен доступа не принят", "Қолжетімділік токені қабылданбады")
_IDENTITY_CARD = ("002", "УДОСТОВЕРЕНИЕ РК", "ҚР ЖЕКЕ КУӘЛІК")
_BIRTH_CERTIFICATE = ("UK", "СВИДЕТЕЛЬСТВО О РОЖДЕНИИ", "ТУУ ТУРАЛЫ КУӘЛІК")
_KAZAKHSTAN = ("398", "КАЗАХСТАН", "ҚАЗАҚСТАН")
_ISSUER = ("001", "МИНИСТЕРСТВО ВНУТРЕННИХ ДЕЛ РК", "ҚР ІШКІ ІСТЕР МИНИСТРЛІГІ")


def answer(question: Question) -> etree._Element:
    """The person with this IIN, or the code that says why there is none."""
    iin = tree.text(question.data, "iin")
    home = question.household_of(iin)
    person = home.member(iin) if home else None
    result = NO_CONSENT if not question.may_read else FOUND if person else NOBODY
    content: list[tuple[str, Any]] = [
        ("messageId", str(new_id())),
        ("messageDate", question.at.isoformat(timespec="seconds")),
        ("requestId", tree.text(question.data, "messageId")),
        ("sender", _entry(("GBDFL", "ГБД ФЛ", "ЖТ МДБ"))),
        ("receiver", _entry((tree.text(question.data, "senderCode"), "", ""))),
        ("messageResult", _entry(result)),
    ]
    if person and home and question.may_read:
        content.append(("persons", [("person", _person(person, home, question.at.date()))]))
    return tree.typed("data", namespace=NAMESPACE, kind="Response", content=content)


def _entry(words: tuple[str, str, str]) -> list[tuple[str, str]]:
    return [("code", words[0]), ("nameRu", words[1]), ("nameKz", words[2])]


def _person(person: Resident, home: Household, today: date) -> list[tuple[str, Any]]:
    gender = ("1", "Мужской", "Ер") if person.male else ("2", "Женский", "Әйел")
    region = (home.kato[:2], home.region_ru, home.region_kk)
    return [
        ("iin", person.iin),
        ("surname", person.surname),
        ("name", person.given_name),
        ("patronymic", person.patronymic or None),
        ("birthDate", person.birth_date),
        ("gender", _entry(gender)),
        ("nationality", _entry(("005", "КАЗАХ", "ҚАЗАҚ"))),
        ("citizenship", _entry(_KAZAKHSTAN)),
        ("lifeStatus", _entry(("0", "Живой", "Тірі"))),
        ("birthPlace", [("country", _entry(_KAZAKHSTAN)), ("district", _entry(region)), ("city", home.town_ru)]),
        ("regAddress", _address(home, region, today)),
        ("documents", [("document", _document(person, today))]),
    ]


def _address(home: Household, region: tuple[str, str, str], today: date) -> list[tuple[str, Any]]:
    return [
        ("country", _entry(_KAZAKHSTAN)),
        ("district", _entry(region)),
        ("city", home.town_ru),
        ("street", home.street_ru),
        ("building", home.building),
        ("flat", home.flat),
        ("beginDate", (today - timedelta(days=900)).isoformat()),
        ("arCode", home.kato),
    ]


def _document(person: Resident, today: date) -> list[tuple[str, Any]]:
    adult = (today - date.fromisoformat(person.birth_date)).days >= 16 * 365
    kind = _IDENTITY_CARD if adult else _BIRTH_CERTIFICATE
    return [
        ("type", _entry(kind)),
        ("number", f"09{person.iin[4:11]}"),
        ("beginDate", (today - timedelta(days=700)).isoformat()),
        ("endDate", (today + timedelta(days=2900)).isoformat() if adult else None),
        ("issueOrganization", _entry(_ISSUER)),
        ("status", _entry(("00", "ДОКУМЕНТ ДЕЙСТВИТЕЛЕН", "ҚҰЖАТ ЖАРАМДЫ"))),
    ]


def _deceased(data: etree._Element) -> None:
    for code in data.iterfind("persons/person/lifeStatus/code"):
        code.text = "1"


def _no_address(data: etree._Element) -> None:
    for address in data.iterfind("persons/person/regAddress"):
        for code in address.findall("arCode"):
            address.remove(code)


REGISTER = Register(
    "GBDFLUniversal_token",
    NAMESPACE,
    "gbdfl-message.xsd",
    "Request",
    people=lambda data: tree.texts(data, "iin"),
    answer=answer,
    declines_by_answer=True,
    own_faults={"deceased": _deceased, "no_address": _no_address},
)
