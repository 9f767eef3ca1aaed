"""What must always be true of the access trail."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="access.chain",
        promise="each link's hash covers the hash before it and the exact words of its record",
        sql="""
        SELECT link.size FROM vault_access_accesslink link
        JOIN vault_access_accessrecord record ON record.id = link.record_id
        LEFT JOIN vault_access_accesslink before ON before.size = link.size - 1
        WHERE link.sha256 <> encode(sha256(convert_to(link.previous_sha256 || record.content, 'UTF8')), 'hex')
           OR link.previous_sha256 <> coalesce(before.sha256, repeat('0', 64))
           OR (before.size IS NULL AND link.size <> 1)
        """,
    ),
    Invariant(
        name="access.words",
        promise="the columns of a record say what its chained words say",
        sql="""
        SELECT id FROM vault_access_accessrecord
        WHERE content::jsonb ->> 'actor' <> actor OR content::jsonb ->> 'subject' <> subject::text
           OR content::jsonb ->> 'operation' <> operation OR content::jsonb ->> 'purpose' <> purpose
           OR content::jsonb -> 'fields' <> fields
           OR coalesce(content::jsonb ->> 'office', '') <> office
           OR coalesce(content::jsonb ->> 'organization', '') <> organization
           OR coalesce(content::jsonb ->> 'about', '') <> about
        """,
    ),
    Invariant(
        name="access.heads",
        promise="every announced head is a link of the chain",
        sql="""
        SELECT head.size FROM vault_access_accesshead head
        LEFT JOIN vault_access_accesslink link ON link.size = head.size
        WHERE link.sha256 IS DISTINCT FROM head.sha256
        """,
    ),
]
