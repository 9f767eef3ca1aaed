"""Households and facts. IINs and raw answers are sealed; facts stand clear under random references."""

import uuid

from django.db import models

from demeu.kernel.appendonly import AppendOnly


class Household(models.Model):
    """The family of one applicant under a random reference."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.UUIDField(unique=True)
    created_at = models.DateTimeField()


class GatheringRow(models.Model):
    """One round of asking under one consent."""

    ASKING, DONE = "asking", "done"

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT)
    subject = models.CharField(max_length=120)
    consent = models.UUIDField()
    purpose = models.CharField(max_length=30)
    state = models.CharField(max_length=10)
    family_known = models.BooleanField(default=False)
    started_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["household", "consent", "-started_at"], name="gathering_latest")]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "consent"], condition=models.Q(state="asking"), name="gathering_one_at_a_time"
            )
        ]


class Asking(models.Model):
    """One service being asked within a gathering."""

    QUEUED, ANSWERED, SILENT = "queued", "answered", "silent"

    gathering = models.ForeignKey(GatheringRow, on_delete=models.PROTECT, related_name="askings")
    registry = models.CharField(max_length=20)
    service = models.CharField(max_length=60)
    state = models.CharField(max_length=10)
    tries = models.PositiveSmallIntegerField(default=0)
    reason = models.CharField(max_length=60, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "service"], name="asked_once_a_gathering")]


class Member(AppendOnly):
    """A member of the household as one gathering found it; the id is random and leads to nobody."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    gathering = models.ForeignKey(GatheringRow, on_delete=models.PROTECT, related_name="members")
    place = models.PositiveSmallIntegerField()
    iin = models.BinaryField()
    iin_blind = models.BinaryField()

    class Meta(AppendOnly.Meta):
        constraints = [models.UniqueConstraint(fields=["gathering", "iin_blind"], name="member_once_a_gathering")]


class RawAnswer(AppendOnly):
    """A verified answer as it came, sealed. Its message id is new for ever: a repeated one is not an answer."""

    id = models.UUIDField(primary_key=True)
    gathering = models.ForeignKey(GatheringRow, on_delete=models.PROTECT)
    service = models.CharField(max_length=60)
    message_id = models.CharField(max_length=64, unique=True)
    xml = models.BinaryField()
    at = models.DateTimeField()


class FactRow(AppendOnly):
    """One frozen fact; without a member it is about the household."""

    gathering = models.ForeignKey(GatheringRow, on_delete=models.PROTECT, related_name="facts")
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT)
    code = models.CharField(max_length=60)
    value = models.CharField(max_length=200)
    source = models.CharField(max_length=20)
    as_of = models.DateTimeField()
    message_id = models.CharField(max_length=64)


class ScoredHousehold(AppendOnly):
    """The typed row of a household as scoring takes it (table `households`). Null = asked and not answered."""

    gathering = models.OneToOneField(GatheringRow, primary_key=True, on_delete=models.PROTECT)
    kato = models.CharField(max_length=9, null=True)
    settlement_class = models.CharField(max_length=20, null=True)
    housing_units = models.IntegerField(null=True)
    housing_area_m2 = models.FloatField(null=True)
    commercial_property_units = models.IntegerField(null=True)
    land_plots = models.IntegerField(null=True)
    smallholding_value_tiyn = models.BigIntegerField(null=True)
    passenger_cars = models.IntegerField(null=True)
    commercial_vehicles = models.IntegerField(null=True)
    machinery_kinds = models.IntegerField(null=True)


class ScoredPerson(AppendOnly):
    """The typed row of a member as scoring takes it (table `persons`). Null = asked and not answered."""

    member = models.OneToOneField(Member, primary_key=True, on_delete=models.PROTECT)
    gathering = models.ForeignKey(GatheringRow, on_delete=models.PROTECT, related_name="scored_persons")
    birth_date = models.DateField()
    income_monthly_tiyn = models.BigIntegerField(null=True)
    able_bodied = models.BooleanField(null=True)
    working = models.BooleanField(null=True)
    sole_proprietor = models.BooleanField(null=True)
    founder = models.BooleanField(null=True)
    student = models.BooleanField(null=True)
    disability_group = models.SmallIntegerField(null=True)
    disability_childhood = models.BooleanField(null=True)
    clinic_attached = models.BooleanField(null=True)
    insured = models.BooleanField(null=True)
    chronic = models.BooleanField(null=True)
    dispensary = models.BooleanField(null=True)
    preschool_enrolled = models.BooleanField(null=True)
    school_enrolled = models.BooleanField(null=True)
    has_credit = models.BooleanField(null=True)
    overdue_days = models.IntegerField(null=True)
    overdue_tiyn = models.BigIntegerField(null=True)


class AssessmentRow(AppendOnly):
    """Verdict, the facts it was made from and the rule set, together and for ever."""

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT)
    gathering = models.ForeignKey(GatheringRow, on_delete=models.PROTECT)
    consent = models.UUIDField()
    facts = models.JSONField()
    verdict = models.JSONField()
    category = models.PositiveSmallIntegerField()
    rule_set = models.CharField(max_length=60)
    rule_set_hash = models.CharField(max_length=64)
    made_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["household", "-made_at"], name="assessment_latest")]


class KnownRuleSet(AppendOnly):
    """A rule set of scoring that was announced; under the same name with other content it is announced again."""

    rule_set = models.CharField(max_length=60)
    rule_set_hash = models.CharField(max_length=64)
    known_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = [models.UniqueConstraint(fields=["rule_set", "rule_set_hash"], name="rule_set_known_once")]
