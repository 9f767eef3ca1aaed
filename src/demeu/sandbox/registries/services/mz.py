"""ИС МЗ: attachment (`DEMEU_MZ_ATTACHMENT`) and yes or no of a severe illness (`DEMEU_MZ_DIAGNOSIS`, AsyncChannel).

Schema not confirmed with the operator.
"""

from lxml import etree

from demeu.sandbox.registries import tree
from demeu.sandbox.registries.services.register import Question, Register

NAMESPACE = "urn:sandbox:mz:patient:1"
ATTACHED_SINCE = "2019-09-01"


def attachment(question: Question) -> etree._Element:
    """Clinic and dispensary record of everybody who is known."""
    known = [question.resident(iin) for iin in tree.texts(question.data, "iin")]
    patients = [
        [
            ("iin", one.iin),
            ("attached", one.clinic_attached),
            ("attachedSince", ATTACHED_SINCE if one.clinic_attached else None),
            ("dispensaryRecord", one.dispensary),
        ]
        for one in known
        if one
    ]
    content = [("requestNumber", tree.text(question.data, "requestNumber")), *tree.pairs("patient", patients)]
    return tree.typed("data", namespace=NAMESPACE, kind="AttachmentResponse", content=content)


def confirmation(question: Question) -> etree._Element:
    """Yes, no or unknown for everybody who is known; never which illness."""
    known = [question.resident(iin) for iin in tree.texts(question.data, "iin")]
    said = [[("iin", one.iin), ("severeIllness", one.severe_illness)] for one in known if one]
    content = [("requestNumber", tree.text(question.data, "requestNumber")), *tree.pairs("confirmation", said)]
    return tree.typed("data", namespace=NAMESPACE, kind="ConfirmationResponse", content=content)


def _since_without_clinic(data: etree._Element) -> None:
    for attached in data.iterfind("patient/attached"):
        attached.text = "false"


def _not_attached(data: etree._Element) -> None:
    for patient in data.iterfind("patient"):
        for since in patient.findall("attachedSince"):
            patient.remove(since)
        for attached in patient.iterfind("attached"):
            attached.text = "false"


def _unknown_to_doctors(data: etree._Element) -> None:
    for said in data.iterfind("confirmation/severeIllness"):
        said.text = "unknown"


def _named_illness(data: etree._Element) -> None:
    for said in data.iterfind("confirmation/severeIllness"):
        said.text = "C91.0"


REGISTERS = (
    Register(
        "DEMEU_MZ_ATTACHMENT",
        NAMESPACE,
        "mz.xsd",
        "AttachmentRequest",
        people=lambda data: tree.texts(data, "iin"),
        answer=attachment,
        own_faults={"since_without_clinic": _since_without_clinic, "not_attached": _not_attached},
    ),
    Register(
        "DEMEU_MZ_DIAGNOSIS",
        NAMESPACE,
        "mz.xsd",
        "ConfirmationRequest",
        people=lambda data: tree.texts(data, "iin"),
        answer=confirmation,
        channel="async",
        own_faults={"unknown_to_doctors": _unknown_to_doctors, "named_illness": _named_illness},
    ),
)
