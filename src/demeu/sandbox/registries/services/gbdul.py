"""ГБД ЮЛ (`GbdulInfoByBin_v2`): an organization by BIN, as a signed document inside a string. Shapes as published."""

from lxml import etree

from demeu.sandbox.identity.queries import system_pair
from demeu.sandbox.identity.systems import SHEP_UID
from demeu.sandbox.registries.organizations import Organization
from demeu.sandbox.registries.schemas import document_schema, first_fault
from demeu.sandbox.registries.services.register import Declined, Question, Register
from demeu.sandbox.signing import xmldsig

NAMESPACE = "http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"
FOUND = ("002", "Запрос обработан успешно", "Сұрау сәтті өңделді")
NOBODY = ("003", "Юридическое лицо не найдено", "Заңды тұлға табылмады")
REGISTERED = ("1", "Зарегистрирован", "Тіркелген")
CLOSED = ("5", "Ликвидирован", "Таратылған")
_FUND = ("2", "Общественный фонд", "Қоғамдық қор")
_UNION = ("1", "Общественное объединение", "Қоғамдық бірлестік")


def answer(question: Question) -> etree._Element:
    """`data` with the signed document as its text."""
    number = question.data.findtext(f"{{{NAMESPACE}}}BIN", "")
    found = question.organization_of(number)
    root = etree.Element(f"{{{NAMESPACE}}}Response", nsmap={"u": NAMESPACE})
    _named(root, "Status", FOUND if found else NOBODY)
    if found:
        _organization(root, found)
    unfit = first_fault(document_schema("gbdul.xsd"), root)
    if unfit:
        raise Declined("SCSE003", unfit)
    return _signed(root)


def _signed(root: etree._Element) -> etree._Element:
    pair = system_pair(SHEP_UID)
    document = xmldsig.sign_enveloped(etree.tostring(root), key=pair.key, certificate=pair.certificate)
    data = etree.Element("data")
    data.text = etree.tostring(xmldsig.parse(document), encoding="unicode")
    return data


def _add(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    element = etree.SubElement(parent, f"{{{NAMESPACE}}}{name}")
    if text:
        element.text = text
    return element


def _named(parent: etree._Element, name: str, words: tuple[str, str, str]) -> None:
    element = _add(parent, name)
    for child, text in zip(("Code", "NameRu", "NameKz"), words, strict=True):
        _add(element, child, text)


def _organization(root: etree._Element, found: Organization) -> None:
    organization = _add(root, "Organization")
    _add(organization, "BIN", found.bin)
    _named(organization, "RegStatus", REGISTERED if found.active else CLOSED)
    _add(organization, "RegistrationDate", found.since)
    if not found.active:
        _add(organization, "LiquidationDate", "2025-12-31")
    _add(organization, "FullNameRu", found.name_ru)
    _add(organization, "FullNameKz", found.name_kk)
    more = _add(organization, "AddInfo")
    _add(more, "CommerceOrg", "true" if found.kind == "company" else "false")
    if found.kind == "fund":
        _named(more, "FundType", _FUND)
    if found.kind == "union":
        _named(more, "StatusOO", _UNION)
    leader = _add(organization, "OrganizationLeader")
    for name, text in (("Position", "Директор"), ("SurName", "ҮЛГІБЕК"), ("Name", "САНЖАР")):
        _add(leader, name, text)


def _resigned(data: etree._Element, change: dict[str, str]) -> None:
    """The document with other texts at these paths, signed anew: its content lies, its signature does not."""
    root = xmldsig.parse((data.text or "").encode())
    for signature in root.findall("{http://www.w3.org/2000/09/xmldsig#}Signature"):
        root.remove(signature)
    for path, text in change.items():
        way = "/".join(f"{{{NAMESPACE}}}{name}" for name in path.split("/"))
        for element in root.iterfind(way):
            element.text = text
    data.text = _signed(root).text


def _active_yet_liquidated(data: etree._Element) -> None:
    root = xmldsig.parse((data.text or "").encode())
    for signature in root.findall("{http://www.w3.org/2000/09/xmldsig#}Signature"):
        root.remove(signature)
    for date in root.iter(f"{{{NAMESPACE}}}RegistrationDate"):
        ended = etree.Element(f"{{{NAMESPACE}}}LiquidationDate")
        ended.text = "2020-01-01"
        date.addnext(ended)
    data.text = _signed(root).text


def _closed(data: etree._Element) -> None:
    _resigned(data, {"Organization/RegStatus/Code": CLOSED[0]})


def _other_organization(data: etree._Element) -> None:
    _resigned(data, {"Organization/BIN": "940140000385"})


def _unsigned_content(data: etree._Element) -> None:
    root = xmldsig.parse((data.text or "").encode())
    for signature in root.findall("{http://www.w3.org/2000/09/xmldsig#}Signature"):
        root.remove(signature)
    data.text = etree.tostring(root, encoding="unicode")


REGISTER = Register(
    "GbdulInfoByBin_v2",
    NAMESPACE,
    "gbdul.xsd",
    "Request",
    people=lambda data: [],
    answer=answer,
    needs_token=False,
    validates_answer=False,
    escaped_request=f"{{{NAMESPACE}}}Request",
    own_faults={
        "active_yet_liquidated": _active_yet_liquidated,
        "closed": _closed,
        "other_organization": _other_organization,
        "unsigned_content": _unsigned_content,
    },
)
