from django.conf import settings

from fengqiao.places import loader


def load_divisions() -> None:
    """Load the tree and the working days that Zhenyuan stands on."""
    loader.load_divisions(settings.BASE_DIR / "data" / "divisions" / "621027.nbs-2023-06-30.csv.gz")
    loader.load_calendar(settings.BASE_DIR / "data" / "calendar")
