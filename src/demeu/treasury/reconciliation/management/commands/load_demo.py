"""Loads the demo's needs and gifts from JSON on standard input; told again, nothing changes. Refused in production.

Form: {"cases": [{"case", "group", "region_kato", "urgency", "opened_at", "curator", "items": [{"item", "amount_tiyn"}],
"gifts": [{"gift", "item", "amount_tiyn", "at", "stage": received | held | paid | delivered}]}]}.
"""

import json
import sys
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from demeu.kernel.errors import Refusal
from demeu.treasury.proofs.actions import publish_log
from demeu.treasury.reconciliation.demo import load_case


class Command(BaseCommand):
    """`load_demo < country.json`."""

    help = "Load the needs and gifts of the demo from JSON on standard input."

    def handle(self, *args: Any, **options: Any) -> None:
        """Bring each gift to its stage, each case all or nothing; say how many are new."""
        if settings.DEMEU_PROFILE == "production":
            raise CommandError("the demo is not loaded in production")
        gifts = 0
        try:
            for case in json.load(sys.stdin).get("cases", []):
                with transaction.atomic():
                    gifts += load_case(case)
        except (ValueError, KeyError, TypeError, AttributeError) as fault:
            raise CommandError(f"the demo cannot be read: {fault!r}") from fault
        except Refusal as refusal:
            raise CommandError(f"the demo cannot be loaded: {refusal.code} {refusal.facts}") from refusal
        publish_log()
        self.stdout.write(f"{gifts} gifts loaded")
