"""Reading endpoints and deliveries."""

from uuid import UUID

from django.db.models import QuerySet

from demeu.kernel.errors import not_found
from demeu.portal.webhooks.models import Delivery, Endpoint


def endpoints_of(team: UUID) -> QuerySet[Endpoint]:
    """A team's endpoints, the newest first; removed ones are not there."""
    return Endpoint.objects.filter(team=team).exclude(state="removed").order_by("-made_at", "id")


def endpoint_of(endpoint: UUID, team: UUID) -> Endpoint:
    """A team's own endpoint; `webhook.unknown` for any other."""
    row = endpoints_of(team).filter(id=endpoint).first()
    if row is None:
        raise not_found("webhook.unknown")
    return row


def deliveries_of(endpoint: UUID) -> QuerySet[Delivery]:
    """What was sent to an endpoint, the newest first, with its attempts."""
    rows = Delivery.objects.filter(endpoint=endpoint).select_related("message")
    return rows.prefetch_related("attempts").order_by("-created_at", "-id")


def delivery_of(delivery: UUID, team: UUID) -> Delivery:
    """A delivery to a team's own endpoint; `webhook.unknown` for any other."""
    row = Delivery.objects.select_related("endpoint", "message").filter(id=delivery, endpoint__team=team).first()
    if row is None or row.endpoint.state == "removed":
        raise not_found("webhook.unknown")
    return row
