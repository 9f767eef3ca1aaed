"""Households and facts. IINs and raw answers are sealed; facts stand clear under random references."""

import uuid

from django.db import models

from demeu.kernel.appendonly import AppendOnly


class Household(models.Model):
    """The family of one applicant under a random reference."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.UUIDField(unique=True)
    created_at = models.DateTimeField()
    protected = models.BooleanField(default=False, help_text="the place of these people is a secret")


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
    sent_id = models.CharField(max_length=64, blank=True, default="", help_text="message id of a question in the queue")
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gathering", "service"], name="asked_once_a_gathering")]
        indexes = [models.Index(fields=["sent_id"], condition=~models.Q(sent_id=""), name="asked_in_queue")]


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
    valid_until = models.DateTimeField(null=True)


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


class Line(models.Model):
    """The way to one service: failures in a row, and until when it is left alone."""

    service = models.CharField(max_length=60, primary_key=True)
    failures = models.PositiveSmallIntegerField(default=0)
    rests_until = models.DateTimeField(null=True)


class EmergencyNotice(AppendOnly):
    """One notice of an emergency as it came: an event and places, no people. The newest revision counts."""

    id = models.UUIDField(primary_key=True)
    source = models.CharField(max_length=20)
    number = models.CharField(max_length=40)
    revision = models.PositiveSmallIntegerField()
    kind = models.CharField(max_length=20)
    areas = models.JSONField()
    began_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)
    message_id = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        indexes = [models.Index(fields=["source", "number", "-revision"], name="notice_newest")]


class EmergencyMark(AppendOnly):
    """A household that lives where an emergency is; each is told of once."""

    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="marks")
    notice = models.ForeignKey(EmergencyNotice, on_delete=models.PROTECT)
    source = models.CharField(max_length=20)
    number = models.CharField(max_length=40)
    marked_at = models.DateTimeField()

    class Meta(AppendOnly.Meta):
        constraints = [models.UniqueConstraint(fields=["household", "source", "number"], name="marked_once")]


class Contest(models.Model):
    """A fact that its household says is wrong. While it is open nothing harmful may follow from it."""

    OPEN, UPHELD, DISMISSED = "open", "upheld", "dismissed"

    id = models.UUIDField(primary_key=True)
    household = models.ForeignKey(Household, on_delete=models.PROTECT, related_name="contests")
    gathering = models.ForeignKey(GatheringRow, on_delete=models.PROTECT)
    code = models.CharField(max_length=60)
    member = models.CharField(max_length=20)
    evidence = models.JSONField(default=list, help_text="documents that the family gave")
    state = models.CharField(max_length=10, default=OPEN)
    opened_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.CharField(max_length=60, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["household", "code", "member"],
                condition=models.Q(state="open"),
                name="one_open_contest_per_fact",
            )
        ]
