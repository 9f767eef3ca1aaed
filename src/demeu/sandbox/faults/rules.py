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


ERROR_CODES = {Fault.SCSE001: "SCSE001", Fault.SCSE002: "SCSE002", Fault.SCSE003: "SCSE003"}
KDP_STATUSES = {
    Fault.KDP_REFUSED: "REFUSED",
    Fault.KDP_NO_ANSWER: "NO_ANSWER",
    Fault.KDP_NOT_IN_BMG: "NOT_IN_BMG",
    Fault.KDP_EXPIRED: "EXPIRED",
}
