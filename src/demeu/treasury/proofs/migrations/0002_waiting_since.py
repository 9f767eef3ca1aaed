"""Since when a leaf waits: the moment of writing, which for imported records is not the moment of what they record."""

import django.utils.timezone
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("treasury_proofs", "0001_initial")]

    operations = [
        migrations.AddField(
            model_name="leafwaiting",
            name="since",
            field=models.DateTimeField(default=django.utils.timezone.now),
        ),
    ]
