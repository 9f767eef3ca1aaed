"""What the public pages need of their own: money figures kept by events, releases of a case, reports of a problem."""

from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.models import Func, Value

from demeu.kernel.appendonly import AppendOnly
from demeu.kernel.ids import new_id


class CaseFigures(models.Model):
    """Treasury's figures of one case as last heard: the catalogue serves while treasury is away. All in tiyn."""

    case = models.UUIDField(primary_key=True)
    needed_tiyn = models.BigIntegerField()
    received_tiyn = models.BigIntegerField(default=0)
    held_tiyn = models.BigIntegerField(default=0)
    paid_tiyn = models.BigIntegerField(default=0)
    delivered_tiyn = models.BigIntegerField(default=0)
    gifts = models.PositiveIntegerField(default=0)
    items = models.JSONField(default=dict, help_text="item → [needed, received, held, paid, delivered]")
    as_of = models.DateTimeField()


class Release(AppendOnly):
    """What was made public of a case, under which edition of the reference population, and how many people fit it."""

    id = models.UUIDField(primary_key=True)
    case = models.UUIDField(db_index=True)
    at = models.DateTimeField()
    place = models.CharField(max_length=9)
    age_band = models.CharField(max_length=12, blank=True)
    household_type = models.CharField(max_length=30, blank=True)
    population = models.CharField(max_length=40, help_text="edition of the reference population")
    people = models.PositiveIntegerField(help_text="k: people who fit all releases of the case")
    needs = models.PositiveSmallIntegerField(help_text="l: categories of need among them")
    commitment = models.CharField(max_length=64, help_text="SHA-256 of what was published")


class ReleaseRecord(AppendOnly):
    """Where a release stands in the transparency log."""

    release = models.OneToOneField(Release, on_delete=models.PROTECT, related_name="record")
    index = models.PositiveBigIntegerField()


class Complaint(models.Model):
    """Someone reports a problem with a case. The words are sealed to vault, then only the document's id stays."""

    id = models.UUIDField(primary_key=True)
    case = models.UUIDField(db_index=True)
    code = models.CharField(max_length=30)
    sealed = models.TextField(blank=True)
    document = models.UUIDField(null=True)
    state = models.CharField(max_length=12, default="received")
    at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    assigned_to = models.CharField(max_length=120, blank=True)
    answer = models.TextField(blank=True, help_text="passed by the guard: it stands on the report's own page")
    upheld = models.BooleanField(null=True)
    answered_by = models.CharField(max_length=120, blank=True)
    answered_at = models.DateTimeField(null=True)


class Question(models.Model):
    """A question to a case's curator. Its words go to vault; public is what the curator writes, past the guard."""

    id = models.UUIDField(primary_key=True)
    case = models.UUIDField(db_index=True)
    sealed = models.TextField(blank=True)
    document = models.UUIDField(null=True)
    state = models.CharField(max_length=12, default="asked")
    lang = models.CharField(max_length=2)
    at = models.DateTimeField()
    due_at = models.DateTimeField()
    public_question = models.TextField(blank=True)
    public_answer = models.TextField(blank=True)
    answered_at = models.DateTimeField(null=True)


class Shelved(models.Model):
    """A public case in small numbers (`codes.py`), by which it is found and counted. Written by one job only."""

    case = models.UUIDField(primary_key=True)
    slot = models.IntegerField(unique=True, db_default=Func(Value("portal_catalogue_slot"), function="nextval"))
    number = models.CharField(max_length=10, unique=True)
    stage = models.SmallIntegerField(help_text="0: public no more")
    grp = models.SmallIntegerField()
    subgroup = models.SmallIntegerField()
    region = models.SmallIntegerField()
    district = models.IntegerField()
    urgency = models.SmallIntegerField()
    tags = models.SmallIntegerField(help_text="a bit a tag")
    kinds = models.SmallIntegerField(help_text="a bit a kind of thing")
    verifier = models.SmallIntegerField()
    left_band = models.SmallIntegerField()
    published = models.IntegerField(help_text="days since 2020-01-01 in Almaty")
    share = models.IntegerField(help_text="given of what is needed, millionths")
    category = models.SmallIntegerField()
    seed = models.BigIntegerField(help_text="32 bits of the number's MD5, for the little chance")
    rev = models.BigIntegerField(db_index=True)


class Wording(models.Model):
    """The words of a case's texts in Kazakh and Russian, folded. Apart from the facets, so that those stay narrow."""

    slot = models.IntegerField(primary_key=True)
    words = SearchVectorField()
    digest = models.CharField(max_length=32)
    rev = models.BigIntegerField(db_index=True)

    class Meta:
        indexes = [GinIndex(fields=["words"], name="wording_words", fastupdate=False)]


class Word(models.Model):
    """Every word that stands in some text: a mistyped one is looked for here, not in the texts."""

    word = models.TextField(primary_key=True)

    class Meta:
        indexes = [GinIndex(fields=["word"], name="word_trigrams", opclasses=["gin_trgm_ops"])]


class Verifier(models.Model):
    """Who checked cases, as shown in public, under a small number for addresses."""

    id = models.SmallAutoField(primary_key=True)
    name = models.CharField(max_length=140, unique=True)


class Stale(models.Model):
    """A case that has changed since the shelf saw it; triggers write here, the shelf's job takes away."""

    case = models.UUIDField()


class ShelfEdition(models.Model):
    """The one row that says which change the shelf has seen last, and when it looked."""

    id = models.SmallIntegerField(primary_key=True, default=1)
    line = models.UUIDField(default=new_id, help_text="whose revisions these are: another shelf is read anew")
    rev = models.BigIntegerField(default=0)
    at = models.DateTimeField()
    totals = models.JSONField(default=dict, help_text="sums of all public cases, tiyn, and the number of gifts")
    totals_at = models.DateTimeField(null=True)


class Tally(models.Model):
    """How many cases of a stage have a value, as the pages count them; a check holds it against the tables."""

    stage = models.SmallIntegerField()
    facet = models.CharField(max_length=12)
    value = models.CharField(max_length=40)
    cases = models.IntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stage", "facet", "value"], name="one_tally_a_value")]
