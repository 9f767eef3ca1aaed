"""Revocation lists, OCSP answers and the folder of trust: what the authority publishes, as bytes and as files."""

import base64
import json
from pathlib import Path

from django.db import transaction

from demeu.kernel.clock import now
from demeu.sandbox.identity import queries
from demeu.sandbox.identity.actions import FILES
from demeu.sandbox.identity.models import Authority, HeldKey
from demeu.sandbox.signing import keys, ocsp, revocation

ALGORITHMS = {"gost": keys.GOST, "rsa": keys.RSA}


@transaction.atomic
def fresh_list(name: str) -> bytes:
    """A new revocation list of the authority `gost` or `rsa`, DER, numbered after the last one."""
    authority = Authority.objects.select_for_update().get(name=name)
    authority.list_number += 1
    authority.save(update_fields=["list_number"])
    withdrawn = [
        revocation.Revoked(queries.pair(held).certificate.serial_number, held.revoked_at)
        for held in queries.revoked_keys()
        if held.algorithm == ALGORITHMS[name] and held.revoked_at
    ]
    made = revocation.revocation_list(
        issuer=queries.authority_issuer(name), revoked=withdrawn, number=authority.list_number, at=now()
    )
    return bytes(made.dump())


def status_answer(question: bytes) -> bytes:
    """The OCSP answer of whichever authority the question names; ValueError for what is no question."""
    name = next((one for one in ALGORITHMS if ocsp.asked_serials(question, queries.authority_certificate(one))), "gost")
    return ocsp.answer(
        question,
        authority=queries.authority_certificate(name),
        issuer=queries.authority_issuer(name),
        lookup=_known,
        at=now(),
    )


def _known(serial: int) -> revocation.Revoked | bool | None:
    held = HeldKey.objects.filter(serial_hex=f"{serial:x}").first()
    if held is None:
        return None
    return revocation.Revoked(serial, held.revoked_at) if held.revoked_at else False


def write_certificates(folder: Path) -> None:
    """Put the authorities' certificates (DER) into the folder."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, file in FILES.items():
        write_file(folder / f"{file}.cer", queries.authority_certificate(name).dump())


def write_lists(folder: Path) -> None:
    """Put fresh revocation lists into the folder."""
    for name in ALGORITHMS:
        write_file(folder / f"{FILES[name]}.crl", fresh_list(name))


def write_system_key(path: Path, held: HeldKey, **more: str) -> None:
    """The private key and certificate of an information system, as its operator would receive them."""
    stored = {**held.private, "certificate_b64": base64.b64encode(bytes(held.certificate)).decode(), **more}
    write_file(path, json.dumps(stored, ensure_ascii=False, indent=1).encode(), mode=0o600)


def write_file(path: Path, content: bytes, *, mode: int = 0o644) -> None:
    """Replace the file at once, so that a reader never sees half of it."""
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(content)
    beside.chmod(mode)
    beside.replace(path)
