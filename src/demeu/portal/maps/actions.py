"""Taking boundaries over. One transaction; the same file again changes nothing."""

import hashlib
import json
from typing import Any

from django.db import transaction

from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import invalid
from demeu.portal.maps.models import Boundaries
from demeu.portal.maps.shapes import paths_of

EDITION_LENGTH = 12


@transaction.atomic
def import_boundaries(*, text: str, credit: str, by: str) -> Boundaries:
    """Keep the boundaries of this GeoJSON in place of those of the same level; `credit` names source and licence."""
    if not credit.strip():
        raise invalid("map.no_credit")
    level, paths = paths_of(text)
    edition = hashlib.sha256(json.dumps([paths, credit], sort_keys=True).encode()).hexdigest()[:EDITION_LENGTH]
    known = Boundaries.objects.filter(level=level, edition=edition).first()
    if known:
        return known
    values: dict[str, Any] = {"edition": edition, "credit": credit.strip(), "shapes": paths}
    values |= {"imported_at": clock.now(), "imported_by": by}
    row, _ = Boundaries.objects.update_or_create(level=level, defaults=values)
    record(actor=by, action="map.import", subject=f"map:{level}", edition=edition, places=len(paths))
    return row
