"""Reading Bodies of the channel: answers, faults, other things."""

import pytest

from demeu.vault.households.registries.shep.envelope import SOAP, TYPES, ShepFault, read_body


def _body(inner: str) -> bytes:
    return f'<s:Body xmlns:s="{SOAP}">{inner}</s:Body>'.encode()


def _answer(code: str = "SCSS001", data: str = "<data>x</data>") -> bytes:
    return _body(
        f'<t:SendMessageResponse xmlns:t="{TYPES}"><response><responseInfo><messageId>m</messageId>'
        f"<correlationId>c</correlationId><status><code>{code}</code></status></responseInfo>"
        f"<responseData>{data}</responseData></response></t:SendMessageResponse>"
    )


def _fault(code: str) -> bytes:
    return _body(
        f'<s:Fault><faultcode>s:Server</faultcode><detail><t:SendMessageFault1_SendMessageFault xmlns:t="{TYPES}">'
        f"<errorCode>{code}</errorCode></t:SendMessageFault1_SendMessageFault></detail></s:Fault>"
    )


def test_an_answer_is_read() -> None:
    answer = read_body(_answer())
    assert (answer.message_id, answer.correlation_id, answer.data.text) == ("m", "c", "x")


@pytest.mark.parametrize(("code", "again"), [("SCSE001", False), ("SCSE002", False), ("SCSE003", True)])
def test_only_faults_that_may_pass_are_worth_another_try(code: str, again: bool) -> None:
    with pytest.raises(ShepFault, match=code) as raised:
        read_body(_fault(code))
    assert raised.value.worth_retrying is again


def test_a_fault_without_detail_is_told_by_its_code() -> None:
    with pytest.raises(ShepFault, match="wsse:FailedCheck") as raised:
        read_body(_body("<s:Fault><faultcode>wsse:FailedCheck</faultcode></s:Fault>"))
    assert not raised.value.worth_retrying


@pytest.mark.parametrize(
    "body", [_body(""), _body("<x/>"), _body("<x/><y/>"), _answer(code="SCSS999"), _answer(data="")]
)
def test_anything_else_is_no_answer(body: bytes) -> None:
    with pytest.raises(ShepFault):
        read_body(body)
