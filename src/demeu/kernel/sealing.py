"""Sealing words so that only one service can read them: JWE (RFC 7516) to its X25519 key (RFC 8037).

Portal seals an applicant's free answers to vault at once; what portal keeps while vault is away, portal cannot read.
"""

import json
from collections.abc import Sequence
from pathlib import Path

from joserfc import jwe
from joserfc.errors import JoseError
from joserfc.jwk import OKPKey

from demeu.kernel.errors import invalid

HEADER = {"alg": "ECDH-ES+A256KW", "enc": "A256GCM"}
ALGORITHMS = ["ECDH-ES+A256KW", "A256GCM"]


def make_seals(folder: Path, roles: Sequence[str]) -> None:
    """Make the missing sealing keys: `<role>/seal.jwk` (mode 600), everybody's public ones in `<role>/seals.json`."""
    public: dict[str, dict[str, object]] = {}
    for role in roles:
        path = folder / role / "seal.jwk"
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(json.dumps(OKPKey.generate_key("X25519").as_dict(private=True)))
        public[role] = dict(OKPKey.import_key(json.loads(path.read_text())).as_dict(private=False))
    for role in roles:
        (folder / role / "seals.json").write_text(json.dumps(public, sort_keys=True))


def seal(keys: Path, to_role: str, words: str) -> str:
    """The words, readable only by `to_role`. `keys` is the caller's own key folder."""
    public = OKPKey.import_key(json.loads((keys / "seals.json").read_text())[to_role])
    return jwe.encrypt_compact(HEADER, words.encode(), public, algorithms=ALGORITHMS)


def unseal(keys: Path, sealed: str) -> str:
    """What was sealed to the owner of this key folder; `seal.unreadable` for anything else."""
    private = OKPKey.import_key(json.loads((keys / "seal.jwk").read_text()))
    try:
        opened = jwe.decrypt_compact(sealed, private, algorithms=ALGORITHMS).plaintext
    except (JoseError, ValueError):
        raise invalid("seal.unreadable") from None
    if opened is None:
        raise invalid("seal.unreadable")
    return opened.decode()
