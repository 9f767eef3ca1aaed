"""Applications and cases: references, codes, public texts. Free words of the applicant are in vault."""

from django.db import models

from demeu.contracts.words import NeedGroup, Urgency
from demeu.portal.cases.rules import ApplicationState, CaseState


def _choices(
    words: type[NeedGroup] | type[Urgency] | type[ApplicationState] | type[CaseState],
) -> list[tuple[str, str]]:
    return [(str(word), str(word)) for word in words]


class Application(models.Model):
    """One request for help, from the first question to the decision."""

    id = models.UUIDField(primary_key=True)
    person = models.UUIDField(db_index=True)
    entered_by = models.UUIDField(null=True, help_text="the assistant, when someone else fills it in")
    state = models.CharField(max_length=20, choices=_choices(ApplicationState), default=ApplicationState.DRAFT)
    lang = models.CharField(max_length=2, default="ru")
    for_whom = models.CharField(max_length=20, blank=True)
    group = models.CharField(max_length=40, blank=True, choices=_choices(NeedGroup))
    region_kato = models.CharField(max_length=9, blank=True)
    district_kato = models.CharField(max_length=9, blank=True)
    urgency = models.CharField(max_length=12, choices=_choices(Urgency), default=Urgency.NORMAL)
    contact_saved = models.BooleanField(default=False)
    consent = models.UUIDField(null=True)
    left_out = models.JSONField(default=dict, help_text="registry → fact codes that the consent is not about")
    gathering = models.UUIDField(null=True)
    household = models.UUIDField(null=True)
    silent_registries = models.JSONField(default=list)
    assessment = models.UUIDField(null=True)
    category = models.PositiveSmallIntegerField(null=True)
    category_complete = models.BooleanField(default=False)
    refusal_reason = models.CharField(max_length=60, blank=True)
    created_at = models.DateTimeField()
    submitted_at = models.DateTimeField(null=True)
    updated_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["state", "region_kato"], name="application_queue")]


class Answer(models.Model):
    """A free answer on its way to vault: sealed so that only vault can open it, then only the document's id."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="answers")
    question = models.CharField(max_length=30)
    sealed = models.TextField(blank=True)
    document = models.UUIDField(null=True)
    saved_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["application", "question"], name="one_answer_per_question")]


class Dispute(models.Model):
    """A fact that the family says is wrong: whose, which, and its words on their way to vault as an answer's are."""

    id = models.UUIDField(primary_key=True)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="disputes")
    fact = models.CharField(max_length=60)
    member = models.CharField(max_length=20)
    sealed = models.TextField(blank=True)
    document = models.UUIDField(null=True)
    papers = models.JSONField(default=list, help_text="evidence: documents in vault")
    disputed_at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "fact", "member"],
                condition=models.Q(settled_at__isnull=True),
                name="one_open_dispute_per_fact",
            )
        ]


class Case(models.Model):
    """What donors see: a need without a person's name. One per application."""

    id = models.UUIDField(primary_key=True)
    number = models.CharField(max_length=10, unique=True, help_text="«26-10482»: year and a running number")
    application = models.OneToOneField(Application, on_delete=models.PROTECT, null=True, related_name="case")
    person = models.UUIDField(db_index=True)
    household = models.UUIDField(null=True)
    state = models.CharField(max_length=12, choices=_choices(CaseState), default=CaseState.DRAFT)
    group = models.CharField(max_length=40, choices=_choices(NeedGroup))
    subgroup = models.CharField(max_length=40, blank=True)
    attributes = models.JSONField(default=list, help_text="codes such as large_family, single_parent, debts, children")
    household_type = models.CharField(max_length=30, blank=True)
    age_band = models.CharField(max_length=12, blank=True, help_text="widened by the publication guard")
    region_kato = models.CharField(max_length=9)
    district_kato = models.CharField(max_length=9, blank=True)
    urgency = models.CharField(max_length=12, choices=_choices(Urgency), default=Urgency.NORMAL)
    category = models.PositiveSmallIntegerField(null=True)
    curator = models.UUIDField(null=True)
    volunteer = models.UUIDField(null=True)
    verified_by = models.CharField(max_length=140, blank=True, help_text="organisations, as shown in public")
    visited_on = models.DateField(null=True)
    title_kk = models.CharField(max_length=160, blank=True)
    title_ru = models.CharField(max_length=160, blank=True)
    title_en = models.CharField(max_length=160, blank=True)
    story_kk = models.TextField(blank=True)
    story_ru = models.TextField(blank=True)
    story_en = models.TextField(blank=True)
    created_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    completed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["state", "-published_at"], name="case_public"),
            models.Index(fields=["state", "group", "region_kato"], name="case_filter"),
        ]


class CaseNumber(models.Model):
    """The running number of cases; one row per year."""

    year = models.PositiveSmallIntegerField(primary_key=True)
    last = models.PositiveIntegerField(default=10000)


class CaseUpdate(models.Model):
    """A public line of a case's history: a code, never free text of a person."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="updates")
    at = models.DateTimeField()
    code = models.CharField(max_length=40)
    item = models.UUIDField(null=True)

    class Meta:
        ordering = ["-at", "-id"]
