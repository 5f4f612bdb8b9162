"""Invented people and enterprises of an invented city."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from random import Random

SURNAMES = (
    "王李张刘陈杨黄赵吴周徐孙马朱胡郭何林高罗郑梁谢宋唐许韩冯邓曹彭曾肖田董潘袁蔡蒋余于杜叶程魏苏吕丁任卢"
    "姚沈钟姜崔谭陆范汪廖石金韦贾夏付方邹熊白孟秦邱江尹薛"
)
GIVEN = (
    "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超秀霞平刚桂英华玉兰建国文慧鑫宇浩然子轩晨曦思远嘉怡雨桐俊凯立新志远"
    "海燕春梅国庆永康安宁晓东雪峰佳音若溪"
)
SHOPS = (
    "福满",
    "瑞和",
    "同盛",
    "江南",
    "云帆",
    "鼎新",
    "百川",
    "青禾",
    "恒信",
    "佳禾",
    "启明",
    "泰安",
    "润泽",
    "万里",
    "金穗",
    "和顺",
)
TRADES = (
    "餐饮管理",
    "建筑工程",
    "物流",
    "医药连锁",
    "文化传媒",
    "环保科技",
    "酒店",
    "贸易",
    "燃气",
    "食品",
    "装饰工程",
    "水务",
    "健康管理",
    "化工",
)


def person(chance: Random) -> str:
    """A name of two or three characters."""
    given = "".join(chance.sample(GIVEN, chance.choice((1, 2, 2))))
    return chance.choice(SURNAMES) + given


def enterprise(chance: Random, city: str) -> str:
    """The name of a company of the city."""
    return f"{city}{chance.choice(SHOPS)}{chance.choice(TRADES)}有限公司"


def staff(chance: Random, size: int) -> tuple[str, ...]:
    """Officers of an agency, all with different names."""
    names: dict[str, None] = {}
    while len(names) < size:
        names[person(chance)] = None
    return tuple(names)
