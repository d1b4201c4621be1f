"""The rules by which the machine acts, in the words its log lines carry."""

from django.utils.translation import gettext_noop

SILENCE_ACCEPTS = gettext_noop("silence counts as acceptance")
UNDECIDED_REOPENS = gettext_noop("not decided in time: reopened")
WINDOW_OVER_ARCHIVES = gettext_noop("the evaluation window is over")
SAMPLED = gettext_noop("sampled for a revisit")
RISKY = gettext_noop("revisited because it went badly")
