"""What two people together decided to show although the guard would not. That they are two, the database demands."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from demeu.kernel.triggers import Binding

BORN_PROPOSED = """
IF NEW.state <> 'proposed' OR NEW.second IS NOT NULL THEN
    RAISE EXCEPTION 'an override begins as a proposal' USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""
KEPT = """
IF TG_OP = 'DELETE' THEN
    RAISE EXCEPTION 'override % stays', OLD.id USING ERRCODE = 'check_violation';
END IF;
IF OLD.state <> 'proposed' OR (NEW.id, NEW."case", NEW.place, NEW.age_band, NEW.household_type, NEW.reason,
    NEW.people, NEW.needs, NEW.proposer, NEW.proposed_at) IS DISTINCT FROM (OLD.id, OLD."case", OLD.place, OLD.age_band,
    OLD.household_type, OLD.reason, OLD.people, OLD.needs, OLD.proposer, OLD.proposed_at)
THEN
    RAISE EXCEPTION 'override % is decided once and changes in nothing else', OLD.id USING ERRCODE = 'check_violation';
END IF;
RETURN NEW;
"""


class Override(models.Model):
    """One case shown as asked. Proposed by one curator, agreed or declined by another person, each once."""

    PROPOSED, AGREED, DECLINED = "proposed", "agreed", "declined"

    id = models.UUIDField(primary_key=True)
    case = models.UUIDField(db_index=True)
    place = models.CharField(max_length=9)
    age_band = models.CharField(max_length=12, blank=True)
    household_type = models.CharField(max_length=30, blank=True)
    reason = models.CharField(max_length=500)
    people = models.PositiveIntegerField(help_text="k when proposed")
    needs = models.PositiveSmallIntegerField(help_text="l when proposed")
    state = models.CharField(max_length=10, default=PROPOSED)
    proposer = models.UUIDField()
    proposed_at = models.DateTimeField()
    second = models.UUIDField(null=True)
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=Q(state="proposed", second__isnull=True, decided_at__isnull=True)
                | Q(state="declined", second__isnull=False, decided_at__isnull=False)
                | (Q(state="agreed", second__isnull=False, decided_at__isnull=False) & ~Q(second=F("proposer"))),
                name="anonymity_two_people",
            ),
            models.UniqueConstraint(fields=["case"], condition=Q(state="proposed"), name="anonymity_one_proposal"),
        ]
        triggers = [
            Binding(name="born_proposed", when=pgtrigger.Before, operation=pgtrigger.Insert, func=BORN_PROPOSED),
            Binding(name="kept", when=pgtrigger.Before, operation=pgtrigger.Update | pgtrigger.Delete, func=KEPT),
        ]
