"""The words a matter is described by, shared by cases and by the reports that bring them."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Nature(TextChoices):
    """What the resident wants, in the terms of the 12345 hotlines."""

    CONSULT = "consult", _("Question")
    HELP = "help", _("Call for help")
    COMPLAINT = "complaint", _("Complaint")
    ACCUSATION = "accusation", _("Accusation")
    SUGGESTION = "suggestion", _("Suggestion")
    PRAISE = "praise", _("Praise")


class Kind(TextChoices):
    """What sort of matter a case is; it decides the road the case takes."""

    REQUEST = "request", pgettext_lazy("kind of case", "Request")
    DISPUTE = "dispute", _("Dispute")
    HAZARD = "hazard", _("Hazard")
    LEAD = "lead", pgettext_lazy("kind of case", "Lead")
    SERVICE = "service", pgettext_lazy("kind of case", "Service")
    CARE = "care", _("Care")


class Urgency(TextChoices):
    """How long handling may take; the spans stand in the county's clock rules."""

    ORDINARY = "ordinary", _("Ordinary")
    URGENT = "urgent", _("Urgent")
    COMPLEX = "complex", _("Complex")


class Outcome(TextChoices):
    """What a unit claims when it concludes; the resident's answer is a fact of its own."""

    SOLVED = "solved", _("Solved")
    ANSWERED = "answered", _("Answered")
    CANNOT_NOW = "cannot_now", _("Cannot be done now")
    NOT_OURS = "not_ours", _("Not ours to decide")
    NOT_SETTLED = "not_settled", _("Not settled, other remedies told")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class Solved(TextChoices):
    """The resident's answer to "was it solved?"."""

    YES = "yes", _("Solved")
    PARTLY = "partly", _("Partly solved")
    NO = "no", _("Not solved")


class Satisfied(TextChoices):
    """The resident's answer to "are you satisfied?"; no answer is never counted as yes."""

    VERY = "very", _("Very satisfied")
    FAIRLY = "fairly", _("Fairly satisfied")
    NOT = "not", _("Not satisfied")


class AnswerChannel(TextChoices):
    """By which way a resident's answer reached us."""

    CODE = "code", _("By code and secret")
    CALL = "call", _("By phone call")
    VISIT = "visit", _("In person")


# What anyone may be told of an open matter before filing the same: only public things, only wishes about them.
# Subjects by their codes in data/categories: green, cleaning, street furniture, buses, parks, heating, gas, power,
# water, upkeep of roads, lines, rivers, traffic signs. Nothing that is somebody's own house, money, job or quarrel.
TOLD_KINDS = (Kind.REQUEST, Kind.HAZARD)
TOLD_NATURES = (Nature.HELP, Nature.SUGGESTION)
PUBLIC_THINGS = (
    "010201", "010203", "010204", "010205", "010206", "010207", "010208", "010210", "010212", "010213", "010214",
    "010215", "060204", "080101", "101102", "101105", "101106", "130503",
)  # fmt: skip
