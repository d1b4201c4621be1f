"""People and posts, for the security administrator: who has an account, and what each may do."""

from datetime import date
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import Exists, OuterRef, Prefetch, Q, QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import localdate, now
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from fengqiao.kit.verdict import Refused
from fengqiao.mediation.transitions import leaving
from fengqiao.people import policy
from fengqiao.people.models import Post, StaffLog, Unit, User
from fengqiao.people.queries import units_left
from fengqiao.people.transitions import accounts, posts, sessions
from fengqiao.web.console.forms.people import EndPost, NewAccount, NewPost, PeopleFilter
from fengqiao.web.console.paging import Order, page_of
from fengqiao.web.shared import factors
from fengqiao.web.shared.access import StaffRequest, duty_view

NEWEST = Order("date_joined", is_descending=True)
LATEST_LINES = 30
SWITCHES = {
    "close": (accounts.deactivate, gettext_lazy("The account is closed.")),
    "phone": (factors.forget, gettext_lazy("The phone is forgotten.")),
    "leave": (sessions.end_all, gettext_lazy("All sign-ins of this person have ended.")),
    "open": (accounts.reactivate, gettext_lazy("The account is open again.")),
}
WITH_PLACE = Post.objects.select_related("unit", "region__parent__parent").order_by("-starts_on", "pk")


@duty_view("people")
@require_safe
def people(request: StaffRequest) -> HttpResponse:
    """List the people of the county with the posts they hold today."""
    today = localdate(now())
    form = PeopleFilter(request.GET, county=request.user.county, today=today)
    wanted = form.wanted()
    held = Prefetch("posts", WITH_PLACE.filter(pk__in=Post.objects.held_on(today)), to_attr="posts_today")
    found = narrowed(wanted, request.user.county, today).prefetch_related(held)
    context = {
        "form": form,
        "page": page_of(found, NEWEST, request.GET),
        "narrowed": bool(wanted),
        "left": units_left(request.user.county, today),
    }
    return render(request, "console/setup/people.html", context)


def narrowed(wanted: dict[str, Any], county: str, today: date) -> QuerySet[User]:
    """Narrow the people of a county to those asked for."""
    state = wanted.get("state", "")
    found = User.objects.filter(county=county, is_active=state != "closed")
    if words := wanted.get("q"):
        found = found.filter(Q(name__icontains=words) | Q(username__icontains=words))
    held = Post.objects.filter(user=OuterRef("pk"))
    if state == "without":
        return found.filter(~Exists(held.held_on(today)))
    held = held.filter(ends_on__lte=today) if state == "ended" else held.held_on(today)
    if which := {name: wanted[name] for name in ("unit", "role") if name in wanted}:
        return found.filter(Exists(held.filter(**which)))
    return found.filter(Exists(held)) if state == "ended" else found


@duty_view("people")
@require_http_methods(["GET", "HEAD", "POST"])
def new_person(request: StaffRequest) -> HttpResponse:
    """Make an account and show its one-time password, this once."""
    form = NewAccount(request.POST or None)
    if form.is_bound and form.is_valid():
        try:
            made = accounts.make_account(**form.cleaned_data, by=request.user, at=now())
        except Refused as refusal:
            form.add_error("username", str(refusal))
        else:
            return _told_once(request, made.user, made.password)
    return render(request, "console/setup/new_person.html", {"form": form}, status=422 if form.is_bound else 200)


@duty_view("people")
@require_POST
def follow_unit(request: StaffRequest, unit: str) -> HttpResponse:
    """Give those who held posts in a closed unit the same posts in the one that takes over."""
    gone = get_object_or_404(Unit.objects.select_related("successor"), code=unit, county=request.user.county)
    try:
        given = posts.follow_unit(gone, by=request.user, at=now())
    except Refused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("%(count)s posts are given.") % {"count": given})
    return redirect("console:people")


@duty_view("people")
@require_safe
def person(request: StaffRequest, username: str) -> HttpResponse:
    """Show one person: their account, their posts, what was done about them."""
    return _page_of(request, find(request.user, username))


@duty_view("people")
@require_http_methods(["GET", "HEAD", "POST"])
def new_post(request: StaffRequest, username: str) -> HttpResponse:
    """Give a post."""
    about, at = find(request.user, username), now()
    form = NewPost(request.POST or None, asked=request.GET, county=request.user.county, today=localdate(at))
    if form.is_bound and form.is_valid():
        try:
            posts.give_post(about, form.holding(), by=request.user, at=at)
        except Refused as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("The post is given."))
            return redirect("console:person", about.username)
    context = {"form": form, "about": about, "verdict": policy.may_change(request.user, about, at)}
    return render(request, "console/setup/new_post.html", context, status=422 if form.is_bound else 200)


@duty_view("people")
@require_POST
def end_post(request: StaffRequest, username: str, post: UUID) -> HttpResponse:
    """End a post on the day that was chosen."""
    about = find(request.user, username)
    held, form = get_object_or_404(about.posts, pk=post), EndPost(request.POST)
    if not form.is_valid():
        return _page_of(request, about, _("Choose the day on which the post ends."))
    end = leaving.end_post_and_seat if form.cleaned_data["with_seat"] else posts.end_post
    try:
        end(held, on=form.cleaned_data["on"], by=request.user, at=now())
    except Refused as refusal:
        return _page_of(request, about, str(refusal))
    messages.success(request, _("The post ends; its row stays."))
    _tell_of_seats(request, about, form.cleaned_data["on"])
    return redirect("console:person", about.username)


@duty_view("people")
@require_POST
def change_account(request: StaffRequest, username: str, act: str) -> HttpResponse:
    """Set a one-time password, close the account, or open it again."""
    about, at = find(request.user, username), now()
    try:
        if act == "password":
            return _told_once(request, about, accounts.reset_password(about, by=request.user, at=at))
        if act not in SWITCHES:
            raise Http404
        switch, said = SWITCHES[act]
        switch(about, by=request.user, at=at)
    except Refused as refusal:
        return _page_of(request, about, str(refusal))
    messages.success(request, str(said))
    if act == "close":
        _tell_of_seats(request, about, localdate(now()))
    return redirect("console:person", about.username)


def _tell_of_seats(request: StaffRequest, about: User, on: date) -> None:
    """Say where the register of mediators goes on to send disputes to somebody; it is kept by another administrator."""
    if names := "、".join(dict.fromkeys(str(seat.committee) for seat in leaving.seats_of(about, on))):
        said = _(
            "In the register of mediators %(name)s still sits in %(committees)s; the system administrator ends that."
        )
        messages.info(request, said % {"name": about, "committees": names})


def find(by: User, username: str) -> User:
    """Fetch a colleague of the own county; others do not exist, and no name holds a null, which no database takes."""
    if not username.isprintable():
        raise Http404
    return get_object_or_404(User, username=username, county=by.county)


def _page_of(request: StaffRequest, about: User, refusal: str = "") -> HttpResponse:
    at = now()
    today = localdate(at)
    context = {
        "about": about,
        "posts": leaving.with_seats(WITH_PLACE.filter(user=about), about, today),
        "today": today,
        "verdict": policy.may_change(request.user, about, at),
        "lines": StaffLog.objects.filter(about=about)
        .select_related("by", "unit")
        .order_by("-at", "-pk")[:LATEST_LINES],
        "sign_ins": sessions.open_now(about, at).count(),
        "has_phone": factors.has_joined(about),
        "refusal": refusal,
    }
    return render(request, "console/setup/person.html", context, status=422 if refusal else 200)


def _told_once(request: StaffRequest, about: User, password: str) -> HttpResponse:
    """Show a one-time password; it stands on this page and nowhere else."""
    return render(request, "console/setup/password.html", {"about": about, "password": password})
