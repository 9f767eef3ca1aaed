"""Promises about what is public that the database must keep."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="public_case_hides_its_family",
        promise="Every case that came from an application is public only with a release that at least 11 people fit.",
        sql="""
            SELECT c.id FROM portal_cases_case c
            WHERE c.application_id IS NOT NULL
              AND c.state IN ('published', 'funded', 'delivering', 'completed')
              AND NOT EXISTS (
                SELECT 1 FROM portal_catalogue_release r WHERE r."case" = c.id AND r.people >= 11 AND r.needs >= 3)
        """,
    ),
]
