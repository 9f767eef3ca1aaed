"""НОБД: where every member learns. Whom the base does not know stays unknown; `none` means enrolled nowhere."""

from demeu.vault.households.registries.exchange import (
    Element,
    Exchange,
    TypedFact,
    about_everybody,
    adapter_schema,
    text,
)
from demeu.vault.households.registries.profile import ANY_USE, NOT_CONFIRMED, Profile

STUDENT = ("college", "university")
PROFILE = Profile(uses=ANY_USE, basis=NOT_CONFIRMED, fresh_days=90)
FIELDS = {
    "learner/level": "education_level",
    "learner[level=college or university]": "student",
    "learner[level=preschool]": "preschool_enrolled",
    "learner[level=school]": "school_enrolled",
    "learner/grade": "school_grade",
}


def read(data: Element) -> list[TypedFact]:
    """The level of each learner, the grade, and the three facts that scoring uses."""
    facts: list[TypedFact] = []
    for learner in data.findall("learner"):
        iin, level = text(learner, "iin"), text(learner, "level")
        facts.append(TypedFact("education_level", level, iin))
        for code, yes in (
            ("student", level in STUDENT),
            ("preschool_enrolled", level == "preschool"),
            ("school_enrolled", level == "school"),
        ):
            facts.append(TypedFact(code, "true" if yes else "false", iin))
        grade = text(learner, "grade")
        if grade:
            facts.append(TypedFact("school_grade", grade, iin))
    return facts


EXCHANGES = (
    Exchange(
        service_id="DEMEU_NOBD_EDUCATION",
        namespace="urn:sandbox:nobd:enrolment:1",
        request_type="EnrolmentRequest",
        answer_type="EnrolmentResponse",
        schema=adapter_schema(__file__),
        requests=about_everybody,
        read=read,
    ),
)
