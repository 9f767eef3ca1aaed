"""Founding the authority, issuing and withdrawing keys, choosing whose key lies in NCALayer."""

from dataclasses import dataclass
from datetime import timedelta

from asn1crypto import x509
from django.conf import settings
from django.db import transaction

from demeu.kernel.clock import now
from demeu.kernel.errors import conflict, invalid, not_found
from demeu.sandbox.identity import queries
from demeu.sandbox.identity.models import Authority, Desk, HeldKey, Holder
from demeu.sandbox.signing import certificates, keys

ROOT_NAME = "НЕГІЗГІ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST) SANDBOX"
ISSUING_NAMES = {
    "gost": "ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (GOST) SANDBOX",
    "rsa": "ҰЛТТЫҚ КУӘЛАНДЫРУШЫ ОРТАЛЫҚ (RSA) SANDBOX",
}
FILES = {"gost": "sandbox-nca", "rsa": "sandbox-nca-rsa", "root": "sandbox-root"}


@dataclass(frozen=True)
class Person:
    """Someone who is to have keys; `role` is a label of the demo cast, empty for anybody else."""

    iin: str
    surname: str
    given_name: str
    patronymic: str = ""
    phone: str = ""
    bin: str = ""
    organization: str = ""
    role: str = ""


@transaction.atomic
def found_authorities() -> None:
    """Make the root, the GOST authority under it and the RSA authority (self-signed), unless they are there."""
    if Authority.objects.exists():
        return
    at = now() - timedelta(days=30)
    root = keys.new_key()
    subject = certificates.Subject(common_name=ROOT_NAME)
    certificate = certificates.authority_certificate(subject=subject, key=root, issuer=None, not_before=at)
    _keep_authority("root", root, certificate)
    above = certificates.Issuer(certificate["tbs_certificate"]["subject"], root, _links("root"))
    for name, algorithm, issuer in (("gost", keys.GOST, above), ("rsa", keys.RSA, None)):
        key = keys.new_key(algorithm)
        subject = certificates.Subject(common_name=ISSUING_NAMES[name])
        certificate = certificates.authority_certificate(subject=subject, key=key, issuer=issuer, not_before=at)
        _keep_authority(name, key, certificate)


@transaction.atomic
def enrol(person: Person) -> HeldKey:
    """Know the person and give them a signing key; one who is known keeps the key they have."""
    holder, made = Holder.objects.get_or_create(
        iin=person.iin,
        defaults={
            "role": person.role,
            "common_name": f"{person.surname} {person.given_name}",
            "surname": person.surname,
            "given_name": person.given_name,
            "patronymic": person.patronymic,
            "phone": person.phone,
            "bin": person.bin,
            "organization": person.organization,
            "made_at": now(),
        },
    )
    held = None if made else queries.find_key(person.iin)
    return held or issue_key(holder=holder, purpose="sign")


@transaction.atomic
def enrol_system(*, uid: str, common_name: str, organization: str, bin: str, algorithm: str = keys.GOST) -> HeldKey:
    """Know an information system and give it a key; a system that has a key of the algorithm keeps it."""
    holder, _ = Holder.objects.get_or_create(
        system_uid=uid,
        defaults={"common_name": common_name, "organization": organization, "bin": bin, "made_at": now()},
    )
    held = holder.keys.filter(algorithm=algorithm, revoked_at=None).first()
    return held or issue_key(holder=holder, purpose="system", algorithm=algorithm)


@transaction.atomic
def issue_key(*, holder: Holder, purpose: str, algorithm: str = keys.GOST, expired: bool = False) -> HeldKey:
    """A fresh key with a certificate for a year; `expired` makes one that ended yesterday, for tests of refusal."""
    if purpose not in {"sign", "auth", "system"} or algorithm not in {keys.GOST, keys.RSA}:
        raise invalid("key.unknown_kind")
    authority = "gost" if algorithm == keys.GOST else "rsa"
    issuer = queries.authority_issuer(authority)
    issuer = certificates.Issuer(issuer.name, issuer.key, _links(authority))
    roles = (
        certificates.system_roles()
        if purpose == "system"
        else certificates.person_roles(purpose=purpose, has_organization=bool(holder.bin))
    )
    key = keys.new_key(algorithm)
    begin = now() - timedelta(days=366 if expired else 1)
    certificate = certificates.holder_certificate(
        subject=_subject(holder), key=key, issuer=issuer, roles=roles, not_before=begin
    )
    return HeldKey.objects.create(
        holder=holder,
        algorithm=algorithm,
        purpose=purpose,
        private=key.store(),
        certificate=certificate.dump(),
        serial_hex=f"{certificate.serial_number:x}",
        made_at=now(),
    )


@transaction.atomic
def revoke_key(*, key_id: str) -> HeldKey:
    """Withdraw a certificate; the list is written anew by whoever serves or stores it."""
    held = HeldKey.objects.select_for_update().filter(pk=key_id).first()
    if held is None:
        raise not_found("key.unknown")
    if held.revoked_at is not None:
        raise conflict("key.already_revoked")
    held.revoked_at = now()
    held.save(update_fields=["revoked_at"])
    return held


@transaction.atomic
def choose_key(*, reference: str) -> HeldKey:
    """Lay a person's key (by key id or IIN) into NCALayer."""
    held = queries.find_key(reference)
    if held is None or held.purpose == "system":
        raise not_found("key.unknown")
    Desk.objects.update_or_create(pk=1, defaults={"current": held})
    return held


@transaction.atomic
def cancel_next_signing() -> None:
    """Let the user of NCALayer close its window at the next signing."""
    Desk.objects.update_or_create(pk=1, defaults={"cancel_next": True})


@transaction.atomic
def take_cancellation() -> bool:
    """Whether the user closes the window now; asked once, forgotten after."""
    return Desk.objects.filter(pk=1, cancel_next=True).update(cancel_next=False) == 1


def _keep_authority(name: str, key: keys.SigningKey, certificate: x509.Certificate) -> None:
    Authority.objects.create(name=name, private=key.store(), certificate=certificate.dump(), made_at=now())


def _links(name: str) -> certificates.Links:
    base = f"{settings.DEMEU_ADDRESSES['sandbox']}/ca/{FILES[name]}"
    return certificates.Links(crl="" if name == "root" else f"{base}.crl", issuer=f"{base}.cer")


def _subject(holder: Holder) -> certificates.Subject:
    return certificates.Subject(
        common_name=holder.common_name,
        surname=holder.surname,
        patronymic=holder.patronymic,
        iin=holder.iin or "",
        organization=holder.organization if holder.bin else "",
        bin=holder.bin,
        system_uid=holder.system_uid or "",
    )
