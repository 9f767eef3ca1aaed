"""The table of people. Every personal field is sealed; only blind values, language and region are readable."""

import uuid

from django.db import models


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
