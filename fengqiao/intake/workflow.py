"""The states of a report before and after triage: read this first."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Status(TextChoices):
    """Where a report stands; once it is in a case, the case tells the rest."""

    RECEIVED = "received", _("Received")
    IN_CASE = "in_case", _("In a case")
    DECLINED = "declined", pgettext_lazy("report", "Not accepted")
    IN_REVIEW = "in_review", _("Under review")
    WITHDRAWN = "withdrawn", pgettext_lazy("report", "Withdrawn")


class Channel(TextChoices):
    """The door a report came through."""

    WEB = "web", _("Web page")
    PHONE = "phone", _("Hotline")
    WINDOW = "window", _("Service window")
    LETTER = "letter", _("Letter")
    GRID = "grid", _("Grid worker")
    MAILBOX = "mailbox", _("Online mailbox")
    PARTY = "party", _("Party to a mediation")  # brought nothing: a code to follow and to answer with


class Outcome(TextChoices):
    """What triage decided about a report."""

    OPENED = "opened", _("Case opened")
    JOINED = "joined", _("Joined to a case")
    DECLINED = "declined", pgettext_lazy("triage", "Not accepted")
    UPHELD = "upheld", _("Refusal upheld")
    OVERTURNED = "overturned", _("Refusal overturned")


class DeclineReason(TextChoices):
    """Why a report is not taken up here; each names another road (北京市接诉即办工作条例 art. 11)."""

    EMERGENCY = "emergency", _("An emergency: call 110, 119, 120 or 122")
    IN_PROCEEDINGS = "in_proceedings", _("Already before a court, an arbitrator or a review body")
    PETITION = "petition", _("Already in the petition procedure")
    NO_NEW_FACTS = "no_new_facts", _("Answered before, with nothing new")
    NOT_PUBLIC_DUTY = "not_public_duty", _("Not a matter of public duty")
    NO_CONTENT = "no_content", _("No matter can be made out")


class ConsentWay(TextChoices):
    """How someone agreed that an errand is run for them."""

    IN_PERSON = "in_person", _("They asked in person")
    SIGNED = "signed", _("Signed paper")
    PHONE = "phone", _("On the phone")
    GUARDIAN = "guardian", _("Their guardian agreed")
