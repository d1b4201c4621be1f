"""The default list of subjects: three levels, our own codes, the same for every county at the start."""

import csv
from pathlib import Path

from django.conf import settings
from django.db import transaction

from fengqiao.cases.models import Category

DEFAULT_LIST = settings.BASE_DIR / "data" / "categories" / "requests.csv"
DIGITS = 2  # of a code, a level


def read_categories(path: Path = DEFAULT_LIST) -> list[tuple[str, str]]:
    """Read code and name of every subject, parents before children."""
    with path.open(encoding="utf-8", newline="") as lines:
        rows = [(row["code"], row["name"]) for row in csv.DictReader(lines)]
    return sorted(rows, key=lambda row: (len(row[0]), row[0]))


@transaction.atomic
def load_categories(county: str, path: Path = DEFAULT_LIST) -> int:
    """Give a county the subjects it lacks and count them; what a county renamed or closed stays as it is."""
    known = {category.code: category for category in Category.objects.filter(county=county)}
    fresh = []
    for code, name in read_categories(path):
        if code not in known:
            parent = known.get(code[:-DIGITS])
            known[code] = Category(county=county, code=code, name=name, parent=parent, level=len(code) // DIGITS)
            fresh.append(known[code])
    return len(Category.objects.bulk_create(fresh))
