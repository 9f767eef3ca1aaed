"""Promptness in the words of a page. Pure."""

from typing import Any

from demeu.contracts.vault import MessageFigures
from demeu.portal.notices.wording import CHANNELS


def promptness(found: MessageFigures) -> list[dict[str, Any]]:
    """A row a channel: share within 10 s in percent, seconds of the half and of 95 of 100, receipts."""
    return [
        {
            "channel": CHANNELS[one.channel],
            "messages": one.messages,
            "prompt_percent": None if one.prompt_bp is None else one.prompt_bp / 100,
            "half_s": None if one.half_ms is None else one.half_ms / 1000,
            "most_s": None if one.most_ms is None else one.most_ms / 1000,
            "delivered": one.delivered,
            "not_delivered": one.not_delivered,
        }
        for one in found.channels
    ]
