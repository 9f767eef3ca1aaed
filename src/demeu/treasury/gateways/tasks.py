"""Jobs of the gateways: what a callback says is checked by asking; the sweep ends what stayed open."""

from datetime import timedelta
from uuid import UUID

from demeu.kernel import clock
from demeu.kernel.errors import Refusal, unavailable
from demeu.kernel.jobs import task
from demeu.kernel.logs import logger
from demeu.treasury.donations.queries import gift_view, undecided_gifts
from demeu.treasury.donations.rules import GiftState
from demeu.treasury.gateways.actions import resolve_gift
from demeu.treasury.gateways.queries import approved_refunds, callback_gift
from demeu.treasury.gateways.refunds import send_refund
from demeu.treasury.gateways.registry import gateway_named

log = logger(__name__)
SWEEP_BATCH = 100
ASK_AGAIN_AFTER = timedelta(seconds=60)
ASK_PATIENCE = timedelta(minutes=2)


@task(attempts=8, wait_s_max=30)
def check_callback(*, callback: str) -> None:
    """Ask the gateway about the gift of a callback; a forged or foreign callback ends here."""
    gift = callback_gift(UUID(callback))
    if gift is None:
        log.warning("callback.refused", callback=callback)
        return
    state = resolve_gift(gift=gift)
    fresh = gift_view(gift).started_at > clock.now() - ASK_PATIENCE
    if state in (GiftState.STARTED, GiftState.PENDING) and fresh:
        raise unavailable("gift.undecided", gift=str(gift))


@task(attempts=1)
def sweep_gifts() -> None:
    """Ask about every gift that is undecided: a lost callback, an ended session, an unknown fate."""
    for gift in undecided_gifts(asked_before=clock.now() - ASK_AGAIN_AFTER, limit=SWEEP_BATCH):
        resolve_gift(gift=gift)


@task(attempts=1)
def send_refunds() -> None:
    """Send every approved refund whose gift the bank has confirmed; a silent gateway is asked again next time."""
    for refund, gift in approved_refunds(limit=SWEEP_BATCH):
        try:
            send_refund(refund=refund, gateway=gateway_named(gift_view(gift).gateway))
        except Refusal as refusal:
            log.warning("refund.waits", refund=str(refund), reason=refusal.code)
