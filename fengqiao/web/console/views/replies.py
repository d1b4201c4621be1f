"""Templates of replies, for the system administrator."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.timezone import now
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from fengqiao.kit.verdict import Refused
from fengqiao.playbooks.models import ReplyTemplate
from fengqiao.playbooks.rulebook import replies as acts
from fengqiao.web.console.forms.replies import TemplateForm
from fengqiao.web.shared.access import StaffRequest, duty_view


@duty_view("rules")
@require_http_methods(["GET", "HEAD", "POST"])
def replies(request: StaffRequest) -> HttpResponse:
    """List the templates; a new one is added here."""
    form, refusal = TemplateForm(request.POST or None), ""
    if form.is_bound and form.is_valid():
        try:
            acts.add_template(form.words(), by=request.user, at=now())
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("The template is offered from now on."))
            return redirect("console:replies")
    listed = ReplyTemplate.objects.filter(county=request.user.county).order_by("use", "-is_open", "name")
    context = {"form": form, "refusal": refusal, "templates": listed}
    return render(request, "console/setup/replies.html", context, status=422 if form.is_bound else 200)


@duty_view("rules")
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: StaffRequest, template: UUID) -> HttpResponse:
    """Change one template."""
    found, refusal = find(request, template), ""
    form = TemplateForm(request.POST or None, template=found)
    if form.is_bound and form.is_valid():
        try:
            acts.change_template(found, form.words(), by=request.user, at=now())
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, _("The template is changed."))
            return redirect("console:replies")
    context = {"form": form, "refusal": refusal, "template": found}
    return render(request, "console/setup/reply.html", context, status=422 if form.is_bound else 200)


@duty_view("rules")
@require_POST
def switch_reply(request: StaffRequest, template: UUID) -> HttpResponse:
    """Offer a template no longer, or again."""
    made = acts.switch_template(find(request, template), by=request.user, at=now())
    said = _("The template is offered again.") if made.is_open else _("The template is no longer offered.")
    messages.success(request, said)
    return redirect("console:replies")


def find(request: StaffRequest, template: UUID) -> ReplyTemplate:
    """Fetch a template of the own county; others do not exist."""
    return get_object_or_404(ReplyTemplate, pk=template, county=request.user.county)
