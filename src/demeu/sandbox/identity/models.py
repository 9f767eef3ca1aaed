"""Authorities, holders and keys. Private keys lie here in clear: they open nothing but the sandbox."""

from django.db import models

from demeu.kernel.ids import new_id


class Authority(models.Model):
    """An authority: `root` and `gost` sign by GOST, `rsa` issues RSA certificates under a root of its own kind."""

    name = models.CharField(max_length=16, primary_key=True)
    private = models.JSONField()
    certificate = models.BinaryField()
    list_number = models.PositiveIntegerField(default=0)
    made_at = models.DateTimeField()


class Holder(models.Model):
    """A person or an information system that has keys; a system has no IIN but a UID."""

    id = models.UUIDField(primary_key=True, default=new_id)
    iin = models.CharField(max_length=12, null=True, unique=True)
    system_uid = models.CharField(max_length=64, null=True, unique=True)
    role = models.CharField(max_length=64, blank=True)
    common_name = models.CharField(max_length=200)
    surname = models.CharField(max_length=100, blank=True)
    given_name = models.CharField(max_length=100, blank=True)
    patronymic = models.CharField(max_length=100, blank=True)
    phone = models.CharField(max_length=16, blank=True)
    bin = models.CharField(max_length=12, blank=True)
    organization = models.CharField(max_length=200, blank=True)
    made_at = models.DateTimeField()


class HeldKey(models.Model):
    """One private key with its certificate; `purpose` is `sign`, `auth` or `system`."""

    id = models.UUIDField(primary_key=True, default=new_id)
    holder = models.ForeignKey(Holder, on_delete=models.PROTECT, related_name="keys")
    algorithm = models.CharField(max_length=16)
    purpose = models.CharField(max_length=8)
    private = models.JSONField()
    certificate = models.BinaryField()
    serial_hex = models.CharField(max_length=42, db_index=True)
    revoked_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()


class Desk(models.Model):
    """The state of the one NCALayer: whose key lies in it, and whether its user will cancel next."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    current = models.ForeignKey(HeldKey, null=True, on_delete=models.SET_NULL)
    cancel_next = models.BooleanField(default=False)
