"""The one place that speaks to the world outside: one message to one address, through apprise."""

import logging

import apprise

from fengqiao.kit.locking import CannotOpen
from fengqiao.oversight.channels import address_of
from fengqiao.oversight.models import Channel

PATIENCE = 10  # seconds
logger = logging.getLogger(__name__)
# Their lines name addresses, and an address is a secret.
for talkative in ("apprise", "urllib3", "requests"):
    logging.getLogger(talkative).setLevel(logging.CRITICAL + 1)


def post(channel: Channel, words: str) -> bool:
    """Send one message; say whether it was taken. Whatever goes wrong stays here, and no secret gets into a log."""
    try:
        way = apprise.Apprise()
        return bool(way.add(address_of(channel)) and way.notify(body=words, timeout=PATIENCE))
    except CannotOpen:
        logger.error("Channel %s: its address was locked with another key", channel.pk)
    except Exception as error:
        logger.error("Channel %s: %s", channel.pk, type(error).__name__)  # a message could quote the address
    return False
