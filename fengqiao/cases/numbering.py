"""The internal number of a case: the day it was opened and five drawn signs; no sequence crosses hands."""

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any, ParamSpec, TypeVar, cast

from django.db import IntegrityError, transaction
from django.utils.timezone import localdate

from fengqiao.kit.codes import ALPHABET

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

DRAWN = 5  # thirty signs to the fifth, 24 million numbers a day in a county
TRIES = 5
ONCE = "cases_number_once_in_a_county"


def new_number(at: datetime) -> str:
    """Draw a number for a case opened at this moment, such as `20261121-7K3MQ`."""
    drawn = "".join(secrets.choice(ALPHABET) for _ in range(DRAWN))
    return f"{localdate(at):%Y%m%d}-{drawn}"


def drawn_anew(write: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Let what opens a case be written in one transaction, and from its beginning if the number drawn is another's."""

    @wraps(write)
    def written(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        for _try in range(TRIES):
            try:
                with transaction.atomic():
                    return write(*args, **kwargs)
            except IntegrityError as refusal:
                if not _is_of_the_number(refusal):
                    raise
        with transaction.atomic():
            return write(*args, **kwargs)

    return written


def _is_of_the_number(refusal: IntegrityError) -> bool:
    """Test if it is the number of a case that is there already."""
    return bool(cast(Any, refusal.__cause__).diag.constraint_name == ONCE)
