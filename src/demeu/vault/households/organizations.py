"""Companies, funds and NGOs by BIN, asked at the state database of legal entities. Who heads them is never read."""

from datetime import date

from demeu.contracts.vault import OrganizationCard
from demeu.contracts.words import Registry
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import invalid, unavailable
from demeu.kernel.ids import new_id
from demeu.vault.households import lines
from demeu.vault.households.registries import EXCHANGES, profile_of
from demeu.vault.households.registries.exchange import Asked, Unreadable, checked
from demeu.vault.households.registries.shep import client, kdp
from demeu.vault.households.registries.shep.envelope import ShepFault
from demeu.vault.people.rules import check_digit

(EXCHANGE,) = EXCHANGES[Registry.GBD_UL]


def look_up(*, number: str, actor: str) -> OrganizationCard:
    """What is known of an organization now. Refuses `organization.unusable_bin`, `registry.silent`: never a guess."""
    if not number.isdecimal() or len(number) != 12 or check_digit(number[:11]) != int(number[11]):
        raise invalid("organization.unusable_bin")
    if lines.is_resting(EXCHANGE.service_id):
        raise unavailable("registry.silent", registry=Registry.GBD_UL.value)
    try:
        asked = Asked(number, (kdp.organization_bin(),), (), clock.today())
        (fields,) = EXCHANGE.requests(asked, str(new_id()))
        answer = client.ask_exchange(EXCHANGE, profile_of(Registry.GBD_UL), fields)
        facts = {fact.code: fact.value for fact in EXCHANGE.read(checked(answer.data, EXCHANGE))}
    except (ShepFault, Unreadable) as fault:
        if isinstance(fault, ShepFault) and fault.of_the_line:
            lines.note_broken(EXCHANGE.service_id)
        raise unavailable("registry.silent", registry=Registry.GBD_UL.value) from None
    lines.note_whole(EXCHANGE.service_id)
    if facts["known_to_gbd_ul"] == "true" and facts["organization_bin"] != number:
        raise unavailable("registry.silent", registry=Registry.GBD_UL.value)
    record(actor=actor, action="organization.looked_up", subject=f"organization:{number}")
    return _card(number, facts)


def _card(number: str, facts: dict[str, str]) -> OrganizationCard:
    if facts["known_to_gbd_ul"] == "false":
        return OrganizationCard(bin=number, known=False, as_of=clock.now())
    return OrganizationCard(
        bin=number,
        known=True,
        active=facts["organization_active"] == "true",
        commercial=facts["organization_commercial"] == "true",
        fund=facts["organization_fund"] == "true",
        name_ru=facts["organization_name_ru"],
        name_kk=facts["organization_name_kk"],
        since=date.fromisoformat(facts["organization_since"]),
        as_of=clock.now(),
    )
