"""ЦКС: family, home, property, flags of every member; ИС МТСЗН: disability, official category, statuses, benefits."""

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


def social_requests(asked: Asked, number: str) -> list[Fields]:
    """One question: the applicant's household."""
    return [[("requestNumber", number), ("iin", asked.applicant)]]


def read_social(data: Element) -> list[TypedFact]:
    """The official category where the ministry gives one, and each member's disability, statuses and benefits."""
    facts = optional_facts(data, {"officialCategory": "official_category"}, None)
    for person in data.findall("person"):
        iin = text(person, "iin")
        facts.append(TypedFact("disability_group", text(person, "disabilityGroup"), iin))
        facts.append(TypedFact("disability_childhood", flag(text(person, "disabilityChildhood")), iin))
        facts.extend(
            TypedFact("social_status", (status.text or "").strip(), iin) for status in person.findall("status")
        )
        facts.extend(
            TypedFact(f"benefit_{text(benefit, 'code')}_tiyn", str(tiyn_of(text(benefit, "monthly"))), iin)
            for benefit in person.findall("benefit")
        )
    return facts


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
    Exchange(
        service_id="DEMEU_MTSZN_SOCIAL",
        namespace="urn:sandbox:mtszn:social:1",
        request_type="SocialStatusRequest",
        answer_type="SocialStatusResponse",
        schema=adapter_schema(__file__, "social.xsd"),
        requests=social_requests,
        read=read_social,
    ),
)
