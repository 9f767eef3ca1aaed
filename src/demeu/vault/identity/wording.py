"""The words of texts to be signed, in the person's language."""

from django.utils.translation import override, pgettext

from demeu.contracts.words import Language
from demeu.vault.identity.rules import AttemptPurpose, DocumentKind, Wording

CONTEXT = "text to be signed"


def wording(purpose: AttemptPurpose, kind: str, lang: Language) -> Wording:
    """Words for signing in, or for signing a document of this kind."""
    with override(lang):
        heading, explanation = _sign_in() if purpose is AttemptPurpose.SIGN_IN else _document(kind)
        return Wording(
            heading=heading,
            explanation=explanation,
            site=pgettext(CONTEXT, "Site"),
            nonce=pgettext(CONTEXT, "One-time number"),
            made_at=pgettext(CONTEXT, "Made at"),
            valid_until=pgettext(CONTEXT, "Valid until"),
            document=pgettext(CONTEXT, "Document"),
        )


def headings(purpose: AttemptPurpose, kind: str) -> dict[str, str]:
    """The heading in every language, for a program that shows it in its own."""
    found = {}
    for lang in ("kk", "ru", "en"):
        with override(lang):
            found[lang] = (_sign_in() if purpose is AttemptPurpose.SIGN_IN else _document(kind))[0]
    return found


def _sign_in() -> tuple[str, str]:
    return pgettext(CONTEXT, "Sign in to Demeu"), pgettext(
        CONTEXT, "With this signature I only sign in. It signs no document and gives no consent."
    )


def _document(kind: str) -> tuple[str, str]:
    headings = {
        DocumentKind.APPLICATION: pgettext(CONTEXT, "Signature under an application for help"),
        DocumentKind.CONSENT: pgettext(CONTEXT, "Signature under a consent to the use of data"),
        DocumentKind.VISIT_ACT: pgettext(CONTEXT, "Signature under a visit report"),
        DocumentKind.PAYOUT: pgettext(CONTEXT, "Signature approving a payment"),
        DocumentKind.DELIVERY_ACT: pgettext(CONTEXT, "Signature under an act of delivery"),
        DocumentKind.DECISION: pgettext(CONTEXT, "Signature under a decision"),
    }
    return headings[DocumentKind(kind)], pgettext(
        CONTEXT, "With this signature I sign the document below. It cannot be used to sign in."
    )
