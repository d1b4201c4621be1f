from django.db import models
from django.utils.translation import gettext_lazy as _

from fengqiao.kit.ids import new_id


class Heartbeat(models.Model):
    """The last sign of life of one running worker."""

    name = models.CharField(_("worker"), max_length=120, primary_key=True)  # new with every start
    version = models.CharField(_("version"), max_length=40)
    started_at = models.DateTimeField(_("started"))
    at = models.DateTimeField(_("last heard"), db_index=True)

    class Meta:
        verbose_name = _("heartbeat")

    def __str__(self) -> str:
        return self.name


class Fault(models.Model):
    """One thing the worker could not do; kept until it succeeds, while everything else goes on."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    county = models.CharField(_("county"), max_length=6)
    kind = models.CharField(_("kind"), max_length=20)  # which sweep met it
    subject = models.UUIDField(_("subject"))
    error = models.CharField(_("error"), max_length=80)  # its kind only: messages may quote what people wrote
    failures = models.PositiveIntegerField(_("failures"), default=1)
    last_at = models.DateTimeField(_("last tried"))
    retry_at = models.DateTimeField(_("next try"))

    class Meta:
        verbose_name = _("fault")
        constraints = [
            models.UniqueConstraint(name="oversight_fault_once_a_subject", fields=["county", "kind", "subject"])
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.subject} {self.error}"
