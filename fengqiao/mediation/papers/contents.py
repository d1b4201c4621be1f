"""What stands on each paper of mediation: frozen, complete, without a model behind it.

Each field carries the Chinese name under which the templates of Word and PDF know it; docs/papers.md lists them.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any


def named(name: str, **options: Any) -> Any:
    """Declare a field together with its name in the templates."""
    return field(metadata={"name": name}, **options)


@dataclass(frozen=True, kw_only=True)
class Party:
    """A party as they stand on a paper, with whoever speaks for them."""

    side: str = named("身份")
    name: str = named("姓名")
    gender: str = named("性别", default="")
    age: str = named("年龄", default="")
    occupation: str = named("职业", default="")
    phone: str = named("联系方式", default="")
    address: str = named("住址", default="")
    identity: str = named("证件号码", default="")
    head: str = named("负责人", default="")
    guardian: str = named("监护人", default="")
    agent: str = named("代理人", default="")


@dataclass(frozen=True, kw_only=True)
class Item:
    """One thing agreed: who owes whom what, how much, how and by when."""

    debtor: str = named("义务人")
    creditor: str = named("权利人", default="")
    duty: str = named("事项")
    amount: Decimal | None = named("金额", default=None)
    way: str = named("方式", default="")
    due: date | str = named("期限", default="")


@dataclass(frozen=True, kw_only=True)
class Paper:
    """What every paper has: whose it is, its number and its day; a day left out is written by hand."""

    committee: str = named("调委会")
    number: str = named("编号")
    day: date | None = named("日期", default=None)


@dataclass(frozen=True, kw_only=True)
class PaperOfParties(Paper):
    """A paper that names the parties, and that they may sign."""

    parties: tuple[Party, ...] = named("当事人")

    @property
    def signing(self) -> tuple[Party, ...]:
        """Those with a place to sign."""
        return self.parties


@dataclass(frozen=True, kw_only=True)
class Application(PaperOfParties):
    """What a side asks a committee for, and about what; the side that asks stands first."""

    facts: str = named("纠纷情况")
    requests: str = named("申请事项")

    @property
    def signing(self) -> tuple[Party, ...]:
        """Only the side that asks signs."""
        return tuple(party for party in self.parties if party.side == self.parties[0].side)


@dataclass(frozen=True, kw_only=True)
class Acceptance(PaperOfParties):
    """That the committee took the dispute up, how it came to it, and with whose consent."""

    kind: str = named("纠纷类型")
    is_applied_for: bool = named("依申请")
    origin: str = named("来源说明", default="")
    facts: str = named("纠纷情况")
    registrar: str = named("登记人", default="")


@dataclass(frozen=True, kw_only=True)
class RightsNotice(PaperOfParties):
    """What parties may do and must do in mediation, and that they were told."""


@dataclass(frozen=True, kw_only=True)
class Minutes(PaperOfParties):
    """What was said and found at one meeting."""

    held: str = named("时间")
    place: str = named("地点")
    subject: str = named("事由")
    others: tuple[str, ...] = named("参加人", default=())
    mediators: tuple[str, ...] = named("调解员")
    recorder: str = named("记录人", default="")
    account: str = named("调解记录")
    verified: str = named("查明事实", default="")
    undisputed: str = named("无争议事实", default="")
    concessions: str = named("让步意见", default="")
    outcome: str = named("调解结果")


@dataclass(frozen=True, kw_only=True)
class Agreement(PaperOfParties):
    """What the parties agreed in writing."""

    facts: str = named("纠纷情况")
    content: str = named("协议约定", default="")
    items: tuple[Item, ...] = named("协议内容")
    rest: str = named("未尽事项", default="")
    mediators: tuple[str, ...] = named("调解员")
    recorder: str = named("记录人", default="")
    copies: int = named("份数")


@dataclass(frozen=True, kw_only=True)
class OralAgreement(PaperOfParties):
    """What the parties agreed by word of mouth, as the mediator wrote it down; they need not sign."""

    facts: str = named("纠纷情况")
    content: str = named("协议约定", default="")
    items: tuple[Item, ...] = named("协议内容")
    mediators: tuple[str, ...] = named("调解员")


@dataclass(frozen=True, kw_only=True)
class Termination(PaperOfParties):
    """That mediation ended without an agreement, why, and which roads remain."""

    subject: str = named("事由")
    accepted_on: date | None = named("受理日期", default=None)
    ground: str = named("终止原因")
    remedies: str = named("其他途径")


@dataclass(frozen=True, kw_only=True)
class FollowUp(PaperOfParties):
    """What a visit after the agreement found."""

    agreement: str = named("协议编号")
    reason: str = named("回访事由")
    visited: str = named("回访时间")
    way: str = named("回访方式", default="")
    findings: str = named("回访情况")
    visitors: tuple[str, ...] = named("回访人")


@dataclass(frozen=True, kw_only=True)
class Slip(PaperOfParties):
    """Our slip of four copies: each side, the committee, the justice office."""

    kind: str = named("纠纷类型")
    facts: str = named("纠纷情况")
    outcome: str = named("调解结果")
    items: tuple[Item, ...] = named("协议内容", default=())
    mediators: tuple[str, ...] = named("调解员")


@dataclass(frozen=True, kw_only=True)
class Cover(Paper):
    """The front page of a dossier; its day is the one on which it was filed."""

    title: str = named("卷名")
    mediators: tuple[str, ...] = named("调解员")
    begun: date | None = named("开始日期", default=None)
    ended: date | None = named("结束日期", default=None)
    filed_by: str = named("立卷人", default="")
    retention: str = named("保管期限", default="")
    remarks: str = named("备注", default="")


@dataclass(frozen=True, kw_only=True)
class IndexRow:
    """One paper in the list of what a dossier holds."""

    paper: str = named("名称")
    pages: str = named("页号", default="")
    remarks: str = named("备注", default="")


@dataclass(frozen=True, kw_only=True)
class Index(Paper):
    """The list of what a dossier holds."""

    rows: tuple[IndexRow, ...] = named("目录")
