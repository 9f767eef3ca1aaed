"""Identity over the vault's API; each handler only translates."""

import base64

from demeu.contracts import vault
from demeu.kernel.serving import Call, OperationApi
from demeu.vault.identity import actions
from demeu.vault.identity.oidc.actions import Returned, begin_oidc, complete_oidc
from demeu.vault.identity.oidc.providers import providers


def serve(api: OperationApi) -> None:
    """Register the operations of identity."""
    api.serve(vault.IDENTITY_BEGIN)(identity_begin)
    api.serve(vault.IDENTITY_COMPLETE)(identity_complete)
    api.serve(vault.IDENTITY_PROVIDERS)(identity_providers)
    api.serve(vault.OIDC_BEGIN)(oidc_begin)
    api.serve(vault.OIDC_COMPLETE)(oidc_complete)
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


def identity_providers(call: Call, body: vault.ProvidersQuestion) -> vault.OfferedProviders:
    """Tell which providers are offered."""
    offered = (vault.OfferedProvider(name=one.name, label=one.label) for one in providers())
    return vault.OfferedProviders(providers=tuple(offered))


def oidc_begin(call: Call, body: vault.OidcBegin) -> vault.OidcBegun:
    """Tell where to send the browser."""
    sent = begin_oidc(name=body.provider, session=body.session, redirect_uri=body.redirect_uri, lang=body.lang)
    return vault.OidcBegun(address=sent.address, expires_at=sent.expires_at)


def oidc_complete(call: Call, body: vault.OidcComplete) -> vault.SignedInPerson:
    """Check what came back and tell who signed in; never a key, so no status of one."""
    returned = Returned(body.state, body.code, body.issuer, body.error)
    return vault.SignedInPerson(person=complete_oidc(name=body.provider, session=body.session, returned=returned))


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
