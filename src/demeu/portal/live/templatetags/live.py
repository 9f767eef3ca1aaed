"""The tag by which a page hears what changes: `{% live_feed case=case own=True queue="reviews" %}` in block assets."""

import json
from typing import Any
from urllib.parse import quote
from uuid import UUID

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import Context
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from demeu.portal.accounts.rules import GUEST
from demeu.portal.live import feeds, rules
from demeu.portal.live.queries import last_change
from demeu.portal.ui.money_states import STATES
from demeu.portal.ui.templatetags.ui import asset

register = template.Library()
STREAM = "/live/stream/"


@register.simple_tag(takes_context=True)
def live_feed(
    context: Context, case: Any = None, gift: UUID | None = None, queue: str = "", own: bool = False
) -> SafeString:
    """Where this page hears of these topics, and the script that does. The page must have checked who may look."""
    request: HttpRequest = context["request"]
    actor = getattr(request, "actor", GUEST)
    topics = [rules.case_topic(case.number)] if case else []
    topics += [rules.gift_topic(gift)] if gift else []
    topics += [rules.queue_topic(queue)] if queue else []
    topics += [feeds.own_topic(actor.person)] if own and actor.person else []
    if not topics:
        return SafeString("")
    feed = quote(feeds.feed_of(topics))
    stream = f"{settings.DEMEU_PORTAL_LIVE_URL}{STREAM}?feed={feed}"
    now = f"{reverse('live:now')}?feed={feed}"
    meta = format_html('<meta name="live" content="{}" data-now="{}" data-last="{}">', stream, now, last_change())
    return SafeString(meta + asset("live"))


@register.simple_tag
def live_words() -> str:
    """The names of the four states as JSON, for `data-live-words`: the bar says its new sums in the reader's words."""
    return json.dumps({name: str(words) for name, words in STATES.items()}, ensure_ascii=False)
