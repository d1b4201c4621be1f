"""The words of a script about more time: one real transition each."""

from datetime import datetime, timedelta

from django.utils.timezone import localdate

from fengqiao.cases.transitions import delaying
from fengqiao.playbooks.demo.scene import Said, Scene


def ask_extension(scene: Scene, said: Said, at: datetime) -> None:
    """Ask for a longer span."""
    delaying.ask_extension(scene.case, more=said["more"], reason=said["reason"], by=scene.handler(said), at=at)


def ask_pause(scene: Scene, said: Said, at: datetime) -> None:
    """Ask that the clock stand still for so many days."""
    until = localdate(at) + timedelta(days=said["days"])
    delaying.ask_pause(scene.case, until=until, reason=said["reason"], by=scene.handler(said), at=at)


def approve(scene: Scene, said: Said, at: datetime) -> None:
    """Grant what was asked for."""
    delaying.approve_delay(scene.case, by=scene.who(said, "zhao.supervisor"), at=at)


def refuse(scene: Scene, said: Said, at: datetime) -> None:
    """Decline what was asked for."""
    delaying.refuse_delay(scene.case, reason=said["reason"], by=scene.who(said, "zhao.supervisor"), at=at)


def resume(scene: Scene, said: Said, at: datetime) -> None:
    """Let the clock run again before the pause is over."""
    delaying.resume(scene.case, note=said["note"], by=scene.handler(said), at=at)
