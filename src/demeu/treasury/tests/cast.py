"""The people and things that treasury's tests tell of: a case with two items, three officers, a donor's gift."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from uuid import UUID

from demeu.contracts.treasury import GiftStart, GiftTarget, NeedDeclare, NeedItem, PayoutApprove, PayoutPrepare
from demeu.contracts.vault.identity import SignatureFacts
from demeu.contracts.vault.payees import PayeeScreened
from demeu.contracts.words import NeedGroup, Urgency
from demeu.kernel import clock
from demeu.kernel.ids import new_id
from demeu.kernel.testing import run_jobs
from demeu.treasury.donations.actions.gifts import GatewayWord, start_gift
from demeu.treasury.donations.actions.needs import declare_need
from demeu.treasury.donations.rules import Word
from demeu.treasury.gateways.actions import apply_word
from demeu.treasury.payouts.actions.approve import approve_payout
from demeu.treasury.payouts.actions.prepare import prepare_payout

ACTOR = "role:portal"
CLEAN = PayeeScreened(codes=())
OPENED = datetime(2026, 11, 1, tzinfo=UTC)


def signed_by(asked: PayoutApprove) -> Callable[[UUID], SignatureFacts]:
    """A vault that keeps the very signature that the approval names."""
    return lambda signature: SignatureFacts(
        person=asked.approver, kind="payout", subject=f"payout:{asked.payout}", signed_sha256="a" * 64, at=clock.now()
    )


@dataclass
class Story:
    """One case and the people around it."""

    case: UUID = field(default_factory=new_id)
    coat: UUID = field(default_factory=new_id)
    boots: UUID = field(default_factory=new_id)
    curator: UUID = field(default_factory=new_id)
    preparer: UUID = field(default_factory=new_id)
    approver: UUID = field(default_factory=new_id)
    payee: UUID = field(default_factory=new_id)

    def declare(
        self,
        coat_tiyn: int = 500_000,
        boots_tiyn: int = 250_000,
        *,
        group: NeedGroup = NeedGroup.CHILDREN_YOUTH,
        region: str = "750000000",
        urgency: Urgency = Urgency.NORMAL,
    ) -> None:
        declare_need(
            need=NeedDeclare(
                case=self.case,
                group=group,
                region_kato=region,
                urgency=urgency,
                opened_at=OPENED,
                curator=self.curator,
                items=(
                    NeedItem(item=self.coat, amount_tiyn=coat_tiyn),
                    NeedItem(item=self.boots, amount_tiyn=boots_tiyn),
                ),
            ),
            actor=ACTOR,
        )

    def asked(self, amount_tiyn: int, **changes: object) -> GiftStart:
        """What portal asks when a guest gives to the case."""
        plain: dict[str, object] = {
            "gift": new_id(),
            "amount_tiyn": amount_tiyn,
            "target": GiftTarget(kind="case", id=self.case),
            "offer_version": "1",
            "back_url": "http://127.0.0.1/back",
            "failure_url": "http://127.0.0.1/failed",
        }
        return GiftStart.model_validate({**plain, **changes})

    def give(self, amount_tiyn: int, **changes: object) -> UUID:
        """A gift that the demo gateway has confirmed and that was allocated."""
        asked = self.asked(amount_tiyn, **changes)
        start_gift(asked=asked, gateway="demo")
        apply_word(gift=asked.gift, heard=GatewayWord(Word.PAID, amount_tiyn, "KZT"))
        run_jobs()
        return asked.gift

    def prepare(self, amount_tiyn: int, items: tuple[UUID, ...] = (), **changes: object) -> UUID:
        """A prepared payout of held money."""
        plain: dict[str, object] = {
            "payout": new_id(),
            "case": self.case,
            "items": items or (self.coat, self.boots),
            "payee": self.payee,
            "amount_tiyn": amount_tiyn,
            "invoice_number": f"INV-{new_id().hex[-6:]}",
            "preparer": self.preparer,
        }
        asked = PayoutPrepare.model_validate({**plain, **changes})
        prepare_payout(asked=asked, actor=ACTOR, screen=lambda question: CLEAN, twins=lambda documents: ())
        return asked.payout

    def approve(self, payout: UUID, approver: UUID | None = None, role: str = "finance_approver") -> None:
        """One officer's signed yes; sending is left waiting."""
        asked = PayoutApprove.model_validate(
            {"payout": payout, "approver": approver or self.approver, "signature": new_id(), "role": role}
        )
        approve_payout(asked=asked, actor=ACTOR, vouch=signed_by(asked))
