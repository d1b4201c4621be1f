"""The rules by which the machine acts, in the words its log lines carry."""

from django.utils.translation import gettext_noop

SILENCE_ACCEPTS = gettext_noop("silence counts as acceptance")
UNDECIDED_REOPENS = gettext_noop("not decided in time: reopened")
WINDOW_OVER_ARCHIVES = gettext_noop("the evaluation window is over")
SAMPLED = gettext_noop("sampled for a revisit")
ITEM_DUE = gettext_noop("an item of an agreement falls due or is late")
CONFIRMATION_ENDS = gettext_noop("the time to ask the court together runs out")
RISKY = gettext_noop("revisited because it went badly")
