"""The check before signing: would a court confirm this agreement (民诉法解释 2022 art. 355, 358)?

Five reasons for which a court does not take an application, six for which it turns one down. Some are noticed by rule
and stand there as a warning; the answer is the mediator's. Nothing here blocks a signature: the law lets people agree
on what no court confirms.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext_lazy

from fengqiao.mediation.completeness import present_parties
from fengqiao.mediation.models import Agreement, ConfirmCheck, Item
from fengqiao.mediation.vocabulary import Consent, DisputeType

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

STATUS = ("离婚", "复婚", "婚姻关系", "亲子关系", "父子关系", "母子关系", "收养")
TITLE = ("确权", "物权", "产权", "所有权", "使用权归", "承包权归", "专利权", "商标权", "著作权", "知识产权")
OTHERS = ("第三人", "案外人", "共有人", "其他继承人", "其他村民", "村集体")
COURT_PROCEDURES = ("破产", "公示催告", "宣告失踪", "宣告死亡", "无民事行为能力", "监护人指定", "失踪人")


@dataclass(frozen=True, slots=True)
class Question:
    """One reason that could stand against confirmation, and what is noticed of it by rule."""

    code: str
    label: "StrPromise | str"
    basis: "StrPromise | str"
    notice: Callable[[Agreement], list[str]] | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """A question about one agreement: what is noticed, and what the mediator answered, if they did."""

    question: Question
    warnings: list[str]
    answer: ConfirmCheck | None


def _words_of(*signs: str) -> Callable[[Agreement], list[str]]:
    """Notice an agreement that speaks of one of these."""

    def notice(agreement: Agreement) -> list[str]:
        said = _text(agreement)
        return [_("The agreement speaks of “%(sign)s”.") % {"sign": sign} for sign in signs if sign in said]

    return notice


def _status(agreement: Agreement) -> list[str]:
    """Notice an agreement between relatives that speaks of marriage, parentage or adoption."""
    is_family = agreement.dossier.type == DisputeType.FAMILY
    return _words_of(*STATUS)(agreement) if is_family else []


def unclear_terms(agreement: Agreement) -> list[str]:
    """Notice the items that do not say how much, how or by when, so that nobody could enforce them."""
    said = _("Unclear term: “%(what)s” does not say how, how much or by when.")
    items = list(agreement.items.order_by("order"))
    return [said % {"what": item.what} for item in items if not _is_clear(item)] or (
        [] if items else [_("No item says who does what by when.")]
    )


def _is_clear(item: Item) -> bool:
    """Test if an item says how it is done and when; one without a day is done at once."""
    return bool(item.how) and (item.amount is not None or item.due_on is not None)


def _unwilling(agreement: Agreement) -> list[str]:
    """Notice a party that has not agreed to be mediated."""
    parties = present_parties(agreement.dossier)
    return [_("%(party)s has not agreed yet.") % {"party": each} for each in parties if each.consent != Consent.GIVEN]


def _text(agreement: Agreement) -> str:
    return "\n".join([agreement.content, *(item.what for item in agreement.items.all())])


NOT_TAKEN = gettext_lazy("Interpretation of the Civil Procedure Law, art. 355")
TURNED_DOWN = gettext_lazy("Interpretation of the Civil Procedure Law, art. 358")
QUESTIONS = (
    Question("scope", gettext_lazy("Outside what the courts take as a civil matter"), NOT_TAKEN),
    Question("court", gettext_lazy("No court near the parties, the thing or the committee has it"), NOT_TAKEN),
    Question("status", gettext_lazy("About marriage, parentage or adoption as such"), NOT_TAKEN, _status),
    Question(
        "procedure",
        gettext_lazy("Another special procedure of the courts applies"),
        NOT_TAKEN,
        _words_of(*COURT_PROCEDURES),
    ),
    Question("title", gettext_lazy("Decides who owns a thing or a right"), NOT_TAKEN, _words_of(*TITLE)),
    Question("illegal", gettext_lazy("Against a binding rule of law"), TURNED_DOWN),
    Question("harms", gettext_lazy("Harms the state, the public or somebody else"), TURNED_DOWN, _words_of(*OTHERS)),
    Question("morals", gettext_lazy("Against public order and good morals"), TURNED_DOWN),
    Question("voluntary", gettext_lazy("Not of everybody's free will"), TURNED_DOWN, _unwilling),
    Question("unclear", gettext_lazy("Content unclear"), TURNED_DOWN, unclear_terms),
    Question("other", pgettext_lazy("reason against confirmation", "Something else stands against it"), TURNED_DOWN),
)
CODES = frozenset(question.code for question in QUESTIONS)


def asked(agreement: Agreement) -> list[Asked]:
    """Go through all questions about an agreement, with what is noticed by rule and what was answered."""
    answers = {check.question: check for check in agreement.checks.all()}
    return [
        Asked(question, question.notice(agreement) if question.notice else [], answers.get(question.code))
        for question in QUESTIONS
    ]
