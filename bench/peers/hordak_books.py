"""django-hordak's ledger on PostgreSQL: for each line on standard input, transfers a second over so many seconds.

Each transfer is a transaction of two legs, committed on its own, with the balance trigger that hordak ships.
"""

import os
import sys
import time
from urllib.parse import urlsplit

import django
from django.conf import settings

CURRENCY = "EUR"  # its converter knows no tenge


def configure(url: str) -> None:
    """Django with hordak alone, on this database."""
    place = urlsplit(url)
    settings.configure(
        SECRET_KEY="bench-only",  # noqa: S106 - of a server that lives as long as this run
        USE_TZ=True,
        DEFAULT_CURRENCY=CURRENCY,
        CURRENCIES=[CURRENCY],
        HORDAK_INTERNAL_CURRENCY=CURRENCY,
        HORDAK_CURRENCIES=[CURRENCY],
        HORDAK_MAX_DIGITS=18,
        DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
        INSTALLED_APPS=["django.contrib.auth", "django.contrib.contenttypes", "mptt", "hordak"],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": place.path[1:],
                "USER": place.username,
                "PASSWORD": place.password,
                "HOST": place.hostname,
                "PORT": place.port,
                "CONN_MAX_AGE": None,
            }
        },
    )
    django.setup()


def main() -> None:
    """Migrate, make two accounts, then measure whenever asked."""
    configure(os.environ["BENCH_HORDAK_URL"])
    from django.core.management import call_command
    from django.db import transaction
    from hordak.models import Account, AccountType
    from moneyed import Money

    call_command("migrate", interactive=False, verbosity=0)
    gateway = Account.objects.create(name="gateway", code="1", type=AccountType.asset, currencies=[CURRENCY])
    received = Account.objects.create(name="received", code="2", type=AccountType.liability, currencies=[CURRENCY])

    def transfer() -> None:
        with transaction.atomic():
            received.transfer_to(gateway, Money(1, CURRENCY))

    transfer()
    for line in sys.stdin:
        began, done = time.perf_counter(), 0
        while time.perf_counter() - began < float(line):
            transfer()
            done += 1
        sys.stdout.write(f"{done / (time.perf_counter() - began)}\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
