"""Identity over the vault's API; each handler only translates."""

import base64

from demeu.contracts import vault
from demeu.kernel.serving import Call, OperationApi
from demeu.vault.identity import actions, passkeys, qr
from demeu.vault.identity.oidc.actions import Returned, begin_oidc, complete_oidc
from demeu.vault.identity.oidc.providers import providers
from demeu.vault.identity.queries import signature_card


def serve(api: OperationApi) -> None:
    """Register the operations of identity."""
    api.serve(vault.IDENTITY_BEGIN)(identity_begin)
    api.serve(vault.IDENTITY_COMPLETE)(identity_complete)
    api.serve(vault.IDENTITY_PROVIDERS)(identity_providers)
    api.serve(vault.OIDC_BEGIN)(oidc_begin)
    api.serve(vault.OIDC_COMPLETE)(oidc_complete)
    api.serve(vault.QR_OPEN)(qr_open)
    api.serve(vault.QR_SHOW)(qr_show)
    api.serve(vault.QR_PUT)(qr_put)
    api.serve(vault.QR_COLLECT)(qr_collect)
    api.serve(vault.PASSKEY_BEGIN)(passkey_begin)
    api.serve(vault.PASSKEY_COMPLETE)(passkey_complete)
    api.serve(vault.PASSKEY_LIST)(passkey_list)
    api.serve(vault.PASSKEY_REMOVE)(passkey_remove)
    api.serve(vault.SIGNATURE_BEGIN)(signature_begin)
    api.serve(vault.SIGNATURE_COMPLETE)(signature_complete)
    api.serve(vault.SIGNATURE_SHOW)(signature_show)


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
        has_passkey=found.has_passkey,
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


def qr_open(call: Call, body: vault.QrOpen) -> vault.QrOpened:
    """Open a way for the phone to an attempt."""
    opened = qr.open_link(attempt=body.attempt, session=body.session)
    return vault.QrOpened(token=opened.token, expires_at=opened.expires_at)


def qr_show(call: Call, body: vault.QrShow) -> vault.QrShown:
    """Tell the phone what is to be signed."""
    shown = qr.show(token=body.token, bearer=body.bearer)
    return vault.QrShown(
        attempt=shown.attempt,
        bearer=shown.bearer,
        names=shown.names,
        to_sign_b64=base64.b64encode(shown.to_sign).decode(),
        expires_at=shown.expires_at,
    )


def qr_put(call: Call, body: vault.QrPut) -> vault.QrTaken:
    """Take the signature that a phone brings."""
    qr.put(token=body.token, bearer=body.bearer, cms=body.cms)
    return vault.QrTaken()


def qr_collect(call: Call, body: vault.QrOpen) -> vault.QrCollected:
    """Hand the browser the signature that has come."""
    return vault.QrCollected(cms=qr.collect(attempt=body.attempt, session=body.session))


def passkey_begin(call: Call, body: vault.PasskeyBegin) -> vault.PasskeyBegun:
    """Give the browser options to make or show a passkey."""
    begin = passkeys.begin_using if body.use else passkeys.begin_registering
    begun = begin(person=body.person, session=body.session, origin=body.origin)
    return vault.PasskeyBegun(attempt=begun.attempt, options=begun.options, expires_at=begun.expires_at)


def passkey_complete(call: Call, body: vault.PasskeyComplete) -> vault.PasskeyDone:
    """Check what the browser answered."""
    about = {"attempt": body.attempt, "person": body.person}
    if body.use:
        passkeys.use(**about, session=body.session, answer=body.answer)
    else:
        passkeys.register(**about, session=body.session, answer=body.answer, label=body.label)
    return vault.PasskeyDone()


def passkey_list(call: Call, body: vault.PasskeysQuestion) -> vault.Passkeys:
    """List a person's passkeys."""
    cards = (
        vault.PasskeyCard(passkey=one.id, label=one.label, made_at=one.made_at, used_at=one.used_at)
        for one in passkeys.passkeys_of(body.person)
    )
    return vault.Passkeys(passkeys=tuple(cards))


def passkey_remove(call: Call, body: vault.PasskeyRemove) -> vault.PasskeyDone:
    """Forget a passkey."""
    passkeys.remove(person=body.person, passkey=body.passkey)
    return vault.PasskeyDone()


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
            documents=body.documents,
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


def signature_show(call: Call, body: vault.SignatureQuestion) -> vault.SignatureFacts:
    """Tell whose signature it is and what it is about."""
    kept = signature_card(body.signature)
    return vault.SignatureFacts(
        person=kept.person, kind=kept.kind, subject=kept.subject, signed_sha256=kept.signed_sha256, at=kept.at
    )
