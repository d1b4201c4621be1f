"""What happens beside the talk: a danger is reported, a side is sent on for help, an appraisal is waited for."""

from datetime import timedelta

from django.utils.timezone import localdate

from fengqiao.mediation.models import Dossier
from fengqiao.mediation.transitions import dangers, referring, tiers
from fengqiao.mediation.transitions.dangers import Danger
from fengqiao.mediation.transitions.referring import Help
from fengqiao.mediation.vocabulary import ReferralKind
from fengqiao.playbooks.year.chances import WITH_MONEY, Odds
from fengqiao.playbooks.year.moments import HOUR, Moment, by_day

WHERE = {
    ReferralKind.LEGAL_AID: "县法律援助中心",
    ReferralKind.RELIEF: "县民政局",
    ReferralKind.COUNSELLING: "县心理服务站",
}


def send_on(now: Moment, dossier: Dossier) -> None:
    """Send one side on for help, with its consent."""
    if not now.quarrel.happens(Odds.REFERRED):
        return
    kind = now.quarrel.chance.choice(list(WHERE))
    sought = Help(kind=kind, to=WHERE[kind], words="本人同意转去求助。", consented_at=now.at)
    referring.refer(dossier.parties.get(side=1), sought, by=now.anyone(), at=now.at)


def report_danger(now: Moment, dossier: Dossier) -> None:
    """Report that a quarrel may turn into something worse; the more is at stake, the more often."""
    if now.quarrel.happens(Odds.DANGER * now.quarrel.stakes):
        danger = Danger(to="当地派出所", words="一方扬言要动手。", measures="已经分开劝说。")
        dangers.report_danger(dossier, danger, by=now.anyone(), at=now.at)


def wait_for_appraisal(now: Moment, dossier: Dossier) -> None:
    """Let the clock stand still for an appraisal; it may be there before its day."""
    if now.quarrel.type not in WITH_MONEY or not now.quarrel.happens(Odds.APPRAISAL):
        return
    days = now.quarrel.chance.randrange(5, 21)
    until, user = localdate(now.at) + timedelta(days=days), now.anyone()
    tiers.pause(dossier, until=until, reason="等鉴定结果。", by=user, at=now.at)
    is_early = now.quarrel.happens(Odds.APPRAISED_EARLY)
    now.at = by_day(now.at + timedelta(days=days // 2 if is_early else days + 1))
    if is_early and now.at < now.until:
        tiers.resume(dossier, by=user, at=now.at)


def give_more_time(now: Moment, dossier: Dossier) -> bool:
    """Give the tier half its time again where they are close and all agree; once a round."""
    running = dossier.rounds.select_related("tier").get(ended_at__isnull=True)
    if running.extended_days or not now.quarrel.is_close or not now.quarrel.happens(Odds.EXTENDED):
        return False
    days = max(1, running.tier.amount // 2)
    tiers.extend(dossier, days=days, agreed_by=list(dossier.parties.all()), by=now.anyone(), at=now.at)
    return True


def lets_it_run_out(now: Moment) -> bool:
    """Let nobody look until the time of the tier is over; say whether they meet once more then."""
    if not now.quarrel.happens(Odds.RUNS_OUT):
        return False
    now.at = by_day(now.at + now.quarrel.chance.uniform(4, 72) * HOUR)
    return now.at < now.until and now.quarrel.happens(Odds.MET_ALL_THE_SAME)
