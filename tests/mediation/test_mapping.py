"""The table between our types of disputes and what others call them leaves none out, and the glossary prints it."""

from pathlib import Path

from django.utils.translation import override

from fengqiao.mediation.mapping import MAPPING
from fengqiao.mediation.vocabulary import DisputeType

GLOSSARY = Path(__file__).parents[2] / "docs" / "glossary.md"
LEGAL_AFFAIRS = (
    "婚恋家庭 邻里 人格权 物权相关 侵权相关 合同及相关 劳动人事争议 金融借贷 土地及资源权属 其他民商事"
    " 城乡建设发展 涉民政 其他行政执法 涉法涉诉 涉组织涉纪检 涉民族宗教 其他"
)


def test_every_type_has_its_name_elsewhere() -> None:
    assert set(MAPPING) == set(DisputeType) and len({each.justice for each in MAPPING.values()}) == 18
    assert {each.legal_affairs for each in MAPPING.values()} <= set(LEGAL_AFFAIRS.split())


def test_the_type_is_called_as_the_justice_offices_call_it() -> None:
    with override("zh-hans"):
        off = {
            code: (each.justice, str(DisputeType(code).label))
            for code, each in MAPPING.items()
            if each.justice not in str(DisputeType(code).label)
        }
    assert not off


def test_the_glossary_prints_the_table() -> None:
    text = GLOSSARY.read_text(encoding="utf-8")
    for code, each in MAPPING.items():
        assert (
            f"| {each.justice} | {each.legal_affairs} | {each.petitions} |"
            in text.partition(f"| `{code}` |")[2].partition("\n")[0]
        )
