"""What is said in the year's disputes: names, places and sums are made up; nobody real is meant."""

from dataclasses import dataclass
from datetime import datetime

from fengqiao.mediation.transitions.meetings import Minutes
from fengqiao.mediation.transitions.performing import Visit
from fengqiao.mediation.vocabulary import DisputeType
from fengqiao.playbooks.year.chances import Quarrel
from fengqiao.playbooks.year.people import GIVEN, SURNAMES

# What it is about, what one side tells, what it asks for, what the other side promises in the end.
STORIES = {
    DisputeType.NEIGHBOURS: (
        "邻里相处",
        "邻居家的水流到我家院墙根，墙都泡软了。",
        "把水引开，修好墙根。",
        "十日内改好排水，修好墙根。",
    ),
    DisputeType.FAMILY: (
        "赡养老人",
        "几个子女对老人的赡养说不到一起。",
        "轮流照顾，药费平摊。",
        "按月轮流照顾，药费平均分担。",
    ),
    DisputeType.LAND: ("地埂之争", "相邻的地埂被挪了，少了一溜地。", "把地埂恢复到原处。", "按原来的界桩恢复地埂。"),
    DisputeType.DAMAGE: ("牲畜踩坏庄稼", "羊跑进地里，踩坏了一片玉米。", "赔偿损失。", "赔偿踩坏庄稼的损失。"),
    DisputeType.HOUSING: ("宅基地边界", "盖房占了巷道，出不去车。", "让出巷道。", "让出巷道，补偿改建费用。"),
    DisputeType.WAGES: ("拖欠工钱", "干完活三个月了，工钱还没有给。", "付清工钱。", "付清所欠工钱。"),
    DisputeType.CONTRACT: ("收购合同", "说好的收购价，到时候不认了。", "按约定收购。", "按约定的价格付款。"),
    DisputeType.TRAFFIC: ("车辆剐蹭", "三轮车剐了停着的车，修车钱谁出说不清。", "付修车钱。", "付修车钱。"),
    DisputeType.CONSUMER: ("种子不出苗", "买的种子大半没有出苗。", "退钱。", "退还种子款。"),
    DisputeType.BUSINESS: ("合伙结算", "合伙收苹果，账对不上。", "把账算清，付清欠款。", "按算清的账付款。"),
    DisputeType.PROPERTY: ("物业收费", "楼道灯坏了半年，还要收物业费。", "先修灯再收费。", "三日内修好楼道灯。"),
    DisputeType.OTHER: ("红白事安排", "办事的时候说好的帮忙，后来红了脸。", "当面说清楚。", "双方当面说清，互相道歉。"),
}


@dataclass(frozen=True, slots=True)
class Told:
    """A dispute as one side tells it."""

    title: str
    text: str
    wishes: str
    one: str
    other: str
    phone: str


def told(quarrel: Quarrel) -> Told:
    """Draw who quarrels, and put it into words."""
    title, text, wishes, _duty = STORIES[quarrel.type]
    one, other = quarrel.chance.sample(range(len(SURNAMES)), 2)
    names = [SURNAMES[who] + quarrel.chance.choice(GIVEN) for who in (one, other)]
    sum_asked = f"涉及{quarrel.amount:.0f}元。" if quarrel.amount else ""
    phone = f"1390000{quarrel.chance.randrange(10_000):04d}"
    return Told(title, f"{names[0]}反映：{text}{sum_asked}", wishes, names[0], names[1], phone)


def minutes(quarrel: Quarrel, held_at: datetime, ended_at: datetime) -> Minutes:
    """Write what a meeting brought."""
    title, text, wishes, duty = STORIES[quarrel.type]
    result = f"双方谈妥：{duty}" if quarrel.is_near else "还有分歧，约定再谈。"
    statements = f"申请人：{text}要求{wishes}\n被申请人：说明了自己的难处。"
    return Minutes(held_at=held_at, ended_at=ended_at, result=result, subject=title, statements=statements)


def duty(quarrel: Quarrel) -> str:
    """Say what is promised."""
    return STORIES[quarrel.type][3]


def visit(*, is_kept: bool) -> Visit:
    """Write what a visit found."""
    found = "双方相处平静，没有新的矛盾。" if is_kept else "约定的事还没有办，一方有怨言。"
    return Visit(reason="履行情况回访", words=found, is_kept=is_kept, is_content=is_kept)
