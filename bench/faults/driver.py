"""Kill at random under load and account for everything: `./run bench faults --times 50 --seed 1`.

Starts the whole program as `./run up` does, with PostgreSQL as durable as in service, sets residents and staff to work
over HTTP, and kills with SIGKILL: a web process, the web server, the worker, a backend, the database, the supervisor.
What was answered to its end must be there once; the doctor must find nothing; one line of JSON says how it went.
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path
from typing import Any

import django

from bench.faults.stack import Stack, kill
from fengqiao.jobs.launch.processes import stop_on_signals

VICTIMS = {"web process": 3, "web server": 2, "worker": 3, "backend": 3, "database": 2, "supervisor": 1}  # how often
FINISHES_WITHIN = 90.0


def main(arguments: list[str]) -> int:
    """Start, load, kill, account; 1 if anything is lost, doubled or left over."""
    parser = argparse.ArgumentParser(prog="./run bench faults")
    parser.add_argument("--times", type=int, default=50)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--residents", type=int, default=3)
    parser.add_argument("--desks", type=int, default=2)
    asked = parser.parse_args(arguments)
    stop_on_signals()
    with tempfile.TemporaryDirectory(prefix="fengqiao-faults-") as folder:
        Path(folder).chmod(0o755)
        stack = Stack(Path(folder) / "var")
        try:
            result = _run(stack, asked)
        finally:
            stack.end()
            print(stack.words.read_text(), file=sys.stderr)
    print(json.dumps({"bench": "faults", "times": asked.times, "seed": asked.seed, **result}, ensure_ascii=False))
    return 0 if _is_whole(result) else 1


def _run(stack: Stack, asked: argparse.Namespace) -> dict[str, Any]:
    first = stack.start("--playbook", "zhenyuan")
    os.environ |= {"FENGQIAO_DATA": str(stack.data), "FENGQIAO_DATABASE_URL": stack.database}
    django.setup()
    from bench.faults import account, scenery
    from bench.faults.journal import Journal
    from bench.faults.load import Load

    chance, journal = random.Random(asked.seed), Journal()
    load = Load(scenery.build(stack.address), journal, random.Random(asked.seed))
    load.begin(asked.residents, asked.desks)
    killed, longest = _kill(stack, chance, asked.times)
    load.end(FINISHES_WITHIN)
    left = account.settled()
    result = {
        "figure": round(max(longest.values(), default=0.0), 1), "unit": "s until it serves again",
        "killed": killed, "longest_s": longest, "first_start_s": round(first, 1),
        "asked": len(journal.acts), "acknowledged": len(journal.acknowledged),
        "asked_again": sum(act.tries > 1 for act in journal.acts),
        **account.compared(journal), "untold": account.untold(), **left,
        "surprises": journal.surprises[:10], "doctor": account.examined()[:10], "orphans": account.orphans(),
    }  # fmt: skip
    stack.end()
    return result | {"clean_start_s": round(stack.start(), 1)}


def _kill(stack: Stack, chance: random.Random, times: int) -> tuple[dict[str, int], dict[str, float]]:
    """Kill so many times; count by victim, and how long it took at most until a page came again."""
    killed, longest = Counter[str](), dict[str, float]()
    order = [*VICTIMS, *chance.choices(list(VICTIMS), list(VICTIMS.values()), k=times)]
    chance.shuffle(order)
    for kind in order[:times]:
        time.sleep(chance.uniform(0.5, 3.0))
        while not _fell(stack, chance, kind):
            time.sleep(0.2)  # it is being started
        took = stack.start() if kind == "supervisor" else stack.until_it_serves()
        killed[kind] += 1
        longest[kind] = max(longest.get(kind, 0.0), round(took, 1))
        print(f"  {sum(killed.values())}/{times} {kind}: {took:.1f} s", file=sys.stderr, flush=True)
    return dict(killed), longest


def _fell(stack: Stack, chance: random.Random, kind: str) -> bool:
    """Kill one of a kind, and wait for the end of what we started ourselves."""
    standing = stack.victims(kind)
    if not standing or not kill(chance.choice(standing)):
        return False
    if kind == "supervisor" and stack.supervisor:
        stack.supervisor.wait()
    return True


def _is_whole(result: dict[str, Any]) -> bool:
    must_be_nothing = ("lost", "doubled", "untold", "unfollowed", "abandoned_jobs", "failed_jobs", "orphans")
    return not any(result[name] for name in (*must_be_nothing, "surprises", "doctor"))
