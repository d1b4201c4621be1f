"""One desk of a county: a clerk, a dispatcher and a handler, each signed in, and the four calls of a lifecycle."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID, uuid4

from django.urls import reverse

from bench.kept.staff import PASSWORD, County, Person
from bench.load.client import Answer, Broken, Browser
from fengqiao.cases.workflow import Status
from fengqiao.people.models import Role

NUMBER = re.compile(rb'class="number">(\d{8}-[0-9A-Z]{5})<')
SHOWN = re.compile(rb'tag-status">([^<]+)<')
CALLS = ("register", "dispatch", "conclude", "look_up")
TEXT = "我是柳树村三组的王秀英，自来水管爆了，家里停水{n}天了；请尽快派人来看。"
REPLY = "已经修好，现场看过了，水压正常。"


@dataclass
class Desk:
    """Three people at work, and where the matter lies that they deal with."""

    county: str
    region: UUID
    unit: UUID
    clerk: Browser
    dispatcher: Browser
    handler: Browser
    done: int = 0

    def register(self) -> str:
        """Take in a report and open its case in one act; give the case's number."""
        self.done += 1
        said = {"channel": "phone", "nature": "help", "text": TEXT.format(n=self.done), "region": str(self.region)}
        said |= {
            "place": "三组17号",
            "reporter": "王秀英",
            "phone": "",
            "proxy": "",
            "proxy_relation": "",
            "basket": "",
        }
        said |= {"submission": str(uuid4()), "case-title": "三组停水", "case-kind": "request", "open": "1"}
        said |= {"case-urgency": "ordinary", "case-category": ""}
        answer = self.clerk.follow(self.clerk.submit(reverse("console:receive"), said))
        found = NUMBER.search(answer.body)
        if answer.status != 200 or found is None:
            raise Broken(f"register: {answer.status}")
        return found[1].decode()

    def dispatch(self, number: str) -> None:
        """Send the case to the unit."""
        said = {"seen": "1", "to": str(self.unit), "note": "请尽快处理"}
        answer = self.dispatcher.submit(reverse("console:step", args=[number, "dispatch"]), said, htmx=True)
        must_show(answer, number, Status.DISPATCHED)

    def conclude(self, number: str) -> None:
        """Say what was done; the acceptance goes with it."""
        said = {"seen": "2", "basket": "", "outcome": "solved", "public_reply": REPLY, "further": ""}
        answer = self.handler.submit(reverse("console:step", args=[number, "conclude"]), said, htmx=True)
        must_show(answer, number, Status.CONCLUDED)

    def look_up(self, number: str) -> None:
        """Open the case's page by its number."""
        answer = self.clerk.follow(self.clerk.get(reverse("console:case", args=[number])))
        must_show(answer, number, Status.CONCLUDED)

    def steps(self) -> tuple[Callable[[str], None], ...]:
        """List the calls that follow the registration."""
        return self.dispatch, self.conclude, self.look_up

    @property
    def browsers(self) -> tuple[Browser, ...]:
        """All three."""
        return self.clerk, self.dispatcher, self.handler


def must_show(answer: Answer, number: str, status: Status) -> None:
    """Refuse an answer that is not this case in this state."""
    shown = SHOWN.search(answer.body)
    says = shown[1].decode() if shown else ""
    if answer.status != 200 or number.encode() not in answer.body or says != str(status.label):
        raise Broken(f"{number} should be {status.label}, not {says or 'absent'} ({answer.status})")


def seat(at: tuple[str, int], county: County, region: UUID, number: int) -> Desk:
    """Bring the three people of one desk to work, each with a browser of their own."""
    handler = county.handlers[number % len(county.handlers)]
    clerk, dispatcher = (one[number % len(one)] for one in (county.of(Role.CLERK), county.of(Role.DISPATCHER)))
    return Desk(
        county.code,
        region,
        handler.unit,
        clerk=sign_in(at, clerk, reverse("console:receive")),
        dispatcher=sign_in(at, dispatcher, reverse("console:cases")),
        handler=sign_in(at, handler, reverse("console:cases")),
    )


def sign_in(at: tuple[str, int], person: Person, page: str) -> Browser:
    """Sign in as people do and open the page they begin at."""
    browser, door = Browser(*at), reverse("account_login")
    browser.read_token(browser.get(door))
    answer = browser.submit(door, {"login": person.username, "password": PASSWORD})
    browser.read_token(answer)
    begun = browser.follow(browser.get(page))
    browser.read_token(begun)
    if answer.status != 302 or begun.status != 200 or "sessionid" not in browser.cookies:
        raise Broken(f"{person.username} was not let in ({answer.status}, {begun.status})")
    return browser
