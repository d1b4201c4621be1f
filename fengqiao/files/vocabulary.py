"""What may be attached, to what, and how much of it."""

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

MEGABYTE = 2**20
MOST_FILES = 6  # on one report, and on one step


class Media(TextChoices):
    """What a file is by its content, whatever its name says."""

    JPEG = "image/jpeg", _("Photo")
    PNG = "image/png", _("Picture")
    PDF = "application/pdf", "PDF"
    DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "Word"
    XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "Excel"
    PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation", "PowerPoint"
    DOC = "application/msword", _("Word, old")
    XLS = "application/vnd.ms-excel", _("Excel, old")
    PPT = "application/vnd.ms-powerpoint", _("PowerPoint, old")


class Parent(TextChoices):
    """What a file was attached to; whoever may see that may see the file."""

    REPORT = "report", _("Report")
    LINE = "line", _("Log line")


PICTURES = frozenset({Media.JPEG, Media.PNG})
PHOTO_LIMIT, PAPER_LIMIT = 20 * MEGABYTE, 30 * MEGABYTE
ENDINGS = {
    Media.JPEG: "jpg",
    Media.PNG: "png",
    Media.PDF: "pdf",
    Media.DOCX: "docx",
    Media.XLSX: "xlsx",
    Media.PPTX: "pptx",
    Media.DOC: "doc",
    Media.XLS: "xls",
    Media.PPT: "ppt",
}
