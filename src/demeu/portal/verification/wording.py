"""Words of the desks: reasons, findings, facts, states. gettext only."""

from django.utils.translation import gettext_lazy as _

REASONS = {
    "not_in_need": _("The facts do not show a need of the two sharpest kinds"),
    "state_covers_all": _("The state already covers everything that is needed"),
    "facts_not_confirmed": _("What was written is not confirmed by registers or at home"),
    "not_reachable": _("The family could not be reached three times"),
    "asked_by_family": _("The family asked to stop"),
}
FINDINGS = {
    "lives_here": _("The family lives at the address"),
    "family_as_stated": _("The family is as the registers say"),
    "need_seen": _("The need is seen"),
    "home_cold": _("The home is cold"),
    "home_unsafe": _("The home is not safe"),
    "things_missing": _("Things asked for are really missing"),
    "children_cared_for": _("The children are cared for"),
    "need_not_seen": _("The need is not seen"),
    "family_differs": _("The family differs from the registers"),
}
STATES = {
    "review": _("to decide"),
    "waiting_registry": _("a registry is silent"),
    "visit": _("visit planned"),
}
VISIT_STATES = {"planned": _("Planned"), "written": _("To be signed"), "done": _("Done and signed")}
MEMBERS = {
    "household": _("Household"),
    "applicant": _("Applicant"),
    "spouse": _("Spouse"),
    "child": _("Child"),
    "parent": _("Parent"),
    "other": _("Other member"),
}
FACTS = {
    "birth_date": _("Date of birth"),
    "kato": _("Place of registration (code)"),
    "settlement_class": _("Kind of settlement"),
    "income_monthly_tiyn": _("Income a month"),
    "social_status": _("Social status"),
    "disability_group": _("Disability group"),
    "disability_childhood": _("Disability since childhood"),
    "school_enrolled": _("Goes to school"),
    "preschool_enrolled": _("Goes to kindergarten"),
    "working": _("Works"),
    "able_bodied": _("Able to work"),
    "has_credit": _("Has loans"),
    "overdue_days": _("Days overdue"),
    "overdue_tiyn": _("Sum overdue"),
    "debt_balance_tiyn": _("Debt in all"),
    "housing_units": _("Homes owned"),
    "housing_area_m2": _("Area of the home, m²"),
    "passenger_cars": _("Cars"),
    "land_plots": _("Plots of land"),
    "tenure": _("Owned or rented"),
    "ipr_item": _("Given by the rehabilitation programme"),
    "ipr_limitation": _("Limitation"),
    "ipr_valid_until": _("Programme valid until"),
    "benefit_asp_tiyn": _("Targeted social assistance"),
    "emergency": _("Emergency"),
    "hardship": _("Hard life situation"),
    "education_level": _("Education"),
}
VALUES = {"true": _("yes"), "false": _("no"), "rented": _("rented"), "owned": _("owned")}
