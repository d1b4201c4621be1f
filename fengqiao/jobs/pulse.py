"""The worker's sign of life."""

import os
import socket
from datetime import datetime, timedelta
from uuid import uuid4

from fengqiao.kit.version import version
from fengqiao.oversight.models import Heartbeat

ME = f"{socket.gethostname()} {os.getpid()} {uuid4().hex[:6]}"  # process numbers come again; this name does not
KEPT_FOR = timedelta(days=1)


def beat(at: datetime, *, name: str = ME) -> None:
    """Write down that this worker lives."""
    alive = {"version": version(), "at": at}
    Heartbeat.objects.update_or_create(name=name, defaults=alive, create_defaults={**alive, "started_at": at})


def forget_the_dead(at: datetime) -> int:
    """Drop the signs of workers that have long ended."""
    return Heartbeat.objects.filter(at__lt=at - KEPT_FOR).delete()[0]
