"""Residents who report and staff who carry the matters on, each act repeated until it is answered."""

import json
import queue
import random
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from uuid import uuid4

from cryptography.hazmat.primitives import hashes

from bench.faults.browser import Answer, Browser, Fields, NoAnswer
from bench.faults.journal import Act, Journal

PAUSE = 0.3  # seconds before a question that was not answered is asked again
LARGEST_FILE = 40_000


@dataclass(frozen=True)
class Scene:
    """Where the load plays: the ids that its forms name."""

    address: str
    county: str
    region: str  # its code
    region_id: str
    unit_id: str
    password: str
    clerk: str
    dispatcher: str
    handler: str


@dataclass
class Load:
    """Some residents and one desk after another, until told to stop; what was begun is carried to its answer."""

    scene: Scene
    journal: Journal
    chance: random.Random
    received: queue.Queue[Act] = field(default_factory=queue.Queue)
    ends: threading.Event = field(default_factory=threading.Event)
    threads: list[threading.Thread] = field(default_factory=list)

    def begin(self, residents: int, desks: int) -> None:
        """Set them to work."""
        for work in [self._report] * residents + [self._carry_on] * desks:
            self.threads.append(threading.Thread(target=self._until_the_end, args=(work,), daemon=True))
        for thread in self.threads:
            thread.start()

    def end(self, patience: float) -> None:
        """Let everybody finish what they began."""
        self.ends.set()
        until = time.monotonic() + patience
        for thread in self.threads:
            thread.join(max(0.0, until - time.monotonic()))
            if thread.is_alive():
                self.journal.wonder("a thread never got its answer")

    def _until_the_end(self, work: Callable[[], Callable[[], None]]) -> None:
        step = work()
        while not self.ends.is_set():
            step()

    def _report(self) -> Callable[[], None]:
        return lambda: self._report_once(Browser(self.scene.address))

    def _report_once(self, resident: Browser) -> None:
        paper, basket = _paper(self.chance), str(uuid4())
        act = self.journal.begin(Act("report", f"第{uuid4().hex}号", submission=uuid4(), files=[sm3(paper)]))
        fields = {
            "text": f"水管爆了，{act.mark}。", "nature": "help",
            "region": self.scene.region, "county": self.scene.county,
            "submission": str(act.submission), "basket": basket, "screen": "check", "to": "send",
        }  # fmt: skip
        in_pieces = self.chance.random() < 0.5  # noqa: PLR2004
        if in_pieces:
            self._send_in_pieces(resident, paper, basket)
        files = None if in_pieces else {"paper.pdf": paper}
        answer = self._asked(act, lambda: resident.post("/report/", fields, files))
        if answer:
            act.code = answer[1]["location"].strip("/").rpartition("/")[2]
            self.received.put(act)
        time.sleep(self.chance.random())

    def _send_in_pieces(self, resident: Browser, paper: bytes, basket: str) -> None:
        """Send a file as the page's script does: begun, then piece by piece from where the server says it stands."""
        about = {"name": "paper.pdf", "size": str(len(paper)), "basket": basket, "county": self.scene.county}
        told: dict[str, object] = {}
        while "file" not in told:
            try:
                if "id" not in told:
                    told = json.loads(resident.post("/report/files/arriving/", about)[2])
                    continue
                told = {"id": told["id"], **self._piece(resident, paper, told)}
            except NoAnswer:
                told = {"id": told["id"]} if "id" in told else {}
                time.sleep(PAUSE)

    def _piece(self, resident: Browser, paper: bytes, told: dict[str, object]) -> dict[str, object]:
        path = f"/report/files/arriving/{told['id']}/"
        if "offset" not in told:
            status, _headers, content = resident.ask("GET", path)
        else:
            here = int(str(told["offset"]))
            headers = {"X-CSRFToken": resident.token(), "Upload-Offset": str(here)}
            status, _headers, content = resident.ask("PATCH", path, paper[here : here + LARGEST_FILE // 3], headers)
        # Taken in, and the answer lost: the script would begin anew, which gives the same file twice.
        return {"file": None} if status == 404 else dict(json.loads(content))  # noqa: PLR2004

    def _carry_on(self) -> Callable[[], None]:
        people = [Browser(self.scene.address) for _ in range(3)]
        for browser, name in zip(people, (self.scene.clerk, self.scene.dispatcher, self.scene.handler), strict=True):
            browser.sign_in(name, self.scene.password)
        return lambda: self._carry_one_on(*people)

    def _carry_one_on(self, clerk: Browser, dispatcher: Browser, handler: Browser) -> None:
        try:
            report = self.received.get(timeout=1)
        except queue.Empty:
            return
        case = self._open(clerk, report)
        if not case:
            return
        paper = _paper(self.chance)
        steps: list[tuple[str, Browser, Fields, dict[str, bytes]]] = [
            ("dispatch", dispatcher, {"to": self.scene.unit_id, "note": "{mark}"}, {}),
            ("accept", handler, {}, {}),
            ("add_progress", handler, {"note": "{mark}", "basket": str(uuid4())}, {"paper.pdf": paper}),
            ("conclude", handler, {"outcome": "solved", "public_reply": "{mark}", "basket": str(uuid4())}, {}),
        ]
        for seen, (verb, browser, fields, files) in enumerate(steps, start=1):
            if not self._step(case, verb, seen, browser, fields, files):
                return

    def _open(self, clerk: Browser, report: Act) -> str:
        act = self.journal.begin(Act("open", f"第{uuid4().hex}号", code=report.code))
        fields = {
            "title": act.mark, "nature": "help", "kind": "request", "urgency": "ordinary",
            "region": self.scene.region_id,
        }  # fmt: skip
        answer = self._asked(act, lambda: clerk.post(f"/console/reports/{report.code}/open/", fields))
        if answer:
            act.case = answer[1]["location"].strip("/").rpartition("/")[2]
        return act.case

    def _step(self, case: str, verb: str, seen: int, browser: Browser, fields: Fields, files: dict[str, bytes]) -> bool:  # noqa: PLR0913
        act = Act(verb, f"第{uuid4().hex}号", case=case, files=[sm3(paper) for paper in files.values()])
        self.journal.begin(act)
        given = {"seen": str(seen), **{name: value.replace("{mark}", act.mark) for name, value in fields.items()}}
        return bool(self._asked(act, lambda: browser.post(f"/console/cases/{case}/{verb}/", given, files)))

    def _asked(self, act: Act, ask: Callable[[], Answer]) -> Answer | None:
        """Ask until there is an answer; one that leads onward says that it is done."""
        while True:
            act.tries += 1
            try:
                answer = ask()
            except NoAnswer:
                time.sleep(PAUSE)
                continue
            act.is_acknowledged = answer[0] == 302 and "/accounts/" not in answer[1]["location"]  # noqa: PLR2004
            if not act.is_acknowledged:
                self.journal.wonder(f"{act.kind} {act.case or act.code}: {answer[0]} {answer[1].get('location', '')}")
                return None
            return answer


def _paper(chance: random.Random) -> bytes:
    return b"%PDF-1.4\n" + chance.randbytes(chance.randint(200, LARGEST_FILE))


def sm3(content: bytes) -> str:
    """Compute the digest that a file's row must hold."""
    digest = hashes.Hash(hashes.SM3())
    digest.update(content)
    return digest.finalize().hex()
