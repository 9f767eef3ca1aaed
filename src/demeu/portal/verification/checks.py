"""Promises about review and visit that the database must keep."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="approved_after_a_signed_visit_of_another_person",
        promise="An approved application has a signed visit, and nobody in it acts in two roles.",
        sql="""
            SELECT application.id FROM portal_cases_application application
            WHERE application.state = 'approved' AND NOT EXISTS (
                SELECT 1 FROM portal_verification_visit visit
                WHERE visit.application = application.id AND visit.state = 'done'
                  AND visit.volunteer <> visit.curator
                  AND visit.volunteer NOT IN (application.person, COALESCE(application.entered_by, application.person))
                  AND visit.curator NOT IN (application.person, COALESCE(application.entered_by, application.person)))
        """,
    ),
]
