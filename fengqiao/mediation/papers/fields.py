"""Give a paper to the templates: a plain tree of cleaned words under Chinese names, the same for Word and PDF."""

import unicodedata
from collections.abc import Iterable, Iterator
from dataclasses import Field, fields
from datetime import date
from typing import Any, TypeAlias

from fengqiao.mediation.papers.contents import IndexRow, Item, Paper, PaperOfParties, Party
from fengqiao.mediation.papers.wording import day_in_words, money_in_words

Words: TypeAlias = "str | bool | list[Words] | dict[str, Words]"
Tree: TypeAlias = dict[str, Words]

PEOPLE = {"调解员", "参加人", "回访人"}  # lists of names, given in one line, too
# Control and format signs (a turned writing direction among them), halves of signs, and what Unicode has not given out.
UNSEEN = {"Cc", "Cf", "Cs", "Cn"}
BREAKS = str.maketrans(
    {"\r": "\n", "\u2028": "\n", "\u2029": "\n", "\x0b": "\n", "\x0c": "\n", "\x85": "\n", "\t": " "}
)


def tree(paper: Paper) -> Tree:
    """Write a paper out as the words its templates ask for, those drawn from others included."""
    words = _named(paper)
    if isinstance(paper, PaperOfParties):
        words["当事人姓名"] = "、".join(clean(party.name) for party in paper.parties)
        words["签名处"] = [_strings(one) for party in paper.signing for one in signers(party)]
    return words


def clean(text: str) -> str:
    """Take out of a text what nobody can see and paper cannot hold; what can be seen stays as it was written."""
    text = text.replace("\r\n", "\n").translate(BREAKS)
    return "".join(sign for sign in text if sign == "\n" or unicodedata.category(sign) not in UNSEEN).strip()


def signers(party: Party) -> Iterator[dict[str, str]]:
    """List who may sign for a party: they themselves unless a guardian does, then whoever speaks for them."""
    if not clean(party.guardian):
        yield {"称谓": clean(party.side), "姓名": clean(party.name)}
    for label, name in _voices(party):
        yield {"称谓": f"{clean(party.name)}的{label}", "姓名": name}


def sentence(item: Item) -> str:
    """Put one thing agreed into one sentence."""
    when = f"于{day_in_words(item.due)}前" if isinstance(item.due, date) else ""
    whom = f"向{item.creditor}" if item.creditor else ""
    parts = [f"由{item.debtor}{when}{whom}履行：{item.duty.strip().rstrip('。；')}"]
    parts += [f"金额：{money_in_words(item.amount)}"] if item.amount is not None else []
    parts += [f"方式：{item.way}"] if item.way else []
    parts += [f"期限：{item.due}"] if item.due and not when else []
    return clean("；".join(parts) + "。")


def names(of: type) -> list[str]:
    """List the names under which templates find the fields of a kind of paper, or of a part of one."""
    return [_name(each) for each in fields(of)]


def _named(thing: Any) -> Tree:
    words: Tree = {}
    for each in fields(thing):
        words[_name(each)] = _words(getattr(thing, each.name))
        if _name(each) in PEOPLE:
            words[f"{_name(each)}姓名"] = "、".join(map(clean, getattr(thing, each.name)))
    if isinstance(thing, Party):
        words["基本情况"] = "，".join(filter(None, map(clean, (thing.gender, thing.age, thing.occupation))))
        words["代表"] = "；".join(f"{label}：{name}" for label, name in _voices(thing))
    if isinstance(thing, Item):
        words |= {"全文": sentence(thing), "金额": money_in_words(thing.amount) if thing.amount is not None else ""}
    return words


def _words(value: Any) -> Words:
    if isinstance(value, bool):
        return value
    if isinstance(value, tuple):
        return list(_numbered(value))
    if isinstance(value, date | None):
        return day_in_words(value)
    return clean(str(value))


def _numbered(values: Iterable[Any]) -> Iterator[Words]:
    for number, value in enumerate(values, 1):
        if isinstance(value, str):
            yield clean(value)
        elif isinstance(value, Item | IndexRow):
            yield {"序号": str(number), **_named(value)}
        else:
            yield _named(value)


def _voices(party: Party) -> Iterator[tuple[str, str]]:
    for label, name in (("负责人", party.head), ("监护人", party.guardian), ("委托代理人", party.agent)):
        if clean(name):
            yield label, clean(name)


def _strings(words: dict[str, str]) -> Words:
    return {**words}


def _name(each: "Field[Any]") -> str:
    return str(each.metadata["name"])
