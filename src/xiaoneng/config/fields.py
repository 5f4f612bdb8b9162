"""Asking in the terminal for what an event says, field by field, as its type wants it."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import click

from xiaoneng.packs.model import FieldType

if TYPE_CHECKING:
    from xiaoneng.packs.model import EventKind, Field

YES, NO = ("y", "yes", "是", "true", "1"), ("n", "no", "否", "false", "0")


def ask_fields(kind: EventKind) -> dict[str, object]:
    """Ask for every field, those that are required first; an empty answer leaves a field unsaid."""
    said: dict[str, object] = {}
    for field in sorted(kind.fields.values(), key=lambda one: not one.required):
        value = _ask(field)
        if value is not None:
            said[field.id] = value
    return said


def _ask(field: Field) -> object:
    if field.help:
        click.secho(f"    {field.help}", dim=True)
    choices = list(field.choices)
    for number, choice in enumerate(choices, 1):
        click.echo(f"    {number} {field.choices[choice]}")
    mark = ("*" if field.required else "") + (" y/n" if field.type is FieldType.BOOLEAN else "")
    while True:
        text = click.prompt(f"  {field.name}{mark}", default="", show_default=False).strip()
        if not text:
            return None
        try:
            return read_field(text, field)
        except ValueError as error:
            click.echo(f"    {error}")


def read_field(text: str, field: Field) -> object:
    """Read one answer as the field's type; raises ValueError that says what is wanted."""
    if field.type is FieldType.LIST:
        parts = [part.strip() for part in text.replace("，", ",").replace("、", ",").split(",") if part.strip()]
        return [_choice(part, field) if field.choices else part for part in parts]
    if field.type is FieldType.CHOICE:
        return _choice(text, field)
    if field.type is FieldType.BOOLEAN:
        if text.lower() not in (*YES, *NO):
            raise ValueError("请答 是 或 否 (answer y or n)")
        return text.lower() in YES
    if field.type in (FieldType.NUMBER, FieldType.AMOUNT):
        return _number(text)
    if field.type is FieldType.DATE:
        try:
            return dt.date.fromisoformat(text).isoformat()
        except ValueError as error:
            raise ValueError("请写日期，如 2026-03-30 (write a day)") from error
    return text


def _choice(text: str, field: Field) -> str:
    choices = list(field.choices)
    if text.isdigit() and 1 <= int(text) <= len(choices):
        return choices[int(text) - 1]
    named = next((key for key, words in field.choices.items() if text in (key, words.zh)), None)
    if named is None:
        raise ValueError(f"请选 1 至 {len(choices)} (choose a number)")
    return named


def _number(text: str) -> int | float:
    try:
        value = float(text)
    except ValueError as error:
        raise ValueError("请写数字 (write a number)") from error
    return int(value) if value.is_integer() else value
