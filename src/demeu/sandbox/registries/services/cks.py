"""ЦКС, the Digital Family Card (`DEMEU_CKS_FAMILY`): family, home, property, flags.

Schema not confirmed with the operator.
"""

from typing import Any

from lxml import etree

from demeu.sandbox.registries import tree
from demeu.sandbox.registries.household import Household, Resident
from demeu.sandbox.registries.services.register import Question, Register

NAMESPACE = "urn:sandbox:cks:family:1"


def answer(question: Question) -> etree._Element:
    """The whole family of the applicant, or found=false."""
    home = question.household_of(tree.text(question.data, "applicantIin"))
    content = [
        ("requestNumber", tree.text(question.data, "requestNumber")),
        ("found", home is not None),
        ("family", _family(home) if home else None),
    ]
    return tree.typed("data", namespace=NAMESPACE, kind="FamilyResponse", content=content)


def _family(home: Household) -> list[tuple[str, Any]]:
    emergency = [("kind", home.emergency[0]), ("date", home.emergency[1])] if home.emergency else None
    return [
        ("familyId", f"F{home.applicant.iin[6:]}"),
        ("hardship", home.hardship),
        ("emergency", emergency),
        (
            "dwelling",
            [
                ("kato", home.kato),
                ("settlementClass", home.settlement_class),
                ("housingUnits", home.housing_units),
                ("housingAreaM2", home.housing_area_m2),
                ("tenure", home.tenure),
            ],
        ),
        (
            "property",
            [
                ("commercialPropertyUnits", home.commercial_property_units),
                ("landPlots", home.land_plots),
                ("smallholdingValue", tree.tenge(home.smallholding_value_tiyn)),
                ("passengerCars", home.passenger_cars),
                ("commercialVehicles", home.commercial_vehicles),
                ("machineryKinds", home.machinery_kinds),
            ],
        ),
        ("members", tree.pairs("member", [_member(one) for one in home.members])),
    ]


def _member(person: Resident) -> list[tuple[str, Any]]:
    return [
        ("iin", person.iin),
        ("relation", person.relation),
        ("birthDate", person.birth_date),
        ("ableBodied", person.able_bodied),
        ("working", person.working),
        ("soleProprietor", person.sole_proprietor),
        ("founder", person.founder),
        ("clinicAttached", person.clinic_attached),
        ("insured", person.insured),
        ("chronic", person.chronic),
        ("dispensary", person.dispensary),
    ]


def _foreign_area(data: etree._Element) -> None:
    for kato in data.iterfind("family/dwelling/kato"):
        kato.text = "RU-77"


def _forgotten_member(data: etree._Element) -> None:
    members = data.find("family/members")
    if members is not None and len(members) > 1:
        members.remove(members[-1])


REGISTER = Register(
    "DEMEU_CKS_FAMILY",
    NAMESPACE,
    "cks.xsd",
    "FamilyRequest",
    people=lambda data: tree.texts(data, "applicantIin"),
    answer=answer,
    own_faults={"foreign_area": _foreign_area, "forgotten_member": _forgotten_member},
)
