"""ГБД ЮЛ: one organization by BIN: registered or not, its names, a company or a fund. Its head is not read."""

from demeu.vault.households.registries.exchange import (
    Asked,
    Element,
    Exchange,
    Fields,
    TypedFact,
    Unreadable,
    adapter_schema,
    flag,
)
from demeu.vault.households.registries.profile import Profile

NAMESPACE = "http://gbdulinfobybin_v2.egp.gbdul.tamur.kz"
FOUND, NOBODY = "002", "003"
ACTIVE = "1"
PROFILE = Profile(uses=frozenset(), basis="codecraftkz/binul, xsd/GbdulInfoByBin_v2.xsd", fresh_days=30)
FIELDS = {
    "Organization/RegStatus/Code": "organization_active",
    "Organization/RegistrationDate": "organization_since",
    "Organization/LiquidationDate": "organization_until",
    "Organization/FullNameRu": "organization_name_ru",
    "Organization/FullNameKz": "organization_name_kk",
    "Organization/AddInfo/CommerceOrg": "organization_commercial",
    "Organization/AddInfo/FundType": "organization_fund",
    "Status/Code": "known_to_gbd_ul",
}


def requests(asked: Asked, number: str) -> list[Fields]:
    """One question: the organization whose BIN stands where an applicant would."""
    return [[("RequestorBIN", asked.members[-1]), ("BIN", asked.applicant)]]


def read(document: Element) -> list[TypedFact]:
    """What is known of the organization; one that is active after its liquidation is refused."""
    code = _text(document, "Status/Code")
    organization = document.find(f"{{{NAMESPACE}}}Organization")
    if code == NOBODY:
        return [TypedFact("known_to_gbd_ul", "false")]
    if code != FOUND or organization is None:
        raise Unreadable("status code")
    active, until = _text(organization, "RegStatus/Code") == ACTIVE, _text(organization, "LiquidationDate")
    if active and until:
        raise Unreadable("active, yet liquidated")
    fund = any(_text(organization, f"AddInfo/{name}/Code") for name in ("FundType", "StatusOO"))
    facts = {
        "known_to_gbd_ul": "true",
        "organization_bin": _text(organization, "BIN"),
        "organization_active": "true" if active else "false",
        "organization_since": _text(organization, "RegistrationDate"),
        "organization_until": until,
        "organization_name_ru": _text(organization, "FullNameRu"),
        "organization_name_kk": _text(organization, "FullNameKz"),
        "organization_commercial": flag(_text(organization, "AddInfo/CommerceOrg")),
        "organization_fund": "true" if fund else "false",
    }
    return [TypedFact(name, value) for name, value in facts.items() if value]


def _text(element: Element, path: str) -> str:
    qualified = "/".join(f"{{{NAMESPACE}}}{name}" for name in path.split("/"))
    return (element.findtext(qualified) or "").strip()


EXCHANGES = (
    Exchange(
        service_id="GbdulInfoByBin_v2",
        namespace=NAMESPACE,
        request_type="Request",
        answer_type="",
        schema=adapter_schema(__file__),
        requests=requests,
        read=read,
        escaped_root=f"{{{NAMESPACE}}}Response",
        signed_content=True,
        needs_token=False,
    ),
)
