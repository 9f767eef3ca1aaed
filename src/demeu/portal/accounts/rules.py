"""Which roles exclude each other, and where a role may look. Pure."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from uuid import UUID

from demeu.contracts.words import Role
from demeu.kernel.errors import Refusal, conflict, forbidden, invalid

WRITERS = frozenset(Role) - {Role.AUDITOR, Role.APPLICANT, Role.DONOR, Role.REPRESENTATIVE}
DECIDERS = frozenset(
    {
        Role.CURATOR,
        Role.AKIMAT,
        Role.MINISTRY,
        Role.FINANCE_APPROVER,
        Role.FINANCE_PREPARER,
        Role.NGO_ADMIN,
        Role.FUND_STAFF,
    }
)
REGIONAL = frozenset({Role.AKIMAT, Role.CURATOR, Role.VOLUNTEER})
STAFF = frozenset(Role) - {Role.APPLICANT, Role.DONOR, Role.REPRESENTATIVE}


@dataclass(frozen=True)
class Actor:
    """Who makes a request: a signed-in person with roles and regions, or a guest (`person` None).

    `withheld`: roles that the person has, but not in this session; `passkey_waits`: until a passkey is shown.
    """

    person: UUID | None = None
    roles: frozenset[Role] = frozenset()
    regions: dict[Role, frozenset[str]] = field(default_factory=dict)
    organization: str = ""
    withheld: frozenset[Role] = frozenset()
    passkey_waits: bool = False

    @property
    def name(self) -> str:
        """How the audit and calls name the actor."""
        return f"person:{self.person}" if self.person else "guest"

    def is_(self, *roles: Role) -> bool:
        """Whether the actor has any of these roles."""
        return bool(self.roles.intersection(roles))

    def sees_region(self, role: Role, kato: str) -> bool:
        """Whether, in this role, the actor may see a place; a role without a region list sees the whole country."""
        allowed = self.regions.get(role, frozenset())
        if role in REGIONAL and not allowed:
            return False
        return not allowed or any(kato.startswith(region[:2]) for region in allowed)


GUEST = Actor()


def opens_office(certificate_status: str) -> bool:
    """Whether a sign-in with such a key gives the roles of staff: only when a fresh list says that it is good."""
    return certificate_status == "good"


def without_office(actor: Actor, *, passkey_waits: bool = False) -> Actor:
    """The same person with the roles of staff withheld; no region or organisation is left without them."""
    kept = {role: regions for role, regions in actor.regions.items() if role not in STAFF}
    withheld = actor.roles & STAFF
    organization = "" if withheld else actor.organization
    return Actor(actor.person, actor.roles - STAFF, kept, organization, withheld, passkey_waits)


def place_missing(role: Role, regions: Collection[str], organization: str) -> Refusal | None:
    """Why a role cannot be given so: a school pedagogue works in one named school of one region."""
    if role is Role.SCHOOL_PEDAGOGUE and (len(regions) != 1 or not organization.strip()):
        return invalid("role.school_not_named")
    return None


def exclusion(held: Iterable[Role], wanted: Role) -> Refusal | None:
    """Why a person who holds these roles may not be given another; None when nothing stands against it."""
    roles = frozenset(held) | {wanted}
    if {Role.FINANCE_PREPARER, Role.FINANCE_APPROVER} <= roles:
        return conflict("role.preparer_and_approver")
    if Role.CURATOR in roles and roles & {Role.FINANCE_PREPARER, Role.FINANCE_APPROVER}:
        return conflict("role.curator_and_finance")
    if Role.SUPPLIER in roles and roles & {Role.FINANCE_PREPARER, Role.FINANCE_APPROVER, Role.FUND_STAFF}:
        return conflict("role.supplier_and_payer")
    if Role.AUDITOR in roles and roles & WRITERS:
        return conflict("role.auditor_and_writer")
    if Role.OPERATOR in roles and roles & DECIDERS:
        return conflict("role.operator_and_decider")
    return None


def need_role(actor: Actor, *roles: Role) -> None:
    """Refuse an actor without any of these roles, with a word of its own where the role is only withheld."""
    if actor.person is None:
        raise forbidden("account.sign_in_first")
    if not actor.is_(*roles):
        if actor.withheld.intersection(roles):
            raise forbidden("account.passkey_first" if actor.passkey_waits else "account.key_not_known_good")
        raise forbidden("account.not_your_role", needed=[str(role) for role in roles])
