"""Words that several services use with one meaning: roles, categories of need, purposes, registries, languages."""

from enum import StrEnum
from typing import Literal

Language = Literal["kk", "ru", "en"]


class Role(StrEnum):
    """What a person may be on the platform."""

    APPLICANT = "applicant"
    REPRESENTATIVE = "representative"
    DONOR = "donor"
    COMPANY_ADMIN = "company_admin"
    COMPANY_MEMBER = "company_member"
    NGO_ADMIN = "ngo_admin"
    CURATOR = "curator"
    VOLUNTEER = "volunteer"
    SCHOOL_PEDAGOGUE = "school_pedagogue"
    AKIMAT = "akimat"
    MINISTRY = "ministry"
    FUND_STAFF = "fund_staff"
    FINANCE_PREPARER = "finance_preparer"
    FINANCE_APPROVER = "finance_approver"
    AUDITOR = "auditor"
    SUPPLIER = "supplier"
    ASSOCIATION = "association"
    OPERATOR = "operator"


class NeedGroup(StrEnum):
    """The seven groups of the concept, chapter 2."""

    CHILDREN_YOUTH = "children_youth"
    PEOPLE_DISABILITY = "people_disability"
    OLDER_PEOPLE = "older_people"
    POOR_HOMELESS = "poor_homeless"
    EMERGENCY_VIOLENCE_VICTIMS = "emergency_violence_victims"
    SEVERE_ILLNESS = "severe_illness"
    EX_PRISONERS_ADDICTIONS = "ex_prisoners_addictions"


class Purpose(StrEnum):
    """Why personal data are read or used; a consent names one."""

    SIGN_IN = "sign_in"
    ASSESSMENT = "assessment"
    CASE_REVIEW = "case_review"
    HOME_VISIT = "home_visit"
    DELIVERY = "delivery"
    PAYOUT = "payout"
    OWN_DATA = "own_data"
    NOTICE = "notice"
    DONATION = "donation"
    ADMINISTRATION = "administration"
    PUPIL_AID = "pupil_aid"


class Registry(StrEnum):
    """Where a fact comes from: state registries, and an institution that entered it in person."""

    GBD_FL = "gbd_fl"
    CKS = "cks"
    MTSZN = "mtszn"
    ESOCIUM = "esocium"
    SOCIAL_SERVICES = "social_services"
    MINFIN = "minfin"
    GKB = "gkb"
    PKB = "pkb"
    NOBD = "nobd"
    IPR = "ipr"
    MZ = "mz"
    MTS = "mts"
    MCHS = "mchs"
    MVD = "mvd"
    GBD_UL = "gbd_ul"
    INSTITUTION = "institution"


# What an application for help asks consent for. Not among them: gambling self-restriction (`mts`, for a review only),
# notices that come by themselves (`mchs`, `mvd`), legal entities (`gbd_ul`), what an institution entered.
HOUSEHOLD_REGISTRIES = (
    Registry.GBD_FL,
    Registry.CKS,
    Registry.MTSZN,
    Registry.ESOCIUM,
    Registry.SOCIAL_SERVICES,
    Registry.MINFIN,
    Registry.GKB,
    Registry.PKB,
    Registry.NOBD,
    Registry.IPR,
    Registry.MZ,
)
# Aid to a pupil needs no word of a doctor.
PUPIL_AID_REGISTRIES = tuple(one for one in HOUSEHOLD_REGISTRIES if one is not Registry.MZ)


class Urgency(StrEnum):
    """How soon help is needed; the order of the fair list uses it."""

    EMERGENCY = "emergency"
    HIGH = "high"
    NORMAL = "normal"


class MoneyState(StrEnum):
    """A tenge is in exactly one of these; a public figure always says which."""

    RECEIVED = "received"
    HELD = "held"
    PAID = "paid"
    DELIVERED = "delivered"
