"""Items of individual rehabilitation programmes, as the register names them. Data only.

`state` tells whether the register marks the item as given by the state; it decides nothing here.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Item:
    """One line of a programme."""

    part: str
    name_kk: str
    name_ru: str
    quantity: int
    period: str
    state: bool


ITEMS: dict[str, Item] = {
    "wheelchair_active": Item(
        "social", "Белсенді типті кресло-арба", "Кресло-коляска активного типа", 1, "once", False
    ),
    "wheelchair_room": Item("social", "Бөлме кресло-арбасы", "Кресло-коляска комнатная", 1, "once", True),
    "orthopaedic_shoes": Item("social", "Ортопедиялық аяқ киім", "Ортопедическая обувь", 2, "year", False),
    "hearing_aid": Item("social", "Есту аппараты", "Слуховой аппарат", 2, "once", True),
    "walking_frame": Item("social", "Жүру тіреуіші", "Ходунки", 1, "once", False),
    "prosthesis": Item("social", "Протез", "Протез", 1, "once", True),
    "braille_display": Item("social", "Брайль дисплейі", "Дисплей Брайля", 1, "once", False),
    "nappies": Item("social", "Жөргек", "Подгузники", 60, "month", True),
    "rehabilitation_course": Item("medical", "Оңалту курсы", "Курс реабилитации", 1, "year", False),
    "speech_therapy": Item("medical", "Логопед сабақтары", "Занятия с логопедом", 8, "month", False),
    "individual_assistant": Item("social", "Жеке көмекші", "Индивидуальный помощник", 1, "month", True),
}

BY_LIMITATION: dict[str, tuple[str, ...]] = {
    "mobility": ("wheelchair_active", "orthopaedic_shoes", "rehabilitation_course"),
    "hearing": ("hearing_aid", "speech_therapy", "rehabilitation_course"),
    "sight": ("braille_display", "individual_assistant"),
}
