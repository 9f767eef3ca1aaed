"""Identity over the vault's API; each handler only translates."""

import base64

from demeu.contracts import vault
from demeu.kernel.serving import Call, OperationApi
from demeu.vault.identity import actions


def serve(api: OperationApi) -> None:
    """Register the operations of identity."""
    api.serve(vault.IDENTITY_BEGIN)(identity_begin)
    api.serve(vault.IDENTITY_COMPLETE)(identity_complete)
    api.serve(vault.SIGNATURE_BEGIN)(signature_begin)
    api.serve(vault.SIGNATURE_COMPLETE)(signature_complete)


def identity_begin(call: Call, body: vault.IdentityBegin) -> vault.IdentityBegun:
    """Give a text to be signed for signing in."""
    return _begun(actions.begin_sign_in(session=body.session, origin=body.origin, lang=body.lang))


def identity_complete(call: Call, body: vault.IdentityComplete) -> vault.SignedInPerson:
    """Check the signature and tell who signed in."""
    found = actions.complete_sign_in(attempt=body.attempt, session=body.session, cms=body.cms, staff=body.staff)
    return vault.SignedInPerson(
        person=found.person,
        organization_bin=found.organization_bin,
        certificate_roles=found.certificate_roles,
        certificate_status=found.status.value,
    )


def signature_begin(call: Call, body: vault.SignatureBegin) -> vault.IdentityBegun:
    """Give a text to be signed as a document."""
    return _begun(
        actions.begin_signature(
            person=body.person,
            session=body.session,
            origin=body.origin,
            kind=body.kind,
            subject=body.subject,
            text=body.text,
            lang=body.lang,
        )
    )


def signature_complete(call: Call, body: vault.SignatureComplete) -> vault.SignatureKept:
    """Check the signature under the document and keep it."""
    kept = actions.complete_signature(attempt=body.attempt, person=body.person, session=body.session, cms=body.cms)
    return vault.SignatureKept(signature=kept.signature, signed_sha256=kept.signed_sha256)


def _begun(begun: actions.Begun) -> vault.IdentityBegun:
    return vault.IdentityBegun(
        attempt=begun.attempt, to_sign_b64=base64.b64encode(begun.to_sign).decode(), expires_at=begun.expires_at
    )
