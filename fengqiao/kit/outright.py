"""Settings read outright: what Django has kept of them is taken without asking first what stands for what."""

from typing import Any, cast

from django.conf import LazySettings


def read_settings_outright() -> None:
    """Leave out a look at each read that is meant for other lazy objects; a page reads settings a hundred times.

    A setting that was read once stands in the object itself, and is taken away from there when it changes. What is
    not there is asked for as ever.
    """
    cast(Any, LazySettings).__getattribute__ = object.__getattribute__
