from fengqiao.mediation.models.agreement import Agreement, ConfirmCheck, FollowUp, Item, Signature
from fengqiao.mediation.models.beside import DangerReport, Referral, SpotRecord
from fengqiao.mediation.models.dossier import Dossier, JoinAsk, LinkedCase, Serial, TierRound
from fengqiao.mediation.models.ladder import Ladder, Tier
from fengqiao.mediation.models.meeting import Attendance, Guest, Invitation, InvitationAnswer, Meeting
from fengqiao.mediation.models.party import Agent, ConsentLine, Identity, Interest, MediatorWish, Party
from fengqiao.mediation.models.registers import Committee, Expert, Mediator, MediatorComplaint, Membership, Studio
from fengqiao.mediation.models.spot import SpotLimits, SpotReview

__all__ = [
    "Agent",
    "Agreement",
    "Attendance",
    "Committee",
    "ConfirmCheck",
    "ConsentLine",
    "DangerReport",
    "Dossier",
    "Expert",
    "FollowUp",
    "Guest",
    "Identity",
    "Interest",
    "Invitation",
    "InvitationAnswer",
    "Item",
    "JoinAsk",
    "Ladder",
    "LinkedCase",
    "Mediator",
    "MediatorComplaint",
    "MediatorWish",
    "Meeting",
    "Membership",
    "Party",
    "Referral",
    "Serial",
    "Signature",
    "SpotLimits",
    "SpotRecord",
    "SpotReview",
    "Studio",
    "Tier",
    "TierRound",
]
