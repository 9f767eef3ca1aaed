"""The questions of an application, one a page, in order: which are codes kept here, which are words for vault. Pure."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Question:
    """One page of the application. `kind`: choice, place, words (sealed to vault at once), contact or consent."""

    code: str
    kind: str
    choices: tuple[str, ...] = ()


QUESTIONS: tuple[Question, ...] = (
    Question("for_whom", "choice", ("self", "child", "relative", "other")),
    Question(
        "situation",
        "choice",
        (
            "children_youth",
            "people_disability",
            "older_people",
            "poor_homeless",
            "emergency_violence_victims",
            "severe_illness",
            "ex_prisoners_addictions",
        ),
    ),
    Question("place", "place"),
    Question("urgency", "choice", ("normal", "high", "emergency")),
    Question("words", "words"),
    Question("contact", "contact"),
    Question("consent", "consent"),
)

CODES = tuple(question.code for question in QUESTIONS)


def question(code: str) -> Question | None:
    """The question of that code."""
    return next((found for found in QUESTIONS if found.code == code), None)


def after(code: str) -> str | None:
    """The code of the next question; None after the last."""
    place = CODES.index(code)
    return CODES[place + 1] if place + 1 < len(CODES) else None


def before(code: str) -> str | None:
    """The code of the question before; None at the first."""
    place = CODES.index(code)
    return CODES[place - 1] if place else None
