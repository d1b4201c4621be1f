"""The words of mediation, with our own codes; what other systems call them stands in `mapping.py`."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class DisputeType(TextChoices):
    """What a dispute is about: the 18 types of the statistics of the justice offices."""

    FAMILY = "family", _("Marriage and family")
    NEIGHBOURS = "neighbours", _("Neighbours")
    HOUSING = "housing", _("House and homestead")
    CONTRACT = "contract", _("Contract")
    BUSINESS = "business", _("Production and business")
    DAMAGE = "damage", _("Damage and compensation")
    LAND = "land", _("Mountain, forest and land")
    EXPROPRIATION = "expropriation", _("Land taking and relocation")
    ENVIRONMENT = "environment", _("Environmental pollution")
    WAGES = "wages", _("Unpaid wages of migrant workers")
    LABOUR = "labour", _("Other labour dispute")
    TOURISM = "tourism", _("Tourism")
    E_COMMERCE = "e_commerce", _("Electronic commerce")
    CONSUMER = "consumer", _("Other consumer dispute")
    MEDICAL = "medical", _("Medical dispute")
    TRAFFIC = "traffic", _("Traffic accident")
    PROPERTY = "property", _("Property management")
    OTHER = "other", pgettext_lazy("type of dispute", "Other")


class Source(TextChoices):
    """How a dispute came to the committee."""

    APPLICATION = "application", _("On application")
    OWN_INITIATIVE = "own_initiative", _("Of the committee's own accord")
    COURT = "court", _("Handed over by the court before filing")
    COURT_ORDINARY = "court_ordinary", _("Entrusted by the court after filing, ordinary procedure")
    COURT_SUMMARY = "court_summary", _("Entrusted by the court after filing, summary procedure")
    PROCURATORATE = "procuratorate", _("Handed over by the procuratorate")
    POLICE = "police", _("Handed over by the police")
    PETITIONS = "petitions", _("Handed over by the petition office")
    OTHER_BODY = "other_body", _("Handed over by another body")


class Road(TextChoices):
    """By which law a dispute is mediated (三调联动); the judicial one is the court's own."""

    PEOPLES = "peoples", _("People's mediation")
    ADMINISTRATIVE = "administrative", _("Administrative mediation")


class PartyKind(TextChoices):
    """Who can be a party."""

    PERSON = "person", pgettext_lazy("kind of party", "Person")
    BODY = "body", pgettext_lazy("kind of party", "Body")


class Consent(TextChoices):
    """What a party says to being mediated; silence is never a yes."""

    NOT_ASKED = "not_asked", _("Not asked yet")
    ASKED = "asked", _("Asked, no answer yet")
    GIVEN = "given", _("Agrees to mediation")
    REFUSED = "refused", _("Refuses mediation")
    WITHDRAWN = "withdrawn", _("Has withdrawn consent")


class Way(TextChoices):
    """How a party said it."""

    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By phone")
    PAPER = "paper", _("On paper")
    CODE = "code", _("By code and secret")
    AGENT = "agent", _("Through the agent or guardian")


class ChosenBy(TextChoices):
    """Who chose the mediator (人民调解法 art. 19)."""

    COMMITTEE = "committee", _("Assigned by the committee")
    PARTIES = "parties", _("Chosen by the parties")


class Ground(TextChoices):
    """Why a mediation ends without agreement."""

    REFUSED = "refused", _("A party refuses or withdraws")
    SELF_SETTLED = "self_settled", _("Settled by themselves and withdrawn")
    NO_CONTACT = "no_contact", _("A party cannot be reached")
    NO_PROSPECT = "no_prospect", _("No prospect of agreement")
    UNTRUE = "untrue", _("Facts hidden or untrue")
    COLLUSION = "collusion", _("Suspected collusion that harms others")
    TIME_OVER = "time_over", _("Time over, no consent to extend")
    NOT_SIGNED = "not_signed", _("A party refuses to sign")
    PARTY_GONE = "party_gone", _("A party died or is no more, nobody steps in")
    OTHER = "other", pgettext_lazy("ground", "Other")


class MeetingKind(TextChoices):
    """How people come together."""

    IN_PERSON = "in_person", _("In person")
    PHONE = "phone", _("By phone")
    LINK = "link", _("By link")


class Form(TextChoices):
    """How an agreement is made (人民调解法 art. 28)."""

    WRITTEN = "written", pgettext_lazy("form of agreement", "Written")
    ORAL = "oral", pgettext_lazy("form of agreement", "Oral")


class Overturned(TextChoices):
    """How an agreement lost its force."""

    CHANGED = "changed", _("Changed")
    SET_ASIDE = "set_aside", _("Set aside")
    VOID = "void", _("Found void")


class ReferralKind(TextChoices):
    """Where a party may be helped beside the mediation (四位一体)."""

    LEGAL_AID = "legal_aid", _("Legal aid")
    RELIEF = "relief", _("Relief")
    COUNSELLING = "counselling", _("Counselling")


class CommitteeKind(TextChoices):
    """Who set the committee up (人民调解法 art. 8, 34)."""

    VILLAGE = "village", _("Village committee's")
    NEIGHBOURHOOD = "neighbourhood", _("Residents' committee's")
    TOWNSHIP = "township", _("Township's or street's")
    COUNTY = "county", _("County's")
    ENTERPRISE = "enterprise", _("Of an enterprise or institution")
    TRADE = "trade", _("Of a trade or profession")
    GROUP = "group", _("Of a social group or other body")


class Engagement(TextChoices):
    """How much of their time a mediator gives."""

    FULL_TIME = "full_time", _("Full time")
    PART_TIME = "part_time", _("Part time")


class ComplaintGround(TextChoices):
    """What a mediator may be complained of (人民调解法 art. 15)."""

    FAVOURING = "favouring", _("Favours one party")
    INSULTING = "insulting", _("Insults a party")
    TAKING = "taking", _("Asks for or takes money or other benefits")
    LEAKING = "leaking", _("Leaks privacy or trade secrets")
    OTHER = "other", pgettext_lazy("ground of complaint", "Other")
