"""Run one bench in a scratch database that is dropped afterwards: `python -m bench search --stock 1000`."""

import os
import sys

import django


def main() -> int:
    """Set Django up, make the database, run, drop it."""
    name, *arguments = sys.argv[1:] or [""]
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
    os.environ["FENGQIAO_TEST_DATABASE"] = "bench"
    django.setup()
    from django.db import connection

    from bench import search

    benches = {"search": search.main}
    if name not in benches:
        print(f"There is no such bench. There are: {', '.join(benches)}.", file=sys.stderr)
        return 2
    connection.creation.create_test_db(verbosity=0, autoclobber=True)
    try:
        benches[name](arguments)
    finally:
        connection.creation.destroy_test_db("", verbosity=0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
