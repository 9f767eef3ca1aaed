"""TipTop Pay's Check: the merchant is asked before a card is. Never takes money that the merchant would not."""

import httpx
from django.conf import settings

from demeu.sandbox.banks.letters import tiptop_letter
from demeu.sandbox.banks.models import Order

ASK_TIMEOUT_S = 10.0


def may_pay(order: Order) -> bool:
    """Whether the merchant's answer to Check is code 0; a merchant without webhooks is not asked."""
    address = settings.DEMEU_SANDBOX_TIPTOP_WEBHOOKS_URL
    if not address:
        return True
    letter = tiptop_letter(order, amount_tiyn=order.amount_tiyn)
    try:
        with httpx.Client(timeout=ASK_TIMEOUT_S, trust_env=False) as http:
            answer = http.post(f"{address}/check", content=letter.body.encode(), headers=letter.headers)
            return answer.status_code == 200 and answer.json().get("code") == 0
    except (httpx.HTTPError, ValueError):
        return False
