"""What other systems call the types of disputes: the table between our codes and theirs.

The ministry's name is the type itself. The other two divide otherwise: theirs is the nearest, and blank where there is
none; what belongs to letters and visits alone (law suits, discipline, religion) has no type here.
"""

from dataclasses import dataclass

from fengqiao.mediation.vocabulary import DisputeType


@dataclass(frozen=True, slots=True)
class Called:
    """How a type is called in the justice offices' statistics, by the political-legal committees, among petitions."""

    justice: str  # 人民调解统计, eighteen types
    legal_affairs: str  # 矛盾纠纷排查, seventeen types
    petitions: str = ""  # 信访内容分类, first level


MAPPING: dict[str, Called] = {
    DisputeType.FAMILY: Called("婚姻家庭", "婚恋家庭"),
    DisputeType.NEIGHBOURS: Called("邻里", "邻里"),
    DisputeType.HOUSING: Called("房屋宅基地", "物权相关", "农村农业"),
    DisputeType.CONTRACT: Called("合同", "合同及相关"),
    DisputeType.BUSINESS: Called("生产经营", "其他民商事", "市场监督"),
    DisputeType.DAMAGE: Called("损害赔偿", "侵权相关"),
    DisputeType.LAND: Called("山林土地", "土地及资源权属", "自然资源"),
    DisputeType.EXPROPRIATION: Called("征地拆迁", "城乡建设发展", "城乡建设"),
    DisputeType.ENVIRONMENT: Called("环境污染", "侵权相关", "生态环境"),
    DisputeType.WAGES: Called("拖欠农民工工资", "劳动人事争议", "劳动和社会保障"),
    DisputeType.LABOUR: Called("其他劳动争议", "劳动人事争议", "劳动和社会保障"),
    DisputeType.TOURISM: Called("旅游", "合同及相关", "文体旅游"),
    DisputeType.E_COMMERCE: Called("电子商务", "合同及相关"),
    DisputeType.CONSUMER: Called("其他消费", "合同及相关", "经济管理"),
    DisputeType.MEDICAL: Called("医疗", "侵权相关", "卫生健康"),
    DisputeType.TRAFFIC: Called("道路交通事故", "侵权相关", "交通运输"),
    DisputeType.PROPERTY: Called("物业", "合同及相关", "房产物业"),
    DisputeType.OTHER: Called("其他", "其他", "党务政务"),
}
