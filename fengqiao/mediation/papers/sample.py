"""One invented dispute on every paper: to look at a template, and to test it."""

from datetime import date
from decimal import Decimal
from typing import Any

from fengqiao.mediation.papers import contents
from fengqiao.mediation.papers.sample_administrative import before_a_department

PARTIES = (
    contents.Party(
        side="申请人",
        name="何秀兰",
        gender="女",
        age="52岁",
        occupation="农民",
        identity="620000197401010000",
        phone="13800000001",
        address="青山县柳树镇东沟村二组14号",
    ),
    contents.Party(
        side="申请人",
        name="何小川",
        gender="男",
        age="15岁",
        address="青山县柳树镇东沟村二组14号",
        guardian="何秀兰",
        phone="13800000001",
    ),
    contents.Party(
        side="被申请人",
        name="马德福",
        gender="男",
        age="61岁",
        phone="13800000002",
        address="青山县柳树镇东沟村三组8号",
        agent="马建国",
    ),
    contents.Party(
        side="被申请人",
        name="东沟村果业合作社",
        phone="0934-8000003",
        address="青山县柳树镇东沟村村委会院内",
        head="杨志明",
    ),
)
FACTS = (
    "2026年9月18日傍晚，马德福放养的羊群进入何秀兰家果园，啃食结果苹果树二十六棵，踩坏滴灌带约四十米。"
    "东沟村果业合作社负责的围栏门当日未关。\n"
    "双方对羊群入园一事没有争议，对受损棵数、每棵价格和合作社应担多少有争议，曾两次口角，未发生肢体冲突。"
)
ITEMS = (
    contents.Item(
        debtor="马德福",
        creditor="何秀兰",
        duty="赔偿苹果树损失",
        amount=Decimal("7800"),
        way="分两次付现金，何秀兰出具收条",
        due=date(2026, 12, 31),
    ),
    contents.Item(
        debtor="东沟村果业合作社",
        creditor="何秀兰",
        duty="更换滴灌带四十米并修好围栏门",
        way="由合作社派人施工，何秀兰当场验收",
        due=date(2026, 11, 30),
    ),
    contents.Item(debtor="何秀兰", duty="收到首笔赔款后不再就本次羊群入园提出其他要求", due="收到首笔赔款之日起"),
)
ACCOUNT = "\n".join((
    "调解员：今天在村委会调解何秀兰与马德福、东沟村果业合作社的果园纠纷。各方的权利和义务已经告知，各方有无异议？",
    "何秀兰：没有异议，愿意调解。我家二十六棵树都挂了果，今年的收成没有了，滴灌带也要换。",
    "马德福（代理人马建国代为陈述）：羊进园子是事实，我们认。但有几棵树去年就病了，不能按好树算。",
    "东沟村果业合作社（杨志明）：围栏门那天是值班的人忘了关，合作社愿意出工出料。",
    "调解员：请镇林业站技术员高文看过，二十六棵中有六棵原有腐烂病，按半价算。各方意见？",
    "何秀兰：可以按半价。马德福：同意，年底前分两次给清。合作社：滴灌带和门我们十一月底前弄好。",
))  # fmt: skip
REMEDIES = (
    "司法途径：依法向人民法院提起诉讼；\n"
    "仲裁途径：有仲裁协议的，或者依法属于劳动人事争议、农村土地承包经营纠纷的，依法申请仲裁；\n"
    "行政途径：依法请求有关行政机关处理。"
)
COMMON: dict[str, Any] = {
    "committee": "柳树镇东沟村人民调解委员会",
    "number": "(2026)东沟人调字第12号",
    "day": date(2026, 11, 20),
}
OF_PARTIES: dict[str, Any] = {**COMMON, "parties": PARTIES}

OF_PEOPLES_MEDIATION: tuple[contents.Paper, ...] = (
    contents.Application(
        **OF_PARTIES,
        facts=FACTS,
        requests="一、赔偿苹果树损失9,000元；\n二、更换被踩坏的滴灌带；\n三、修好围栏门，保证今后羊群不再入园。",
    ),
    contents.Acceptance(
        **OF_PARTIES,
        kind="损害赔偿纠纷",
        is_applied_for=True,
        origin="当事人到村委会口头提出",
        facts=FACTS,
        registrar="李改霞",
    ),
    contents.RightsNotice(**OF_PARTIES),
    contents.Minutes(
        **OF_PARTIES,
        held="2026年11月20日9时30分至11时10分",
        place="东沟村村委会调解室",
        subject="羊群进入果园的损害赔偿纠纷",
        others=("高文（镇林业站技术员）", "何福贵（邻居）"),
        mediators=("赵守义", "李改霞"),
        recorder="李改霞",
        account=ACCOUNT,
        verified="镇林业站技术员高文现场查看：受损二十六棵，其中六棵原有腐烂病。",
        concessions="何秀兰愿意对六棵病树按半价计算。",
        undisputed="2026年9月18日羊群进入何秀兰家果园，啃食苹果树二十六棵；围栏门当日未关。",
        outcome="各方自愿达成协议，另行制作调解协议书。",
    ),
    contents.Agreement(
        **OF_PARTIES,
        facts=FACTS,
        content="各方同意按二十棵全价、六棵半价计算苹果树损失，滴灌带和围栏门由合作社修复。",
        items=ITEMS,
        rest="果园与草场之间的界线另行协商。",
        mediators=("赵守义", "李改霞"),
        recorder="李改霞",
        copies=5,
    ),
    contents.OralAgreement(**OF_PARTIES, facts=FACTS, content="各方互相谅解。", items=ITEMS, mediators=("赵守义",)),
    contents.Termination(
        **OF_PARTIES,
        subject="羊群进入果园的损害赔偿纠纷",
        accepted_on=date(2026, 11, 17),
        ground="一方当事人明确表示不再接受调解",
        remedies=REMEDIES,
    ),
    contents.FollowUp(
        **(OF_PARTIES | {"day": date(2026, 12, 5)}),
        agreement="(2026)东沟人调字第12号",
        reason="了解调解协议的履行情况",
        visited="2026年12月5日15时",
        way="入户",
        findings="滴灌带和围栏门已于11月28日修好，何秀兰当场验收。首笔赔款3,900元已付，有收条。各方没有新的争议。",
        visitors=("赵守义",),
    ),
    contents.Slip(
        **OF_PARTIES,
        kind="损害赔偿纠纷",
        facts="羊群进入果园，啃食苹果树二十六棵，踩坏滴灌带。",
        outcome="达成书面协议",
        items=ITEMS,
        mediators=("赵守义", "李改霞"),
    ),
    contents.Cover(
        **COMMON,
        title="何秀兰等与马德福等损害赔偿纠纷",
        mediators=("赵守义", "李改霞"),
        begun=date(2026, 11, 17),
        ended=date(2026, 11, 20),
        filed_by="李改霞",
        retention="长期",
        remarks="协议已履行完毕",
    ),
    contents.Index(
        **COMMON,
        rows=(
            contents.IndexRow(paper="人民调解申请书", pages="1"),
            contents.IndexRow(paper="人民调解受理登记表", pages="2"),
            contents.IndexRow(paper="当事人权利义务告知书", pages="3"),
            contents.IndexRow(paper="人民调解记录", pages="4—5", remarks="附照片一张"),
            contents.IndexRow(paper="人民调解协议书", pages="6—7"),
            contents.IndexRow(paper="人民调解回访记录", pages="8"),
        ),
    ),
)
PAPERS = (*OF_PEOPLES_MEDIATION, *before_a_department(OF_PEOPLES_MEDIATION))
