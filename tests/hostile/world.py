"""Qing County with one of everything in it, and a browser for everybody: what hostile input is tried on."""

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

from django.contrib.auth.hashers import make_password
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils.timezone import localdate, now

from fengqiao.cases.models import Case
from fengqiao.cases.vocabulary import Nature
from fengqiao.desk.transitions import feeds, filters
from fengqiao.files.models import CoveredCopy
from fengqiao.intake.models import Report
from fengqiao.intake.transitions import errands, triaging, unlocking
from fengqiao.intake.transitions.errands import Agreement
from fengqiao.intake.transitions.party_codes import hand_code
from fengqiao.intake.transitions.receiving import Entry
from fengqiao.intake.workflow import Channel as Door
from fengqiao.intake.workflow import ConsentWay, DeclineReason
from fengqiao.mediation.models import Dossier, Identity
from fengqiao.mediation.transitions import complaints, inviting, opening, spot
from fengqiao.mediation.transitions.inviting import Helper
from fengqiao.mediation.vocabulary import ComplaintGround
from fengqiao.oversight.models import Channel
from fengqiao.people.actors import Resident
from fengqiao.people.models import User
from fengqiao.playbooks import administrators
from fengqiao.reception.models import ReceptionDay
from fengqiao.reception.transitions import announcing, booking
from fengqiao.reception.transitions.announcing import Announcement
from fengqiao.web.console import setup_urls
from fengqiao.web.console import urls as console_urls
from fengqiao.web.console.steps import ACTS
from fengqiao.web.resident import urls as resident_urls
from tests import acts, cast, neighbours, photos
from tests.architecture.test_access import ours_and_theirs
from tests.architecture.test_administrators import DUTIES, WHOSE, channel_of, seat_of
from tests.architecture.test_administrators import address as setup_address
from tests.cases.steps import ROWS
from tests.cast import PASSWORD, QingCounty
from tests.mediation import table as tables
from tests.mediation.test_spot import settled
from tests.web.console.preparing import prepared
from tests.web.resident import pages
from tests.web.shared.test_passkeys import made_by_a_device

DESKS = ("ma_clerks", "chen_dispatches", "liu_handles_water", "wu_supervises", "gao_leads", *WHOSE.values())
NEVER_ENDS = "01970000-0000-7000-8000-000000000000"


@dataclass
class World:
    """Who there is, and which pages each of them opens."""

    qing: QingCounty
    at: datetime
    clients: dict[str, Client] = field(default_factory=dict)
    pages: list[tuple[str, str]] = field(default_factory=list)
    shown: list[tuple[str, str, str]] = field(default_factory=list)  # pages that answer a form: who, address, page
    things: dict[str, str] = field(default_factory=dict)

    def let_in(self, who: str) -> Client:
        """Give somebody's browser, signed in."""
        if who not in self.clients:
            self.clients[who] = Client()
            user = User.objects.get(username=who)
            self.clients[who].force_login(user, backend="fengqiao.web.shared.backends.Staff")
        return self.clients[who]

    def opens(self, who: str, name: str, *args: object, query: str = "") -> None:
        """Write down a page that somebody opens."""
        self.pages.append((who, reverse(name, args=args) + query))


def build(qing: QingCounty) -> World:
    """Fill the county and write down who opens what."""
    cache.clear()
    User.objects.update(password=make_password(PASSWORD))
    neighbours.build(qing)
    world = World(qing, now())
    for who in DESKS:
        world.let_in(who)
    world.clients["anybody"] = Client()
    parts = (_cases, _reports, _reception, _own_things, _traces, _lists, _administration, _doors, _residents, _sides)
    for part in parts:
        part(world)
    _screens(world)
    return world


def _cases(world: World) -> None:
    """A case for each step, where that step can be taken, and the page that offers it."""
    takers = {row.verb: row.by for row in ROWS} | {"mediate": "chen_dispatches"}
    for verb in ACTS:
        case = prepared(world.qing, verb, world.at)
        world.let_in(takers[verb])
        world.opens(takers[verb], "console:case", case.number, query=f"?step={verb}")
        world.things[verb] = case.number
    for name in ("print", "viewers"):
        world.opens("ma_clerks", f"console:{name}", world.things["name_viewer"])
    world.opens("ma_clerks", "console:print", world.things["accept"])
    world.opens("chen_dispatches", "console:bulk", query="?" + _marks(world, "dispatch"))
    world.opens("chen_dispatches", "console:cases", query="?status=all")


def _marks(world: World, verb: str) -> str:
    case = Case.objects.get(number=world.things[verb])
    return f"case={case.number}.{case.line_count}&verb={verb}"


def _reports(world: World) -> None:
    """A report that waits, one that was declined, one that asks for a review."""
    qing, at = world.qing, world.at
    three = {kind: acts.receive(qing, at=at).report for kind in ("waiting", "declined", "reviewed")}
    for kind in ("declined", "reviewed"):
        triaging.decline(three[kind], reason=DeclineReason.PETITION, route="法院", by=qing.ma_clerks, at=at)
    triaging.ask_review(three["reviewed"], by=Resident(three["reviewed"].pk, None), at=at)
    world.things |= {kind: report.code for kind, report in three.items()}
    for verb in ("open", "join", "decline"):
        world.opens("ma_clerks", "console:report", world.things["waiting"], query=f"?step={verb}")
    for verb in ("uphold", "overturn"):
        world.opens("zhou_clerks", "console:report", world.things["reviewed"], query=f"?step={verb}")
    world.let_in("zhou_clerks")


def _reception(world: World) -> None:
    """A reception day to come with a time booked on it, and one that has begun."""
    qing, at = world.qing, world.at
    for name, ahead in (("to come", 2), ("begun", 0)):
        what = Announcement(
            host_title="县长", host_name=f"李{name}", where="一楼", on=localdate() + timedelta(days=2),
            opens=time(9), closes=time(11), places=4,
        )  # fmt: skip
        day = announcing.announce(qing.centre, what, by=qing.ma_clerks, at=at)
        report = acts.receive(qing, at=at).report
        held = booking.book(report, day, by=Resident(report.pk, None), at=at)
        ReceptionDay.objects.filter(pk=day.pk).update(on=localdate() + timedelta(days=ahead))
        world.things |= {f"day {name}": str(day.pk), f"booked {name}": report.code}
        world.opens("ma_clerks", "console:reception", day.pk)
        world.opens("ma_clerks", "console:talk", day.pk, held.pk)
        world.opens("anybody", "resident:reception", day.pk)


def _own_things(world: World) -> None:
    """A kept filter, a file and its covered copy, a calendar's address."""
    qing, at = world.qing, world.at
    kept = filters.keep("急件", "status=open", by=qing.chen_dispatches, at=at)
    file = photos.with_a_copy(Case.objects.get(number=world.things["accept"]), by=qing.ma_clerks)
    waiting = photos.waiting(by=qing.ma_clerks)
    world.things |= {"filter": str(kept.pk), "file": str(file.pk), "waiting file": str(waiting.pk)}
    world.things["copy"] = str(CoveredCopy.objects.get(of=file).pk)
    world.things["feed"] = feeds.make(by=qing.chen_dispatches, at=at)
    world.opens("chen_dispatches", "console:filters")
    world.opens("ma_clerks", "console:cover", file.pk)
    for name in ("file", "small_file", "covered_file"):
        world.opens("ma_clerks", f"console:{name}", file.pk)
    world.opens("anybody", "feed", world.things["feed"])


def _traces(world: World) -> None:
    """A note of the day, a channel that is on, papers handed over, a passkey: what other forms are about."""
    qing, at = world.qing, world.at
    world.clients["ma_clerks"].post(reverse("console:add_note"), {"words": "值班", "stays_open": "on"})
    Channel.objects.filter(pk=channel_of(qing).pk).update(is_on=True, unit=qing.centre)
    entry = Entry(channel=Door.WINDOW, nature=Nature.HELP, text=acts.LEAK, region=qing.willow, reporter="何秀英")
    what = Agreement(ConsentWay.IN_PERSON, localdate(at), ("户口簿",))
    world.things["errand"] = errands.take(qing.county, entry, what, by=qing.ma_clerks, at=at).report.code
    made_by_a_device(User.objects.get(username="ma_clerks"))
    world.opens("ma_clerks", "console:papers", world.things["errand"])
    world.opens("bai_audits", "console:audit", query="?log=failed")


def _lists(world: World) -> None:
    """Every page of the desk whose address names nothing; some of them twice."""
    for name in plain_names("console"):
        world.opens("ma_clerks", f"console:{name}")
    for who, name in (
        ("chen_dispatches", "home"),
        ("chen_dispatches", "day"),
        ("gao_leads", "home"),
        ("gao_leads", "day"),
    ):
        world.opens(who, f"console:{name}")


def _administration(world: World) -> None:
    for one in setup_urls.patterns:
        world.pages.append((WHOSE[DUTIES[one.name]], setup_address(one, world.qing)))
    seat = seat_of(world.qing)
    told = complaints.complain(seat.mediator, ComplaintGround.OTHER, "投诉", by=world.qing.ma_clerks, at=world.at)
    world.opens("ma_clerks", "console:mediator", seat.mediator_id)
    world.let_in("wu_supervises")
    world.opens("wu_supervises", "console:find_on", told.pk)
    for act in ("rename", "merge", "split", "close", "add", "grid", "move"):
        world.opens("shi_runs_the_system", "console:change_region", world.qing.willow.code, act)


def _doors(world: World) -> None:
    """The doors of the desk: signed out, half-way in, inside; and the first one of all."""
    anybody, halfway = Client(), Client()
    halfway.post(reverse("account_login"), {"login": "bai_audits", "password": PASSWORD})
    world.clients |= {"halfway": halfway, "anybody": anybody}
    world.opens("anybody", "account_login")
    world.opens("halfway", "mfa_authenticate")
    world.opens("anybody", "first_setup", administrators.make_token(world.at))
    for address, one in ours_and_theirs():
        if address.startswith("accounts/") and not one.pattern.converters and one.name != "account_login":
            world.opens("ma_clerks", str(one.name))
    inside = Client()
    inside.post(reverse("account_login"), {"login": "zhou_clerks", "password": PASSWORD})
    world.clients["just in"] = inside
    for name in ("mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes", "account_where"):
        world.opens("just in", name)


def _residents(world: World) -> None:
    """Every public page, and for each state of a report a browser in which its secret was given."""
    qing = world.qing
    for name in plain_names("resident"):
        world.opens("anybody", f"resident:{name}")
    for name in ("place", "sheet", "square"):
        world.opens("anybody", f"resident:{name}", qing.willow.code)
    for name in ("track", "track_square"):
        world.opens("anybody", f"resident:{name}", world.things["waiting"])
    for what in ("waiting", "declined", "booked to come", "add_progress", "evaluate", "archive"):
        code = world.things[what]
        report = Report.objects.get(code=code) if len(code) < 12 else Report.objects.get(case__number=code)
        _bear(world, what, report)


def _bear(world: World, what: str, report: Report) -> None:
    who = f"bearer of {what}"
    secret = unlocking.reissue_secret(report, by=world.qing.ma_clerks, at=world.at)
    world.clients[who] = Client()
    world.clients[who].post(reverse("resident:track", args=[report.code]), {"secret": secret})
    for name in ("track", "data", "own_reception", "evaluate", "reopen", "review", "give_up"):
        world.opens(who, f"resident:{name}", report.code)
    world.opens(who, "resident:own_reception", report.code, query=f"?day={world.things['day to come']}")
    world.things[f"code of {what}"] = report.code


def _sides(world: World) -> None:
    """A quarrel with a side that has its own code and one that has none; and one that was settled on the spot."""
    qing, at = world.qing, world.at
    table = tables.found(qing)
    he, case = table.he_mediates_willow, tables.open_quarrel(qing, at=at)
    dossier = opening.open_dossier(case, tables.dispute(), to=table.village, by=qing.chen_dispatches, at=at)
    tables.seat_parties(table, dossier, at=at)
    inviting.invite(dossier, Helper(name="李支书", role="邻居"), by=he, at=at)
    receipt = hand_code(dossier.parties.get(side=2), by=he, at=at)
    code, world.clients["side"] = receipt.report.code, Client()
    world.clients["side"].post(reverse("resident:track", args=[code]), {"secret": receipt.secret})
    world.opens("side", "resident:mediation", code)
    for act in ("know", "agree", "choose", "invited", "refuse"):
        world.opens("side", "resident:mediation_say", code, act)
    made, _code = spot.record(settled(table, settled_at=at), to=table.village, by=he, at=at)
    world.let_in(he.username)
    _numbers_on_paper(world, dossier, he)
    world.opens(he.username, "console:slips", case.number)
    for act in ("", "?act=add_party", "?act=set_facts"):
        world.opens(he.username, "console:dossier", case.number, query=act)
    world.opens(he.username, "console:new_dispute")
    world.opens(he.username, "console:new_spot")
    world.opens(he.username, "console:spot", made.pk)
    world.opens("wu_supervises", "console:review_spot", made.pk)


def _numbers_on_paper(world: World, dossier: Dossier, by: User) -> None:
    """A kept identity number, so that the page of the papers asks why it is to be printed whole."""
    facts = {"sealed": b"-", "key_id": "-", "tail": "002X", "needed_for": "调解协议书", "at": world.at}
    Identity.objects.create(county=dossier.county, party=dossier.parties.get(side=2), **facts)
    world.opens(by.username, "console:dossier_papers", dossier.case.number)


def plain_names(space: str) -> list[str]:
    """List the pages of the desk or of the residents whose address names nothing and which are read."""
    urls = [one for one in console_urls.urlpatterns if one not in setup_urls.patterns]
    patterns = urls if space == "console" else resident_urls.urlpatterns
    return [str(one.name) for one in patterns if not one.pattern.converters]


def _screens(world: World) -> None:
    """The screens of a report, and the check of a step on many rows: pages that answer a form."""
    said = pages.answers(world.qing)
    anybody = world.clients["anybody"]
    page = anybody.get(f"/report/?county={cast.QING}")
    for screen in ((), ("text", "nature"), ("region", "place"), ("phone", "reporter", "proxy")):
        page = pages.press(anybody, page, **{name: said[name] for name in screen}) if screen else page
        world.shown.append(("anybody", "/report/", page.content.decode()))
    chosen = Case.objects.get(number=world.things["dispatch"])
    sent = {"verb": "dispatch", "case": f"{chosen.number}.{chosen.line_count}", "to": world.qing.water.pk}
    checked = world.clients["chen_dispatches"].post(reverse("console:bulk_check"), sent)
    world.shown.append(("chen_dispatches", reverse("console:bulk_check"), checked.content.decode()))
