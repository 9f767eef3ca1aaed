"""Tables that only grow: a trigger refuses UPDATE and DELETE, and the runtime user's grants leave them out."""

import pgtrigger
from django.apps import apps
from django.db import models


class AppendOnly(models.Model):
    """Base of an append-only table. A child with a Meta of its own writes `class Meta(AppendOnly.Meta)`."""

    class Meta:
        abstract = True
        triggers: list[pgtrigger.Trigger] = [
            pgtrigger.Protect(name="append_only", operation=pgtrigger.Update | pgtrigger.Delete)
        ]


def append_only_tables() -> list[str]:
    """Names of this role's append-only tables, for its grants."""
    return sorted(model._meta.db_table for model in apps.get_models() if issubclass(model, AppendOnly))


def resealed_columns() -> dict[str, list[str]]:
    """Table → sealed columns that may be rewritten all the same (a new key, an erasure): what apps name as theirs."""
    found: dict[str, list[str]] = {}
    for config in apps.get_app_configs():
        named = getattr(config, "resealed_columns", None)
        found.update(named() if named else {})
    return found
