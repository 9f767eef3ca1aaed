"""Which jobs of the portal run when an event arrives."""

from demeu.kernel.jobs import Job
from demeu.portal.cases.tasks import open_fast_lane, take_consent_change, take_correction
from demeu.portal.catalogue.tasks import delivery_confirmed, item_funded, payout_moved, take_figures
from demeu.portal.giving.tasks import note_failed, note_received, note_returned, tell_monthly, tell_question
from demeu.portal.live.tasks import payouts_moved
from demeu.portal.patron.tasks import follow_given
from demeu.portal.payments.tasks import take_reply
from demeu.portal.school_checks import tasks as school_checks
from demeu.portal.webhooks import tasks as webhooks
from demeu.portal.wishes.tasks import take_facts

REACTIONS: dict[str, tuple[Job, ...]] = {
    "consent.changed": (take_consent_change, school_checks.take_consent_change),
    "facts.gathered": (take_facts, school_checks.take_facts),
    "facts.corrected": (take_correction,),
    "household.struck": (open_fast_lane,),
    "case.changed": (webhooks.case_changed,),
    "item.changed": (webhooks.item_changed,),
    "case.money_changed": (take_figures,),
    "item.funded": (item_funded,),
    "payout.changed": (payout_moved, payouts_moved),
    "delivery.confirmed": (delivery_confirmed,),
    "gift.received": (note_received, follow_given, webhooks.gift_received),
    "gift.failed": (note_failed, webhooks.gift_failed),
    "gift.returned": (note_returned, webhooks.gift_returned),
    "gift.asks": (tell_question,),
    "monthly.news": (tell_monthly,),
    "message.replied": (take_reply,),
}
