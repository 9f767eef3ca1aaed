"""Reading keys and certificates: nouns only, nothing is changed."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from asn1crypto import x509
from django.db.models import Case, Q, Value, When

from demeu.kernel.errors import not_found
from demeu.sandbox.identity.models import Authority, Desk, HeldKey, Holder
from demeu.sandbox.signing import keys
from demeu.sandbox.signing.certificates import Issuer

_CAST_FIRST = Case(When(holder__role="", then=Value(1)), default=Value(0))


@dataclass(frozen=True)
class Pair:
    """A private key with its certificate, ready to sign."""

    key: keys.SigningKey
    certificate: x509.Certificate


def authority_certificate(name: str) -> x509.Certificate:
    """The certificate of an authority (`root`, `gost`, `rsa`)."""
    found = Authority.objects.filter(name=name).first()
    if found is None:
        raise not_found("authority.unknown", name=name)
    return x509.Certificate.load(bytes(found.certificate))


def authority_issuer(name: str) -> Issuer:
    """The authority as one who signs."""
    found = Authority.objects.get(name=name)
    certificate = x509.Certificate.load(bytes(found.certificate))
    return Issuer(certificate["tbs_certificate"]["subject"], keys.restore_key(found.private))


def pair(held: HeldKey) -> Pair:
    """The key out of the database."""
    return Pair(keys.restore_key(held.private), x509.Certificate.load(bytes(held.certificate)))


def system_pair(uid: str) -> Pair:
    """The newest key of an information system."""
    held = HeldKey.objects.filter(holder__system_uid=uid, revoked_at=None).order_by("-made_at").first()
    if held is None:
        raise not_found("system.unknown")
    return pair(held)


def holder_of(iin: str) -> Holder:
    """The person with this IIN."""
    found = Holder.objects.filter(iin=iin).first()
    if found is None:
        raise not_found("holder.unknown")
    return found


def find_key(reference: str) -> HeldKey | None:
    """A person's key by its id or, given an IIN or a label of the demo cast, the person's newest signing key."""
    try:
        return HeldKey.objects.select_related("holder").filter(pk=UUID(reference)).first()
    except ValueError:
        if not reference or "\x00" in reference:
            return None
        people = HeldKey.objects.select_related("holder").filter(
            Q(holder__iin=reference) | Q(holder__role=reference), purpose="sign"
        )
        return people.filter(revoked_at=None).order_by("-made_at").first()


def current_key() -> HeldKey | None:
    """The key that was last picked on the page of keys."""
    desk = Desk.objects.select_related("current__holder").filter(pk=1).first()
    return desk.current if desk else None


def people_keys() -> Iterable[HeldKey]:
    """Keys of people, the cast of the demo first, then the newest."""
    found = HeldKey.objects.select_related("holder").exclude(purpose="system")
    return found.order_by(_CAST_FIRST, "-made_at")[:200]


def revoked_keys() -> Iterable[HeldKey]:
    """All withdrawn keys."""
    return HeldKey.objects.exclude(revoked_at=None).order_by("revoked_at")
