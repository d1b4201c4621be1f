"""Notices outward: whether the channels that are on can be reached."""

from collections.abc import Iterator
from datetime import datetime

from django.utils.translation import gettext as _

from fengqiao.jobs.doctor.findings import Finding, fault, good
from fengqiao.oversight import channels
from fengqiao.oversight.models import Channel


def reachable(at: datetime) -> Iterator[Finding]:
    """Examine the channels; where none is on there is nothing to say."""
    for channel in channels.dead():
        words = {"name": channel.name, "county": channel.county, "count": channel.failures}
        yield fault(
            _("The channel “%(name)s” of %(county)s failed %(count)s times in a row.") % words,
            _("Enter its address anew on /console/setup/channels/ and send a test."),
        )
    if Channel.objects.filter(is_on=True).exists() and not channels.dead().exists():
        yield good(_("Channels for notices: none fails."))
