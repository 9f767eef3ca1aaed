"""A donor's gifts as they stand, read from the books in two questions; nothing is stored and nobody is named."""

from collections import defaultdict
from uuid import UUID

from demeu.contracts.treasury import GiftPart, OwnGift, OwnGifts
from demeu.kernel.errors import forbidden
from demeu.treasury.donations.queries import newest_received
from demeu.treasury.ledger.queries import lots

GIFTS_MAX = 500


def own_gifts(*, donor: UUID, actor: str) -> OwnGifts:
    """The newest gifts with their parts. Raises `statement.not_yours` for anybody but the donor."""
    if actor != f"person:{donor}":
        raise forbidden("statement.not_yours")
    gifts = newest_received(donor=donor, limit=GIFTS_MAX)
    parts: dict[UUID, list[GiftPart]] = defaultdict(list)
    for balance in lots(gifts=[gift.id for gift in gifts]) if gifts else ():
        assert balance.lot.gift is not None
        parts[balance.lot.gift].append(
            GiftPart(item=balance.lot.item, case=balance.lot.case, amount_tiyn=balance.amount_tiyn, state=balance.state)
        )
    return OwnGifts(
        gifts=tuple(
            OwnGift(
                gift=gift.id,
                received_at=gift.received_at,
                amount_tiyn=gift.amount_tiyn,
                returned_tiyn=gift.returned_tiyn,
                parts=tuple(parts[gift.id]),
            )
            for gift in gifts
            if gift.received_at is not None
        )
    )
