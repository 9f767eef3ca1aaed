"""What must always be true of attempts and signatures."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="identity.attempt_used_once_and_in_time",
        promise="an attempt is used, if at all, between its making and its end, at most five minutes later",
        sql="""
        SELECT id FROM vault_identity_signingattempt
        WHERE used_at < created_at OR used_at > expires_at + interval '30 seconds'
           OR expires_at - created_at > interval '5 minutes'
        """,
    ),
    Invariant(
        name="identity.signature_of_used_attempt",
        promise="a kept signature belongs to an attempt of the same person, made to sign a document, and used",
        sql="""
        SELECT kept.id FROM vault_identity_signature kept
        JOIN vault_identity_signingattempt attempt ON attempt.id = kept.attempt
        WHERE attempt.purpose <> 'document' OR attempt.used_at IS NULL OR attempt.person IS DISTINCT FROM kept.person
        """,
    ),
]
