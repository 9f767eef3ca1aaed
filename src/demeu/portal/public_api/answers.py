"""What an endpoint may answer: its own message, and problems."""

from typing import Any

from demeu.portal.public_api.schemas import Trouble

STATUSES = (401, 403, 404, 405, 422, 429, 503)


def answers(message: type[Any], *, status: int = 200, more: tuple[int, ...] = ()) -> dict[int, Any]:
    """Status → message for a route."""
    return {status: message, **dict.fromkeys(sorted({*STATUSES, *more}), Trouble)}
