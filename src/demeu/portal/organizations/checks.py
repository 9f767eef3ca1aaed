"""What must always be true of the registry. Each query returns the rows that break the promise."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        "organizations.hidden_for_a_reason",
        "A case is hidden for an overdue report only while its organization has a report that is not filed.",
        'SELECT h."case" FROM portal_organizations_hiddencase h WHERE NOT EXISTS (SELECT 1'
        " FROM portal_organizations_report r WHERE r.organization_id = h.organization_id AND r.filed_at IS NULL)",
    ),
]
