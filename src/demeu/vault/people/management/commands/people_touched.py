"""Lists everybody whose data a suspected breach touched, as CSV in a file of mode 600.

With `--with-contacts` each line also has name, phone and language for the notice; that reading stands in each trail.
"""

import csv
import os
from datetime import datetime
from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from demeu.contracts.words import Purpose
from demeu.kernel import clock
from demeu.kernel.audit import record
from demeu.kernel.errors import Refusal
from demeu.vault.access.actions import note_access
from demeu.vault.access.breach import Suspicion, Touched, people_touched
from demeu.vault.people.queries import person_card, person_contact

NAME = "people_touched"
COLUMNS = ("person", "looks", "first_at", "last_at", "operations", "actors")
CONTACTS = ("name", "phone", "lang")
ACTOR = "role:operator"


class Command(BaseCommand):
    """`people_touched --since TIME --until TIME [--actor …] [--with-contacts] FILE`."""

    help = __doc__ or ""

    def add_arguments(self, parser: CommandParser) -> None:
        """The span, what narrows it, and the file."""
        parser.add_argument("file", type=Path, help="CSV to write; it must not exist yet")
        parser.add_argument("--since", required=True, type=datetime.fromisoformat, help="2026-11-22T08:00:00+05:00")
        parser.add_argument("--until", type=datetime.fromisoformat, help="the same form; now when left out")
        for name, what in (
            ("actor", "person:<reference> or role:<name>"),
            ("role", "service whose key is suspected: portal, treasury"),
            ("operation", "people.card, facts.show, …"),
            ("field", "names, iban, income_monthly, …"),
            ("request-id", "one request of the logs"),
        ):
            parser.add_argument(f"--{name}", default="", help=what)
        parser.add_argument("--with-contacts", action="store_true", help="name, phone and language for the notice")

    def handle(self, *args: Any, **options: Any) -> None:
        """Write the file and say how many people stand in it."""
        suspicion = self._suspicion(options)
        columns = COLUMNS + (CONTACTS if options["with_contacts"] else ())
        try:
            descriptor = os.open(options["file"], os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        except OSError as fault:
            raise CommandError(f"cannot write {options['file']}: {fault.strerror}") from fault
        count = 0
        with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
            out = csv.writer(file)
            out.writerow(columns)
            try:
                for one in people_touched(suspicion):
                    out.writerow([*_plain(one), *(_contact(one) if options["with_contacts"] else ())])
                    count += 1
            except Refusal as refusal:
                raise CommandError(refusal.code) from refusal
        record(actor=ACTOR, action="access.people_touched", subject="breach", people=count)
        self.stdout.write(f"{count} people")

    def _suspicion(self, options: dict[str, Any]) -> Suspicion:
        since, until = options["since"], options["until"] or clock.now()
        if since.tzinfo is None or until.tzinfo is None:
            raise CommandError("a time needs its zone: 2026-11-22T08:00:00+05:00")
        narrowed = {name: options[name] for name in ("actor", "role", "operation", "field", "request_id")}
        return Suspicion(since=since, until=until, **narrowed)


def _plain(one: Touched) -> list[str]:
    when = [one.first_at.isoformat(), one.last_at.isoformat()]
    return [str(one.person), str(one.looks), *when, " ".join(one.operations), " ".join(one.actors)]


def _contact(one: Touched) -> list[str]:
    """Name, phone and language; empty for a subject that is no person (a payee, a document)."""
    try:
        card, contact = person_card(one.person), person_contact(one.person)
    except Refusal:
        return ["", "", ""]
    note_access(
        actor=ACTOR,
        role="vault",
        operation=NAME,
        purpose=Purpose.ADMINISTRATION,
        subject=one.person,
        fields=("names", "phone"),
    )
    return [card.display_name, contact.phone, contact.lang]
