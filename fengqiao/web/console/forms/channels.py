"""What is filled in about channels: by the system administrator a channel, by each person which ones reach them."""

from datetime import date, datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from fengqiao.oversight import channels
from fengqiao.oversight.models import Channel, Listening
from fengqiao.people.models import User
from fengqiao.web.console.forms.fields import LineField, UnitField


def address_field() -> forms.CharField:
    """Make the field of an address: written, never read back."""
    return forms.CharField(
        label=pgettext_lazy("channel", "Address"),
        max_length=500,
        widget=forms.PasswordInput(attrs={"autocomplete": "off", "spellcheck": "false"}),
        help_text=_("For example wecombot://key, dingtalk://token, feishu://token, mailtos://user:password@host."),
    )


class NewChannel(forms.Form):
    """A channel to be added."""

    name = LineField(label=_("Name of the channel"), most=40)
    unit = UnitField(
        label=_("For the unit"), required=False, help_text=_("Left blank: everybody in the county may choose it.")
    )
    address = address_field()

    def __init__(self, data: Any = None, *, county: str, today: date) -> None:
        super().__init__(data)
        unit = self.fields["unit"]
        assert isinstance(unit, UnitField)
        unit.empty_label = _("The whole county")
        unit.offer(county, today)


class NewAddress(forms.Form):
    """Another address for a channel."""

    address = address_field()


class ChannelsField(forms.ModelMultipleChoiceField[Channel]):
    """Channels by name, each with its way."""

    def label_from_instance(self, obj: Channel) -> str:
        """Name a channel and the way it goes."""
        return f"{obj.name} ({channels.WAYS[obj.scheme]})"


class MyChannels(forms.Form):
    """By which channels notices to oneself go."""

    channels = ChannelsField(
        label=_("Send notices to me also by"),
        queryset=Channel.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )

    def __init__(self, data: Any = None, *, user: User, at: datetime) -> None:
        mine = Listening.objects.filter(user=user).values_list("channel", flat=True)
        super().__init__(data, initial={"channels": list(mine)})
        field = self.fields["channels"]
        assert isinstance(field, ChannelsField)
        field.queryset = channels.open_to(user, at)
