"""Promises of messages: each query finds the rows that break one."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        "messages.no_code_is_kept",
        "The words of a one-time code are gone once it was handed over or given up",
        """
        SELECT message.id FROM vault_messages_outgoingmessage message
        JOIN vault_messages_delivery delivery ON delivery.message_id = message.id
        WHERE message.kind = 'code' AND octet_length(message.text) > 0 AND delivery.state <> 'waiting'
        """,
    ),
    Invariant(
        "messages.every_delivery_ends",
        "No delivery waits a day beyond its term",
        """
        SELECT id FROM vault_messages_delivery
        WHERE state IN ('waiting', 'collected') AND give_up_at < now() - interval '1 day'
        """,
    ),
]
