"""The internal number of a case: the day it was opened and five drawn signs; no sequence crosses hands."""

import secrets
from datetime import datetime

from django.utils.timezone import localdate

from fengqiao.kit.codes import ALPHABET

DRAWN = 5  # thirty signs to the fifth, 24 million numbers a day in a county


def new_number(at: datetime) -> str:
    """Draw a number for a case opened at this moment, such as `20261121-7K3MQ`."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(DRAWN))
    return f"{localdate(at):%Y%m%d}-{drawn}"
