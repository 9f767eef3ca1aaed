"""Words for the refusals of signing in, signing and roles."""

from django.utils.translation import gettext_lazy as _

REFUSALS = {
    "account.sign_in_first": _("Please sign in first."),
    "account.not_your_role": _("This page is for other work. Your roles do not open it."),
    "account.key_not_known_good": _(
        "When you signed in, it could not be checked that your key is good. Work in office needs that: sign out and"
        " sign in again in a few minutes."
    ),
    "account.passkey_first": _("Work in office needs your passkey besides the digital signature. Show it first."),
    "passkey.none": _("There is no such passkey."),
    "passkey.refused": _("This passkey was not accepted. Try again, or use another one of yours."),
    "passkey.too_many": _("Ten passkeys are enough. Remove one that you no longer use."),
    "passkey.bad_label": _("Name the passkey in one short line, for example after the device it is on."),
    "passkey.show_first": _("Show one of your passkeys first; then you can add or remove them."),
    "passkey.key_first": _("Sign in with your digital signature first: a passkey is added to it, never instead of it."),
    "identity.unknown_provider": _("This way of signing in is not offered here."),
    "identity.provider_unavailable": _("The service you sign in by does not answer. Try again in a few minutes."),
    "identity.wrong_provider": _("The answer came from another service than the one you chose."),
    "identity.cancelled": _("You did not finish signing in there. Nothing has been opened."),
    "identity.bad_token": _("What the service told us about you does not hold. Please sign in again."),
    "qr.unknown": _("This code is not known. Ask the page for a new one."),
    "qr.wrong_bearer": _("The phone did not show the word that belongs to this code."),
    "qr.brought_already": _("A signature has come for this code already."),
    "role.preparer_and_approver": _("One person may not both prepare and approve payouts."),
    "role.curator_and_finance": _("Whoever leads cases may not prepare or approve payouts."),
    "role.supplier_and_payer": _("Whoever is paid may not take part in paying."),
    "role.auditor_and_writer": _("An auditor may not also make changes."),
    "role.operator_and_decider": _("The operator may not take decisions."),
    "invitation.unknown": _("This invitation is not known. Ask for a new link."),
    "invitation.over": _("This invitation has been used or is too old. Ask for a new link."),
    "identity.unknown_attempt": _("This sign-in is not known. Please press the button again."),
    "identity.replayed": _("This signature has been used already. Please sign again."),
    "identity.expired": _("The five minutes for signing are over. Please sign again."),
    "identity.wrong_session": _("The signature was made for another browser. Please sign here again."),
    "identity.bad_origin": _("The site is open at an address that we do not sign for. Open it by its usual address."),
    "identity.unreadable": _("What came from NCALayer is not a signature. Please sign again."),
    "identity.several_signers": _("More than one key has signed. Sign again with your own key alone."),
    "identity.untrusted": _(
        "This key is from a centre we do not know. Choose a key of the National Certification Authority."
    ),
    "identity.unsupported_key": _("Keys of this kind are no longer accepted. Get a new key at eGov, it is free."),
    "identity.certificate_expired": _(
        "The term of this key is over or has not begun. A new key is issued at eGov or at a public service centre."
    ),
    "identity.certificate_revoked": _("This key has been revoked. Choose another one or get a new key at eGov."),
    "identity.wrong_key_usage": _(
        "This key does not serve for that. Choose a person's key; documents need the signing key."
    ),
    "identity.wrong_policy": _("Keys issued under these rules are not accepted here. Choose another key."),
    "identity.no_iin": _(
        "There is no IIN in this key: it belongs to an organization's system. Choose your personal key."
    ),
    "identity.status_unknown": _(
        "The certification authority does not answer and the key cannot be checked. Nothing has been signed;"
        " please try again in a few minutes."
    ),
    "identity.bad_signature": _("The signature does not hold. Check the key and sign again."),
    "signature.other_person": _("Another person's key has signed. Use your own key."),
    "signature.bad_document": _("This text cannot be signed. Go back and look at what you entered."),
    "signature.unknown": _("There is no such signature, or it is not yours."),
    "role.not_held": _("This person does not have the role."),
}
