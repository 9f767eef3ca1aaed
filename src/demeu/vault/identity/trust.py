"""Whom the vault believes: certificates and lists of the folder DEMEU_VAULT_TRUST, read again when they change.

`*.cer`: self-issued certificates are anchors, all others candidates for a path. `*.crl`: each belongs to the authority
that it names. A file that cannot be read is left out and logged; it never widens trust.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache
from pathlib import Path
from typing import TypeVar

from django.conf import settings

from demeu.kernel.logs import logger
from demeu.vault.identity.eds import Certificate, EdsError, Trust, read_certificate
from demeu.vault.identity.eds.crl import read_list

log = logger(__name__)
Stamp = tuple[tuple[str, int, int], ...]
Read = TypeVar("Read")


def current_trust() -> Trust:
    """The trust as the folder stands now; empty when there is no folder, and then nobody is believed."""
    folder = Path(settings.DEMEU_VAULT_TRUST)
    files = sorted((*folder.glob("*.cer"), *folder.glob("*.crl")))
    stamps = ((path, path.stat()) for path in files)
    return _read_trust(folder, tuple((path.name, stat.st_mtime_ns, stat.st_size) for path, stat in stamps))


@lru_cache(maxsize=2)
def _read_trust(folder: Path, stamp: Stamp) -> Trust:
    names = [name for name, _, _ in stamp]
    files = [_readable(folder / name, read_certificate) for name in names if name.endswith(".cer")]
    certificates = [found for found in files if found is not None]
    lists = [_listed(folder / name, certificates) for name in names if name.endswith(".crl")]
    return Trust(
        anchors=tuple(one for one in certificates if one.issuer_name == one.subject_name),
        intermediates=tuple(one for one in certificates if one.issuer_name != one.subject_name),
        revocation=tuple(found for found in lists if found is not None),
    )


def _listed(path: Path, certificates: list[Certificate]) -> tuple[bytes, Certificate] | None:
    found = _readable(path, lambda source: (source, read_list(source)))
    if found is None:
        return None
    source, lists = found
    for certificate in certificates:
        if certificate.subject_name == lists.issuer_name:
            return source, certificate
    log.warning("trust.list_without_issuer", file=path.name)
    return None


def _readable(path: Path, read: Callable[[bytes], Read]) -> Read | None:
    try:
        return read(path.read_bytes())
    except (EdsError, OSError) as error:
        log.warning("trust.file_unreadable", file=path.name, error=str(error))
        return None
