"""A passkey in software (WebAuthn, ES256, attestation none). Only for tests; shares no code with the verifier."""

import base64
import hashlib
import json
import secrets
from dataclasses import dataclass, field

import cbor2
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256

PRESENT, VERIFIED, ATTESTED = 0x01, 0x04, 0x40


def b64(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


@dataclass
class Authenticator:
    """One device with one key; `counter` grows with every use."""

    origin: str
    key: ec.EllipticCurvePrivateKey = field(default_factory=lambda: ec.generate_private_key(ec.SECP256R1()))
    credential: bytes = field(default_factory=lambda: secrets.token_bytes(32))
    counter: int = 0

    def make(self, options: str, **changed: str) -> str:
        """The answer to options of registration; `origin`, `type`, `challenge`, `rp_id` may be others."""
        asked = json.loads(options)
        numbers = self.key.public_key().public_numbers()
        x, y = numbers.x.to_bytes(32, "big"), numbers.y.to_bytes(32, "big")
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, -2: x, -3: y})
        data = self._told(changed.get("rp_id", asked["rp"]["id"]), ATTESTED)
        data += bytes(16) + len(self.credential).to_bytes(2, "big") + self.credential + public
        response = {
            "clientDataJSON": b64(self._client_data("webauthn.create", asked["challenge"], changed)),
            "attestationObject": b64(cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})),
        }
        return self._answer(response)

    def show(self, options: str, **changed: str) -> str:
        """The answer to options of use."""
        asked = json.loads(options)
        self.counter += 1
        data = self._told(changed.get("rp_id", asked["rpId"]), 0)
        client = self._client_data("webauthn.get", asked["challenge"], changed)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(SHA256()))
        return self._answer(
            {"clientDataJSON": b64(client), "authenticatorData": b64(data), "signature": b64(signature)}
        )

    def _told(self, rp_id: str, more: int) -> bytes:
        flags = bytes([PRESENT | VERIFIED | more])
        return hashlib.sha256(rp_id.encode()).digest() + flags + self.counter.to_bytes(4, "big")

    def _client_data(self, kind: str, challenge: str, changed: dict[str, str]) -> bytes:
        told = {"type": kind, "challenge": challenge, "origin": self.origin, "crossOrigin": False}
        return json.dumps({**told, **{name: value for name, value in changed.items() if name in told}}).encode()

    def _answer(self, response: dict[str, str]) -> str:
        name = b64(self.credential)
        return json.dumps({"id": name, "rawId": name, "type": "public-key", "response": response})
