"""The fund's seal on a PDF: a signature (PAdES, ECDSA or RSA with SHA-256) over the whole file.

Key and certificate lie in one PEM file of mode 600, which only treasury reads. Where none is given, a self-signed one
is made at first use: readers then see that the file is whole, but not yet who the fund is.
"""

import io
from datetime import timedelta
from functools import lru_cache
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import NameOID
from django.conf import settings

from demeu.kernel import clock
from demeu.kernel.secret_files import place_once

FIELD = "DemeuSeal"
VALID = timedelta(days=3650)


def seal_pdf(pdf: bytes) -> bytes:
    """The same file with the fund's signature appended; any later change of a byte breaks it."""
    from pyhanko.pdf_utils.incremental_writer import IncrementalPdfFileWriter  # loads slowly: only where it signs
    from pyhanko.sign.fields import SigSeedSubFilter
    from pyhanko.sign.signers import PdfSignatureMetadata, PdfSigner

    words = PdfSignatureMetadata(
        field_name=FIELD,
        md_algorithm="sha256",
        subfilter=SigSeedSubFilter.PADES,
        name=settings.DEMEU_TREASURY_FUND_NAME,
    )
    signer = _signer(Path(settings.DEMEU_TREASURY_SEAL), settings.DEMEU_TREASURY_FUND_NAME)
    sealed = io.BytesIO()
    PdfSigner(words, signer=signer).sign_pdf(IncrementalPdfFileWriter(io.BytesIO(pdf)), output=sealed)
    return sealed.getvalue()


@lru_cache(maxsize=4)
def _signer(path: Path, name: str) -> Any:
    from asn1crypto.keys import PrivateKeyInfo
    from asn1crypto.x509 import Certificate
    from pyhanko.sign.signers import SimpleSigner
    from pyhanko_certvalidator.registry import SimpleCertificateStore

    if not path.exists():
        place_once(path, _made(name))
    pem = path.read_bytes()
    key = load_pem_private_key(pem, password=None)
    own, *chain = [Certificate.load(found.public_bytes(Encoding.DER)) for found in x509.load_pem_x509_certificates(pem)]
    store = SimpleCertificateStore.from_certs(chain)  # type: ignore[no-untyped-call]
    info = PrivateKeyInfo.load(key.private_bytes(Encoding.DER, PrivateFormat.PKCS8, NoEncryption()))
    return SimpleSigner(signing_cert=own, signing_key=info, cert_registry=store)


def _made(name: str) -> bytes:
    """A key and a certificate that it signed itself."""
    key = generate_private_key(SECP256R1())
    pem = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    return pem + _self_signed(key, name).public_bytes(Encoding.PEM)


def _self_signed(key: Any, name: str) -> x509.Certificate:
    subject = x509.Name(
        [x509.NameAttribute(NameOID.ORGANIZATION_NAME, name), x509.NameAttribute(NameOID.COMMON_NAME, name)]
    )
    usage = x509.KeyUsage(
        digital_signature=True,
        content_commitment=True,
        key_encipherment=False,
        data_encipherment=False,
        key_agreement=False,
        key_cert_sign=False,
        crl_sign=False,
        encipher_only=False,
        decipher_only=False,
    )
    began = clock.now() - timedelta(minutes=5)
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(subject)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(began)
        .not_valid_after(began + VALID)
        .add_extension(usage, critical=True)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
