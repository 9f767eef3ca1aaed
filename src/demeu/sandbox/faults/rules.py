"""The faults that exist. A fault is only ever asked for; no person or number is bad by nature."""

from enum import StrEnum

ANY_SERVICE = "*"
DELAY_S_MAX = 120.0


class Fault(StrEnum):
    """How a register can fail; `kdp_*` are answers of the citizen, not failures of the line."""

    NONE = "none"
    NOT_FOUND = "not_found"
    SCSE001 = "scse001"
    SCSE002 = "scse002"
    SCSE003 = "scse003"
    SOAP_FAULT = "soap_fault"
    DELAY = "delay"
    WRONG_SIGNATURE = "wrong_signature"
    MALFORMED = "malformed"
    REPEATED_MESSAGE_ID = "repeated_message_id"
    HUGE = "huge"
    CONTRADICTION = "contradiction"
    KDP_REFUSED = "kdp_refused"
    KDP_NO_ANSWER = "kdp_no_answer"
    KDP_NOT_IN_BMG = "kdp_not_in_bmg"
    KDP_EXPIRED = "kdp_expired"
    KDP_WITHDRAWN = "kdp_withdrawn"
    LOST = "lost"
    STILL_SILENT = "still_silent"


ERROR_CODES = {Fault.SCSE001: "SCSE001", Fault.SCSE002: "SCSE002", Fault.SCSE003: "SCSE003"}
KDP_STATUSES = {
    Fault.KDP_REFUSED: "REFUSED",
    Fault.KDP_NO_ANSWER: "NO_ANSWER",
    Fault.KDP_NOT_IN_BMG: "NOT_IN_BMG",
    Fault.KDP_EXPIRED: "EXPIRED",
    Fault.KDP_WITHDRAWN: "WITHDRAWN",
}
# Ways to fail that only one service knows; what each does stands beside the service.
OWN_FAULTS: dict[str, tuple[str, ...]] = {
    "GBDFLUniversal_token": ("deceased", "no_address"),
    "DEMEU_CKS_FAMILY": ("foreign_area", "forgotten_member"),
    "DEMEU_MTSZN_SOCIAL": ("group_out_of_range", "stranger"),
    "DEMEU_ESOCIUM_RECIPIENTS": ("ends_before_start", "all_suspended"),
    "DEMEU_SOCIAL_SERVICES": ("lost_lines", "all_refused"),
    "DEMEU_MINFIN_INCOME": ("negative_amount", "no_entries"),
    "DEMEU_GKB_CREDIT": ("overdue_without_days", "unknown_subject"),
    "DEMEU_PKB_CREDIT": ("other_person", "empty_report"),
    "DEMEU_NOBD_EDUCATION": ("grade_out_of_range", "unknown_learner"),
    "DEMEU_IPR": ("ended_programme", "no_items"),
    "DEMEU_MZ_ATTACHMENT": ("since_without_clinic", "not_attached"),
    "DEMEU_MZ_DIAGNOSIS": ("unknown_to_doctors", "named_illness"),
    "DEMEU_MTS_GAMBLING": ("ends_before_start", "unchecked_person"),
    "GbdulInfoByBin_v2": ("active_yet_liquidated", "closed", "unsigned_content", "other_organization"),
    "DEMEU_MCHS_EVENTS": ("ends_before_start", "no_area"),
    "DEMEU_MVD_INCIDENTS": ("unknown_category", "no_place"),
}


def is_known(service: str, fault: str) -> bool:
    """Whether a service can fail in this way."""
    return fault in {one.value for one in Fault} or fault in OWN_FAULTS.get(service, ())
