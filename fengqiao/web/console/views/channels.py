"""Channels for notices outward: the system administrator sets them up, each person chooses which ones reach them."""

from collections.abc import Callable

from django.contrib import messages
from django.db.models import Count, Prefetch
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengqiao.kit.verdict import Refused
from fengqiao.oversight import channels as acts
from fengqiao.oversight.models import Channel, Sending
from fengqiao.web.console.forms.channels import MyChannels, NewAddress, NewChannel
from fengqiao.web.shared.access import StaffRequest, duty_view, staff_view


@duty_view("units")
@require_safe
def channels(request: StaffRequest) -> HttpResponse:
    """List the county's channels and how they are."""
    return _page(request)


@duty_view("units")
@require_POST
def new_channel(request: StaffRequest) -> HttpResponse:
    """Add a channel."""
    at = now()
    form = NewChannel(request.POST, county=request.user.county, today=localdate(at))
    if form.is_valid():
        try:
            acts.add(**form.cleaned_data, by=request.user, at=at)
        except Refused as refusal:
            form.add_error("address", str(refusal))
        else:
            messages.success(request, _("The channel is added and still off. Send a test, then switch it on."))
            return redirect("console:channels")
    return _page(request, form)


@duty_view("units")
@require_POST
def change_channel(request: StaffRequest, channel: str, act: str) -> HttpResponse:
    """Switch a channel, send a test by it, give it another address, or take it away."""
    found = get_object_or_404(Channel, pk=channel, county=request.user.county)
    if act not in ACTS:
        raise Http404
    try:
        messages.success(request, ACTS[act](request, found))
    except Refused as refusal:
        messages.error(request, str(refusal))
    return redirect("console:channels")


@staff_view
@require_http_methods(["GET", "HEAD", "POST"])
def my_channels(request: StaffRequest) -> HttpResponse:
    """Let each person choose by which channels notices to them go; none unless they say so."""
    at = now()
    form = MyChannels(request.POST if request.method == "POST" else None, user=request.user, at=at)
    if form.is_bound and form.is_valid():
        acts.listen(form.cleaned_data["channels"], by=request.user, at=at)
        messages.success(request, _("From now on notices go as you chose."))
        return redirect("console:my_channels")
    context = {"form": form, "has_any": acts.open_to(request.user, at).exists()}
    return render(request, "console/channels.html", context, status=422 if form.is_bound else 200)


def _test(request: StaffRequest, channel: Channel) -> str:
    acts.ask_for_test(channel, by=request.user, at=now())
    return _("The test is on its way; load this page again in a few seconds to see how it went.")


def _on(request: StaffRequest, channel: Channel) -> str:
    acts.switch(channel, is_on=True, by=request.user, at=now())
    return _("The channel is on; colleagues can choose it now.")


def _off(request: StaffRequest, channel: Channel) -> str:
    acts.switch(channel, is_on=False, by=request.user, at=now())
    return _("The channel is off.")


def _address(request: StaffRequest, channel: Channel) -> str:
    form = NewAddress(request.POST)
    if not form.is_valid():
        raise Refused(_("Write the new address."))
    acts.replace_address(channel, form.cleaned_data["address"], by=request.user, at=now())
    return _("The channel has its new address.")


def _remove(request: StaffRequest, channel: Channel) -> str:
    acts.remove(channel, by=request.user, at=now())
    return _("The channel is gone, and its address with it.")


ACTS: dict[str, Callable[[StaffRequest, Channel], str]] = {
    "test": _test, "on": _on, "off": _off, "address": _address, "remove": _remove,
}  # fmt: skip


def _page(request: StaffRequest, form: NewChannel | None = None) -> HttpResponse:
    county, today = request.user.county, localdate(now())
    tests = Prefetch("sendings", Sending.objects.filter(notice=None).order_by("-made_at"), to_attr="tests")
    found = Channel.objects.filter(county=county).select_related("unit").annotate(listening=Count("listeners"))
    context = {
        "channels": found.prefetch_related(tests).order_by("name"),
        "form": form or NewChannel(county=county, today=today),
        "ways": acts.WAYS,
        "dead_after": acts.DEAD_AFTER,
    }
    return render(request, "console/setup/channels.html", context, status=422 if form else 200)
