"""What can come of a talk on a reception day."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Result(TextChoices):
    """What came of it; what was said goes where the matter is, not into a book of its own."""

    IN_CASE = "in_case", _("Into the record of the case")
    TO_TRIAGE = "to_triage", _("To triage: a case is opened or joined")
    NEW_REPORT = "new_report", _("Another matter: a new report")
    ANSWERED = "answered", _("Answered there")
