"""Reading keys and whose gifts they made."""

from uuid import UUID

from django.db.models import QuerySet

from demeu.kernel.errors import not_found
from demeu.portal.partners.models import ApiKey, KeyGift
from demeu.portal.partners.rules import digest_of, looks_like_key


def open_key(word: str) -> ApiKey | None:
    """The key behind this word unless it was revoked."""
    if not looks_like_key(word):
        return None
    return ApiKey.objects.filter(digest=digest_of(word), revoked_at=None).first()


def keys_of(team: UUID) -> list[ApiKey]:
    """A team's keys: open ones first, the newest first."""
    rows = ApiKey.objects.filter(team=team).order_by("-made_at", "id")
    return sorted(rows, key=lambda row: row.revoked_at is not None)


def key_of(key: UUID, team: UUID) -> ApiKey:
    """A team's own key; `key.unknown` for any other."""
    row = ApiKey.objects.filter(id=key, team=team).first()
    if row is None:
        raise not_found("key.unknown")
    return row


def gifts_of_team(team: UUID, kinds: tuple[str, ...]) -> QuerySet[KeyGift]:
    """Gifts that a team's programs began with keys of these kinds, the newest first."""
    return KeyGift.objects.filter(team=team, kind__in=kinds).order_by("-id")


def team_of_gift(gift: UUID) -> KeyGift | None:
    """Whose program began a gift; None for a gift made on our own pages."""
    return KeyGift.objects.filter(gift=gift).first()
