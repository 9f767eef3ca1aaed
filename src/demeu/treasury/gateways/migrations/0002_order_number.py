"""Order numbers for gateways: 6–15 digits, never used twice."""

from django.db import migrations

ADD = "CREATE SEQUENCE treasury_gateways_order_number START 100000001 MINVALUE 100000 MAXVALUE 999999999999999 NO CYCLE;"


class Migration(migrations.Migration):
    dependencies = [("treasury_gateways", "0001_initial")]

    operations = [migrations.RunSQL(ADD, "DROP SEQUENCE treasury_gateways_order_number;")]
