"""The agencies of 安澜市: what one can ask of them, and how well they work."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping

CITY = "安澜市"


@dataclass(frozen=True, slots=True)
class Item:
    """Something one can ask for. `promised` is what this city promises, in working days; None where it promises nothing.

    `tests`: samples are tested; `review`: the special procedure that experts or testers run; `touches_others`:
    neighbours have a say; `fee`: the published standard in yuan; `joint` and `two_level` say how it is handled.
    """

    name: str
    promised: int | None
    tests: bool = False
    review: str = ""
    touches_others: bool = False
    fee: int = 0
    joint: bool = False
    two_level: bool = False


@dataclass(frozen=True, slots=True)
class Agency:
    """An agency. `faults` is the share of its cases in which something goes wrong, `habits` what it does more often than others.

    `weight` is its share of the city's cases; `days_only` says that its own system reports days without the hour.
    """

    name: str
    items: tuple[Item, ...]
    weight: int
    faults: float
    pace: float = 0.6
    habits: Mapping[str, int] = field(default_factory=dict)
    days_only: str = ""


MARKET = Agency(
    "市场监督管理局",
    (
        Item("食品经营许可", 10),
        Item("药品零售许可", 12, fee=60),
        Item("食品生产许可", 15, tests=True, review="inspection"),
        Item("特种设备使用登记", 10, review="testing", tests=True),
    ),
    weight=20,
    faults=0.05,
)
HOUSING = Agency(
    "住房和城乡建设局",
    (
        Item("建筑工程施工许可", 10, fee=200),
        Item("燃气经营许可", 15, review="expert_review"),
        Item("商品房预售许可", 10),
        Item("建设工程消防设计审查", 12, review="expert_review"),
    ),
    weight=12,
    faults=0.40,
    pace=0.9,
    habits={"decision": 9, "decision.extension": 7, "decision.promised": 8, "story.hold": 10, "licensing.result-first": 2,
            "licensing.off-clock-told": 3, "licensing.notice-once": 3, "delivery": 3, "renewal": 4},
)  # fmt: skip
WANGSHAN = Agency(
    "望山区行政审批局",
    (
        Item("食品经营许可", 10, fee=60),
        Item("公共场所卫生许可", 12),
        Item("道路货物运输经营许可", 10),
        Item("建设工程规划许可", None, touches_others=True),
    ),
    weight=11,
    faults=0.34,
    pace=0.8,
    habits={"licensing.notice-once": 9, "licensing.fee-standard": 7, "completeness": 7, "story.bulk": 14, "story.refile": 5,
            "licensing.no-extra-material": 4, "story.early": 6, "licensing.hearing-presider": 3, "license-renewal.notice-once": 6},
)  # fmt: skip
LINJIANG = Agency(
    "临江区行政审批局",
    (Item("食品经营许可", 8), Item("公共场所卫生许可", 8), Item("娱乐场所经营许可", 10), Item("取水许可", 10)),
    weight=13,
    faults=0.006,
    pace=0.35,
)
AGENCIES = (
    MARKET,
    HOUSING,
    Agency(
        "卫生健康委员会",
        (
            Item("公共场所卫生许可", 12),
            Item("医疗机构执业登记", None, joint=True),
            Item("放射诊疗许可", 15, tests=True, review="testing"),
        ),
        9,
        0.06,
    ),
    Agency(
        "生态环境局",
        (
            Item("排污许可", None, touches_others=True),
            Item("危险废物经营许可", 15, review="expert_review", two_level=True),
            Item("入河排污口设置审批", None, touches_others=True),
        ),
        6,
        0.08,
        0.7,
    ),
    Agency(
        "交通运输局",
        (
            Item("道路旅客运输经营许可", 12),
            Item("网络预约出租汽车经营许可", 10),
            Item("公路超限运输许可", None),
            Item("涉路施工许可", None, touches_others=True),
        ),
        8,
        0.05,
    ),
    Agency(
        "文化广电旅游局",
        (Item("营业性演出审批", 10), Item("娱乐场所经营许可", None, touches_others=True), Item("旅行社设立许可", 12)),
        6,
        0.07,
    ),
    Agency(
        "公安局",
        (Item("旅馆业特种行业许可", 12), Item("大型群众性活动安全许可", 10), Item("保安服务许可", 15)),
        7,
        0.05,
        days_only="公安综合平台",
    ),
    Agency(
        "自然资源和规划局",
        (
            Item("建设工程规划许可", None, touches_others=True),
            Item("建设用地规划许可", None, joint=True),
            Item("采矿许可", 15, two_level=True),
        ),
        7,
        0.09,
        0.75,
    ),
    Agency(
        "水利局",
        (
            Item("取水许可", 12),
            Item("河道采砂许可", None, touches_others=True),
            Item("河道管理范围内建设项目审批", 15, review="expert_review"),
        ),
        4,
        0.06,
    ),
    Agency(
        "应急管理局",
        (Item("危险化学品经营许可", 15, tests=True, review="inspection"), Item("烟花爆竹零售许可", 10)),
        5,
        0.07,
    ),
    LINJIANG,
    WANGSHAN,
    Agency(
        "云溪区行政审批局",
        (
            Item("食品经营许可", 10),
            Item("公共场所卫生许可", 10),
            Item("道路货物运输经营许可", 12),
            Item("建设工程规划许可", None, touches_others=True),
        ),
        9,
        0.05,
    ),
)
