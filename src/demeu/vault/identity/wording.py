"""The words of texts to be signed, in the person's language."""

from django.utils.translation import gettext as _
from django.utils.translation import override

from demeu.contracts.words import Language
from demeu.vault.identity.rules import AttemptPurpose, DocumentKind, Wording


def wording(purpose: AttemptPurpose, kind: str, lang: Language) -> Wording:
    """Words for signing in, or for signing a document of this kind."""
    with override(lang):
        heading, explanation = _sign_in() if purpose is AttemptPurpose.SIGN_IN else _document(kind)
        return Wording(
            heading=heading,
            explanation=explanation,
            site=_("Site"),
            nonce=_("One-time number"),
            made_at=_("Made at"),
            valid_until=_("Valid until"),
            document=_("Document"),
        )


def _sign_in() -> tuple[str, str]:
    return _("Sign in to Demeu"), _("With this signature I only sign in. It signs no document and gives no consent.")


def _document(kind: str) -> tuple[str, str]:
    headings = {
        DocumentKind.APPLICATION: _("Signature under an application for help"),
        DocumentKind.CONSENT: _("Signature under a consent to the use of data"),
        DocumentKind.VISIT_ACT: _("Signature under a visit report"),
        DocumentKind.PAYOUT: _("Signature approving a payment"),
        DocumentKind.DELIVERY_ACT: _("Signature under an act of delivery"),
        DocumentKind.DECISION: _("Signature under a decision"),
    }
    return headings[DocumentKind(kind)], _(
        "With this signature I sign the document below. It cannot be used to sign in."
    )
