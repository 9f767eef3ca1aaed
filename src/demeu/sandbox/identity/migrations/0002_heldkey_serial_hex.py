"""The number of every certificate beside it, so that OCSP finds it."""

from asn1crypto import x509
from django.db import migrations, models


def fill(apps, schema_editor):
    for held in apps.get_model("sandbox_identity", "HeldKey").objects.all():
        held.serial_hex = f"{x509.Certificate.load(bytes(held.certificate)).serial_number:x}"
        held.save(update_fields=["serial_hex"])


class Migration(migrations.Migration):
    dependencies = [("sandbox_identity", "0001_initial")]
    operations = [
        migrations.AddField("heldkey", "serial_hex", models.CharField(default="", max_length=42), preserve_default=False),
        migrations.RunPython(fill, migrations.RunPython.noop),
        migrations.AlterField("heldkey", "serial_hex", models.CharField(db_index=True, max_length=42)),
    ]
