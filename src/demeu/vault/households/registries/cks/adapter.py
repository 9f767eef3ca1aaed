"""ЦКС: family, home, property, flags of every member."""

from demeu.vault.households.registries.exchange import (
    Asked,
    Element,
    Exchange,
    Fields,
    TypedFact,
    adapter_schema,
    flag,
    optional_facts,
    text,
    tiyn_of,
)
from demeu.vault.households.registries.profile import ANY_USE, NOT_CONFIRMED, Profile

DWELLING = {
    "kato": "kato",
    "settlementClass": "settlement_class",
    "housingUnits": "housing_units",
    "housingAreaM2": "housing_area_m2",
    "tenure": "tenure",
}
PROPERTY = {
    "commercialPropertyUnits": "commercial_property_units",
    "landPlots": "land_plots",
    "passengerCars": "passenger_cars",
    "commercialVehicles": "commercial_vehicles",
    "machineryKinds": "machinery_kinds",
}
MEMBER_FLAGS = {
    "ableBodied": "able_bodied",
    "working": "working",
    "soleProprietor": "sole_proprietor",
    "founder": "founder",
    "clinicAttached": "clinic_attached",
    "insured": "insured",
    "chronic": "chronic",
    "dispensary": "dispensary",
}
PROFILE = Profile(uses=ANY_USE, basis=NOT_CONFIRMED, fresh_days=30)
FIELDS = {
    **{f"family/dwelling/{path}": code for path, code in DWELLING.items()},
    **{f"family/property/{path}": code for path, code in PROPERTY.items()},
    **{f"family/members/member/{path}": code for path, code in MEMBER_FLAGS.items()},
    "found": "known_to_cks",
    "family/hardship": "hardship",
    "family/emergency/kind": "emergency",
    "family/emergency/date": "emergency_date",
    "family/property/smallholdingValue": "smallholding_value_tiyn",
    "family/members/member/relation": "relation",
    "family/members/member/birthDate": "birth_date",
}


def family_requests(asked: Asked, number: str) -> list[Fields]:
    """One question: the applicant's family."""
    return [[("requestNumber", number), ("applicantIin", asked.applicant)]]


def read_family(data: Element) -> list[TypedFact]:
    """The household's home and property, its members and what the card says of each."""
    family = data.find("family")
    if flag(text(data, "found")) == "false" or family is None:
        return [TypedFact("known_to_cks", "false")]
    facts = [TypedFact("known_to_cks", "true"), TypedFact("hardship", flag(text(family, "hardship")))]
    if family.find("emergency") is not None:
        facts.append(TypedFact("emergency", text(family, "emergency/kind")))
        facts.append(TypedFact("emergency_date", text(family, "emergency/date")))
    for path, names in (("dwelling", DWELLING), ("property", PROPERTY)):
        for found in family.findall(path):
            facts.extend(optional_facts(found, names, None))
            facts.extend(
                optional_facts(found, {"smallholdingValue": "smallholding_value_tiyn"}, None, lambda t: str(tiyn_of(t)))
            )
    for member in family.findall("members/member"):
        facts.extend(_member(member))
    return facts


def _member(member: Element) -> list[TypedFact]:
    iin = text(member, "iin")
    facts = [
        TypedFact("relation", text(member, "relation"), iin),
        TypedFact("birth_date", text(member, "birthDate"), iin),
    ]
    return facts + optional_facts(member, MEMBER_FLAGS, iin, flag)


EXCHANGES = (
    Exchange(
        service_id="DEMEU_CKS_FAMILY",
        namespace="urn:sandbox:cks:family:1",
        request_type="FamilyRequest",
        answer_type="FamilyResponse",
        schema=adapter_schema(__file__),
        requests=family_requests,
        read=read_family,
    ),
)
