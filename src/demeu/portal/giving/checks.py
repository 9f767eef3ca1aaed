"""What must always be true of the portal's gifts. Each query returns the rows that break the promise."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        "giving.offer_accepted",
        "Every gift was begun with the public offer accepted in the version it names.",
        "SELECT g.gift FROM portal_giving_giftintent g WHERE NOT EXISTS (SELECT 1 FROM portal_legal_acceptance a"
        " WHERE a.kind = 'offer' AND a.version = g.offer_version AND a.subject = 'gift:' || g.gift::text)",
    ),
]
