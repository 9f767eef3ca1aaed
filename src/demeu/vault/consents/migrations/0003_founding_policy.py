"""The policy that a new database starts with: version 1, as the installed release has it."""

from typing import Any

from django.db import migrations
from django.utils import timezone

from demeu.vault.consents.rules import FOUNDING, written


def found(apps: Any, schema_editor: Any) -> None:
    """Write version 1 where there is none."""
    version = apps.get_model("vault_consents", "PolicyVersion")
    if not version.objects.exists():
        version.objects.create(number=1, cells=written(FOUNDING), proposed_by="role:release", at=timezone.now())


class Migration(migrations.Migration):
    dependencies = [("vault_consents", "0002_policy_in_versions_and_fields")]
    operations = [migrations.RunPython(found, migrations.RunPython.noop)]
