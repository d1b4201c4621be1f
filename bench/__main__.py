"""Run one bench: `python -m bench search --stock 1000`.

Some make a scratch database, some keep one for each size, one starts the whole program.
"""

import os
import sys
from importlib import import_module

import django

SCRATCH = {"pairs": "bench.pairs", "search": "bench.search", "timing": "bench.timing"}
ALONE = {"faults": "bench.faults.driver"}  # starts the whole program on a database of its own
KEPT = {
    "stock": "bench.kept.stocking",
    "lifecycle": "bench.load.lifecycle",
    "spike": "bench.load.spike",
    "memory": "bench.memory",
    "weight": "bench.weight",
    "cold": "bench.cold",
    "depth": "bench.depth",
    "disputes": "bench.disputes",
}


def main() -> int:
    """Choose the database, set Django up, run."""
    name, *arguments = sys.argv[1:] or [""]
    if name not in SCRATCH | KEPT | ALONE:
        print(f"There is no such bench. There are: {', '.join(sorted(SCRATCH | KEPT | ALONE))}.", file=sys.stderr)
        return 2
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    if name in ALONE:
        return int(import_module(ALONE[name]).main(arguments))
    if name in SCRATCH:
        return _in_scratch(SCRATCH[name], arguments)
    from bench.kept import database

    stock = database.stock_in(arguments, database.KINDS.get(name, database.USUAL))
    database.choose(database.name_for(stock, name if name in database.KINDS else ""))
    django.setup()
    import_module(KEPT[name]).main(arguments)
    return 0


def _in_scratch(module: str, arguments: list[str]) -> int:
    """Make a database, run, drop it."""
    os.environ["FENGQIAO_TEST_DATABASE"] = "bench"
    django.setup()
    from django.db import connection

    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        import_module(module).main(arguments)
    finally:
        connection.creation.destroy_test_db("", verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
