"""Verifies and makes Kazakhstan electronic signatures: certificates, lists, CMS, XML-DSig and WSSE, GOST 2015 and RSA.

Pure: no Django, no database, no network. Any input whatsoever ends in a verdict, never in a traceback.
"""

from demeu.vault.identity.eds.certificate import Certificate, read_certificate
from demeu.vault.identity.eds.chain import Trust
from demeu.vault.identity.eds.cms import verify_cms
from demeu.vault.identity.eds.codes import Code, EdsError
from demeu.vault.identity.eds.signing import SigningKey, load_signing_key
from demeu.vault.identity.eds.verdict import SignerVerdict, Verdict, VerifiedBody
from demeu.vault.identity.eds.wsse import sign_body, verify_wsse
from demeu.vault.identity.eds.xmldsig import verify_xml

__all__ = [
    "Certificate",
    "Code",
    "EdsError",
    "SignerVerdict",
    "SigningKey",
    "Trust",
    "Verdict",
    "VerifiedBody",
    "load_signing_key",
    "read_certificate",
    "sign_body",
    "verify_cms",
    "verify_wsse",
    "verify_xml",
]
