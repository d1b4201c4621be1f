"""Invented reports, each in a case of its own, loaded by COPY."""

import random
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from fengqiao.cases.models import Case
from fengqiao.cases.vocabulary import Kind, Nature
from fengqiao.cases.workflow import Status
from fengqiao.intake.models import Report
from fengqiao.intake.workflow import Channel
from fengqiao.intake.workflow import Status as ReportStatus
from fengqiao.kit.codes import ALPHABET, new_code
from fengqiao.kit.ids import new_id
from fengqiao.people.models import User
from tests import cast
from tests.cast import MONDAY_9AM, QingCounty

SURNAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎"
GIVEN = "秀英桂兰建国志强玉珍海燕永红春梅小军文博雪晶银锁栓柱彩霞明辉金凤莲香富贵天佑麦穗拴牢巧云淑芳宏伟"
PLACES = ["柳树", "石湾", "南庄", "北坡", "上塬", "下川", "杨家沟", "贾山", "太阳坪", "孟坝", "三岔", "马渠", "方山"]
PLACES += ["殷家城", "庙渠", "武沟", "郭原", "中原", "临泾", "开边", "屯字"]
MATTERS = [
    "自来水管爆了，家里停水{n}天了",
    "村道塌了{n}米，车过不去",
    "路灯{n}盏不亮，晚上看不见",
    "邻居占了地界{n}米，说不通",
    "工程队欠工钱{n}00元一直不给",
    "养殖场臭气熏人，{n}户人家不敢开窗",
    "垃圾{n}天没人拉",
    "低保申请{n}个月没有答复",
    "变压器老跳闸，{n}户没电",
    "承包地的补贴{n}年没发",
    "学校门口Ｇ２４４线没有减速带，撞了{n}次",
    "水渠堵了，{n}亩麦子浇不上",
    "医保报销{n}个月没到账",
    "彩礼{n}万元要退，双方吵起来",
    "井盖丢了{n}个，老人差点掉下去",
    "手机信号ＮＯ{n}格",
]
ENDS = ["请尽快派人来看。", "村里老人多，等不起。", "已经找过村干部，没有结果。", "希望给个说法。", "盼回复！"]


@dataclass(frozen=True, slots=True)
class Stored:
    """What was loaded of one report and its case."""

    report: UUID
    case: UUID
    code: str
    title: str
    text: str
    place: str


def load(number: int, chance: random.Random) -> tuple[list[Stored], User]:
    """Fill the empty database, oldest first; give what was loaded and who may see all of it."""
    qing = cast.build()
    rows = [invent(chance) for _ in range(number)]
    copy(
        case_of(qing),
        Case,
        ({"id": row.case, "title": row.title, **number_and_day(at)} for at, row in days(rows)),
    )
    copy(report_of(qing), Report, (report_columns(row, at) for at, row in days(rows)))
    with connection.cursor() as cursor:
        cursor.execute(f"{'ANALYZE' if connection.in_atomic_block else 'VACUUM ANALYZE'} cases_case, intake_report")
    return rows, qing.chen_dispatches


def invent(chance: random.Random) -> Stored:
    """Invent one telling: who, where, what, and what is wished."""
    name = chance.choice(SURNAMES) + "".join(chance.choices(GIVEN, k=chance.choice((1, 2, 2))))
    place = chance.choice(PLACES) + "村" + chance.choice("一二三四五六七八九") + "组"
    matters = [one.format(n=chance.randint(1, 30)) for one in chance.sample(MATTERS, chance.choice((1, 1, 2)))]
    text = f"我是{place}的{name}，{'；'.join(matters)}。{chance.choice(ENDS)}"
    return Stored(new_id(), new_id(), new_code("QX"), matters[0][:30], text, f"{place}{chance.randint(1, 99)}号")


def days(rows: list[Stored]) -> Iterable[tuple[datetime, Stored]]:
    """Give each row its moment, a minute after the one before."""
    return ((MONDAY_9AM + timedelta(minutes=minute), row) for minute, row in enumerate(rows))


def number_and_day(at: datetime) -> dict[str, Any]:
    """Give a case its number and its moments; here the signs follow the minute, so that none is drawn twice."""
    minute = at.hour * 60 + at.minute
    drawn = "".join(ALPHABET[minute // 30**place % 30] for place in range(5))
    return {"number": f"{at:%Y%m%d}-{drawn}", "opened_at": at, "due_at": at}


def report_columns(row: Stored, at: datetime) -> dict[str, Any]:
    """Give the columns that differ from one report to the next."""
    own = {"id": row.report, "submission": row.report, "case_id": row.case, "code": row.code}
    return own | {"text": row.text, "place": row.place, "received_at": at}


def case_of(qing: QingCounty) -> Case:
    """Give the case from which all others differ in a few columns."""
    where = {"region": qing.willow, "path": qing.willow.path, "county": qing.willow.county, "centre": qing.centre}
    return Case(kind=Kind.REQUEST, nature=Nature.HELP, status=Status.OPENED, township="629901101", **where)


def report_of(qing: QingCounty) -> Report:
    """Give the report from which all others differ in a few columns."""
    where = {"region": qing.willow, "path": qing.willow.path, "county": qing.willow.county}
    return Report(channel=Channel.WEB, nature=Nature.HELP, status=ReportStatus.IN_CASE, secret_digest="0" * 64, **where)


def copy(sample: Model, table: type[Model], rows: Iterable[dict[str, Any]]) -> None:
    """Load rows: the sample's columns, changed as each row says."""
    names = [field.attname for field in table._meta.concrete_fields if not field.generated]
    columns = ", ".join(f'"{name}"' for name in names)
    base = {name: getattr(sample, name) for name in names}
    with connection.cursor() as cursor, cursor.copy(f'COPY "{table._meta.db_table}" ({columns}) FROM STDIN') as target:
        for row in rows:
            target.write_row([(base | row)[name] for name in names])
