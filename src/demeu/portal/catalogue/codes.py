"""Small numbers under which the shelf keeps facets. Pure. A number never changes its meaning: append only."""

from datetime import date

from demeu.contracts.words import NeedGroup, Urgency
from demeu.portal.catalogue.rules import LEFT_BANDS, TAGS
from demeu.portal.ui.regions import REGIONS

EPOCH = date(2020, 1, 1)
COUNTRY = "00"
STAGES = {"open": 1, "way": 2, "done": 3}
STAGE_OF_STATE = {"published": 1, "funded": 2, "delivering": 2, "completed": 3}
GROUPS = {str(group): number for number, group in enumerate(NeedGroup, start=1)}
SUBGROUP_TREE: dict[str, tuple[str, ...]] = {
    "children_youth": (
        "orphans_no_parental_care",
        "children_low_income",
        "children_disability",
        "young_pregnant_mothers",
    ),
    "people_disability": ("disability_any_group", "rare_diseases", "mental_disorders"),
    "older_people": ("lone_pensioners", "older_in_care_homes", "grandparents_raising"),
    "poor_homeless": ("families_below_poverty", "homeless", "refugees_displaced"),
    "emergency_violence_victims": ("natural_disaster_victims", "domestic_violence_victims"),
    "severe_illness": (),
    "ex_prisoners_addictions": (),
}
SUBGROUPS = {code: number for number, code in enumerate((s for own in SUBGROUP_TREE.values() for s in own), start=1)}
GROUP_OF_SUBGROUP = {subgroup: group for group, own in SUBGROUP_TREE.items() for subgroup in own}
REGION_NUMBERS = {code: int(code) for code in (*REGIONS, COUNTRY)}
URGENCIES = {str(urgency): number for number, urgency in enumerate(Urgency, start=1)}
TAG_BITS = {tag: 1 << place for place, tag in enumerate(TAGS)}
LEFT = {band: number for number, band in enumerate(LEFT_BANDS, start=1)}
# What is asked for, by kind of thing; a code of a newer price list is «other».
ITEM_KINDS: dict[str, tuple[str, ...]] = {
    "devices": ("wheelchair_child", "wheelchair_adult", "hearing_aid", "orthopaedic_shoes"),
    "treatment": ("rehabilitation_course",),
    "school": ("home_schooling", "school_kit", "school_meals"),
    "clothes": ("winter_clothes_child",),
    "food": ("food_parcel",),
    "warmth": ("fuel_coal", "stove_or_heater"),
    "housing": ("rent",),
    "debt": ("overdue_debt",),
    "other": (),
}
KIND_BITS = {kind: 1 << place for place, kind in enumerate(ITEM_KINDS)}
KIND_OF_ITEM = {code: kind for kind, codes in ITEM_KINDS.items() for code in codes}
WAITING_DAYS = {"30": 30, "90": 90, "180": 180}
SHARE_WHOLE = 1_000_000
SEED_BITS = 32
