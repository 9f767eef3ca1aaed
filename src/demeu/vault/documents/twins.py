"""Finding a file or photo that was used before under another subject. Tells references only, never content."""

from collections.abc import Sequence
from uuid import UUID

from django.db import connection

from demeu.contracts.vault import DocumentTwin

# Of 256 bits. A new compression, another size or a light edge changes a few; pictures of two things differ in ~128.
BITS_ALIKE_MAX = 18
TWINS_MAX = 50
FIND = """
SELECT d.id, o.id, o.subject, o.kind, d.sha256 = o.sha256,
       CASE WHEN d.sha256 = o.sha256 THEN 0 ELSE bit_count(('x' || d.look)::bit(256) # ('x' || o.look)::bit(256)) END
FROM vault_documents_documentrow d
JOIN vault_documents_documentrow o ON o.id <> d.id AND o.subject <> d.subject AND (o.at, o.id) < (d.at, d.id)
 AND (o.sha256 = d.sha256 OR (d.look <> '' AND o.look <> ''
      AND bit_count(('x' || d.look)::bit(256) # ('x' || o.look)::bit(256)) <= %s))
WHERE d.id = ANY(%s) AND d.media_type NOT LIKE 'text/%%' AND d.media_type <> 'application/json'
ORDER BY d.id, 6, o.at LIMIT %s
"""


def twins_of(documents: Sequence[UUID]) -> list[DocumentTwin]:
    """Earlier documents of other subjects with the same bytes or the same look, the likest first."""
    with connection.cursor() as cursor:
        cursor.execute(FIND, [BITS_ALIKE_MAX, list(documents), TWINS_MAX])
        return [
            DocumentTwin(
                document=document,
                other=other,
                other_subject=subject,
                other_kind=kind,
                how="same_bytes" if same else "looks_alike",
                bits=bits,
            )
            for document, other, subject, kind, same, bits in cursor.fetchall()
        ]
