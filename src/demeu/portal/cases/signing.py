"""The application signed with ЭЦП as it is sent: the person's answers in words. Vault keeps the exact bytes.

Offered, not demanded: an application without a signature counts as much. Names and the story are not in the text.
"""

from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext

from demeu.contracts import vault
from demeu.kernel.errors import Refusal, invalid
from demeu.portal.accounts.entrance import actor_of_request, begin_signature, complete_signature
from demeu.portal.cases.models import Application
from demeu.portal.cases.rules import ApplicationState

KIND = "application"


def offer(request: HttpRequest, row: Application, answers: list[dict[str, Any]]) -> vault.IdentityBegun | None:
    """What the person signs; None for a helper, for an unfinished draft, or while vault does not answer."""
    is_own = actor_of_request(request).person == row.person
    if not is_own or row.state != ApplicationState.DRAFT or not all(answer["done"] for answer in answers):
        return None
    try:
        return begin_signature(request, kind=KIND, subject=f"application:{row.id}", text=_text(row, answers))
    except Refusal:
        return None


def keep(request: HttpRequest) -> None:
    """Hand the signature that the form brought to vault. Refuses what vault refuses."""
    try:
        complete_signature(request)
    except (KeyError, ValueError):
        raise invalid("identity.unknown_attempt") from None


def _text(row: Application, answers: list[dict[str, Any]]) -> str:
    lines = [f"{answer['title']} {answer['said'] or gettext('given')}" for answer in answers]
    return "\n".join([f"{gettext('Application')} {row.id}", *lines])
