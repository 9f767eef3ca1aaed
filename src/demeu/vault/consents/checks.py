"""What must always be true of consents."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="consents.last_move",
        promise="a consent stands in the state of its last recorded move",
        sql="""
        SELECT consent.id FROM vault_consents_consentrow consent
        WHERE consent.state IS DISTINCT FROM (
            SELECT state FROM vault_consents_consentmove move
            WHERE move.consent_id = consent.id ORDER BY move.id DESC LIMIT 1)
        """,
    ),
]
