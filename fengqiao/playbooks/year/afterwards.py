"""They agree: on paper or by word of mouth; then what was promised is done on its day, or not, and somebody asks."""

from datetime import timedelta

from django.utils.timezone import localdate

from fengqiao.mediation.models import Agreement, Dossier, Item, Referral
from fengqiao.mediation.transitions import agreeing, performing, referring
from fengqiao.mediation.transitions.wording import Term, Wording
from fengqiao.mediation.vocabulary import Overturned
from fengqiao.people.models import User
from fengqiao.playbooks.year import words
from fengqiao.playbooks.year.chances import Odds
from fengqiao.playbooks.year.moments import Moment, by_day

A_DAY = 24  # hours


def agree(now: Moment, dossier: Dossier, user: User) -> None:
    """Write down what they agreed on, and let everybody sign; what is small is done by word of mouth."""
    wording = _wording(now, dossier)
    if now.quarrel.is_small:
        agreeing.agree_orally(dossier, wording, agreed_at=now.at, by=user, at=now.at)
        return
    agreement = agreeing.draft(dossier, wording, by=user, at=now.at)
    if now.quarrel.happens(Odds.REWORDED):
        first = dossier.parties.order_by("side")[0]
        agreeing.sign(agreement, first, signed_at=now.at, by=user, at=now.at)
        now.at += timedelta(minutes=15)
        agreement = agreeing.draft(dossier, wording, by=user, at=now.at)
    for party in dossier.parties.order_by("side"):
        now.at += timedelta(minutes=5)
        agreeing.sign(agreement, party, signed_at=now.at, by=user, at=now.at)
    agreeing.sign_as_mediator(agreement, signed_at=now.at, by=user, at=now.at)
    agreeing.seal(agreement, sealed_at=now.at, by=user, at=now.at)
    agreeing.take_effect(agreement, by=user, at=now.at)


def perform(now: Moment, dossier: Dossier) -> None:
    """Do what was promised, or not, on its day; then ask how it goes."""
    user = now.anyone()
    _answer(now, dossier, user)
    agreement = dossier.agreements.get(state=Agreement.State.EFFECTIVE)
    item = agreement.items.get()
    _ask_court(now, agreement, user)
    if item.due_on is not None:
        now.at = max(now.at, by_day(now.at + (item.due_on - localdate(now.at) - timedelta(days=1))))
    if now.at >= now.until:
        return
    if now.quarrel.keeps():
        performing.perform(item, done_at=now.at, recovered=item.amount, words="", by=user, at=now.at)
    elif now.later(2 * A_DAY, 4 * A_DAY):
        _broken(now, agreement, item, user)
    if now.later(20 * A_DAY, 30 * A_DAY):
        performing.follow_up(dossier, words.visit(is_kept=_is_kept(item)), by=user, at=now.at)


def _is_kept(item: Item) -> bool:
    item.refresh_from_db()
    return item.done_at is not None


def _wording(now: Moment, dossier: Dossier) -> Wording:
    one, other = dossier.parties.order_by("side")
    quarrel = now.quarrel
    due_on = None if quarrel.is_small else localdate(now.at) + timedelta(days=quarrel.chance.randrange(7, 60))
    term = Term(owes=other, to=one, what=words.duty(quarrel), amount=quarrel.amount, how="当面", due_on=due_on)
    return Wording(facts="双方对事实没有争议。", content=term.what, items=[term])


def _answer(now: Moment, dossier: Dossier, user: User) -> None:
    """Hear what became of whoever was sent on for help."""
    sent = dossier.referrals.filter(answer="").first()
    if sent is None or not now.later(A_DAY, 3 * A_DAY):
        return
    if not now.quarrel.happens(Odds.TAKEN_ON):
        referring.answer_referral(sent, Referral.Answer.DECLINED, words="不符合条件。", by=user, at=now.at)
        return
    sent = referring.answer_referral(sent, Referral.Answer.ACCEPTED, by=user, at=now.at)
    if now.later(A_DAY, 4 * A_DAY):
        referring.end_referral(sent, result="已经办结。", by=user, at=now.at)


def _ask_court(now: Moment, agreement: Agreement, user: User) -> None:
    """Let both sides ask the court to confirm what is about money, within the thirty days, and the court answer."""
    is_asked = not now.quarrel.is_small and now.quarrel.happens(Odds.ASKS_COURT)
    if not is_asked or not now.later(A_DAY, 10 * A_DAY):
        return
    agreement = performing.ask_court(agreement, asked_on=localdate(now.at), by=user, at=now.at)
    if now.later(5 * A_DAY, 20 * A_DAY):
        is_confirmed = now.quarrel.happens(Odds.CONFIRMED)
        on = localdate(now.at)
        performing.court_answered(agreement, is_confirmed=is_confirmed, answered_on=on, by=user, at=now.at)


def _broken(now: Moment, agreement: Agreement, item: Item, user: User) -> None:
    """Let a duty be broken: urged, it is done after all; or the agreement is changed; or it stays broken."""
    item = performing.breach(item, words="到期没有履行。", by=user, at=now.at)
    if now.quarrel.happens(Odds.URGED):
        if now.later(5 * A_DAY, 20 * A_DAY):
            performing.perform(item, done_at=now.at, recovered=item.amount, words="经督促履行。", by=user, at=now.at)
    elif now.quarrel.happens(Odds.CHANGED) and now.later(10 * A_DAY, 30 * A_DAY):
        how = Overturned.CHANGED if now.quarrel.happens(0.7) else Overturned.SET_ASIDE
        performing.overturn(agreement, how, words="双方另行商定，原协议不再履行。", by=user, at=now.at)
