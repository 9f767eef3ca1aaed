"""Tables of people. Every personal field is sealed; only blind values, codes, language and region are readable."""

import uuid

from django.db import models

from demeu.kernel.appendonly import AppendOnly


class Person(models.Model):
    """One human being. `id` is the reference that other services know; it says nothing (random, not ordered)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    surname = models.BinaryField(default=b"")
    given_name = models.BinaryField(default=b"")
    patronymic = models.BinaryField(default=b"")
    iin = models.BinaryField(default=b"")
    birth_date = models.BinaryField(default=b"")
    phone = models.BinaryField(default=b"")
    phone_pending = models.BinaryField(default=b"")
    email = models.BinaryField(default=b"")
    iin_blind = models.BinaryField(null=True, unique=True)
    phone_blind = models.BinaryField(null=True, db_index=True)
    phone_confirmed_at = models.DateTimeField(null=True)
    lang = models.CharField(max_length=2, default="ru")
    region_kato = models.CharField(max_length=9, blank=True, default="")
    created_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)


class Alias(models.Model):
    """The same person's name in another spelling: one for each script («kk», «ru», «latin»)."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="aliases")
    script = models.CharField(max_length=5)
    surname = models.BinaryField(default=b"")
    given_name = models.BinaryField(default=b"")
    patronymic = models.BinaryField(default=b"")
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "script"], name="alias_one_a_script")]


class Contact(models.Model):
    """A further way to a person: second phone, mail, address. A `protected` one is shown to nobody but the person."""

    PHONE, EMAIL, ADDRESS = "phone", "email", "address"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="contacts")
    kind = models.CharField(max_length=10)
    value = models.BinaryField()
    value_blind = models.BinaryField(db_index=True)
    protected = models.BooleanField(default=False)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "kind", "value_blind"], name="contact_once")]


class Paper(models.Model):
    """An identity document: kind, number (sealed), term. One number of one kind belongs to one person."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="papers")
    kind = models.CharField(max_length=24)
    number = models.BinaryField()
    number_blind = models.BinaryField()
    issued_on = models.DateField(null=True)
    expires_on = models.DateField(null=True)
    noted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "number_blind"], name="paper_of_one_person")]


class Tie(models.Model):
    """What `other` is to `person`: family, or a guardian or representative who may act, on a ground and for a term."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4)
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="ties")
    other = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="tied_to")
    role = models.CharField(max_length=16)
    one_household = models.BooleanField(default=True)
    ground = models.UUIDField(null=True)
    since = models.DateField()
    until = models.DateField(null=True)
    noted_by = models.CharField(max_length=120)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "other", "role"], condition=models.Q(until__isnull=True), name="tie_once"
            ),
            models.CheckConstraint(condition=~models.Q(person=models.F("other")), name="tie_of_two"),
        ]


class BlockingKey(models.Model):
    """A keyed hash of a compound word (sounds and dates). Says nothing without the key, which is not kept here."""

    person = models.ForeignKey(Person, on_delete=models.CASCADE, db_index=False)
    key = models.BigIntegerField()

    class Meta:
        indexes = [
            models.Index(fields=["key"], include=["person"], name="blocking_key"),
            models.Index(fields=["person"], name="blocking_person"),
        ]


class LikelySame(models.Model):
    """Two records that may be one human being: points, reasons, method and version. A person decides, or nobody."""

    OPEN, SAME, DIFFERENT = "open", "same", "different"

    id = models.UUIDField(primary_key=True)
    first = models.UUIDField(db_index=True)
    second = models.UUIDField(db_index=True)
    points = models.PositiveSmallIntegerField()
    reasons = models.JSONField()
    method = models.CharField(max_length=40)
    method_version = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, default="open")
    found_at = models.DateTimeField()
    decided_by = models.CharField(max_length=120, blank=True, default="")
    decided_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["first", "second", "method", "method_version"], name="likely_same_once"),
            models.CheckConstraint(
                condition=models.Q(state="open") | ~models.Q(decided_by=""), name="likely_same_decided_by_someone"
            ),
        ]


class Erasure(AppendOnly):
    """A person's data were erased, why, and how many rows of what were emptied. Holds nothing of the person."""

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField(db_index=True)
    ground = models.CharField(max_length=20)
    emptied = models.JSONField()
    actor = models.CharField(max_length=120)
    at = models.DateTimeField()
