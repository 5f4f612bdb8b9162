"""Commands about the database: start, stop, verify, rebuild."""

from __future__ import annotations

import click


@click.group()
def store() -> None:
    """数据库：启动、停止、核验、重算 (the database: start, stop, verify, rebuild)."""


@store.command()
def start() -> None:
    """启动自带的数据库并建好表 (start our own database, with its tables)."""
    from xiaoneng.config.database import connect, data_folder

    connect()
    click.echo(f"数据库已启动 running in {data_folder()}")


@store.command()
def stop() -> None:
    """停止自带的数据库 (stop our own database)."""
    from xiaoneng.config.database import embedded

    embedded().stop()
    click.echo("数据库已停止 stopped")


@store.command()
def verify() -> None:
    """核验全部事实的哈希链 (walk every chain: was any fact altered, removed or put elsewhere?)."""
    from django.db import connection

    from xiaoneng.config.database import connect
    from xiaoneng.journal.chain import walk
    from xiaoneng.store.journal_rows import all_events

    connect()
    with connection.cursor() as cursor:
        found = walk(all_events(cursor))
    if found.broken is not None:
        one = found.broken
        click.echo(
            f"✗ {one.subject} 第 {one.sequence} 件事实 {one.what} (fact {one.sequence} of {one.subject} is {one.what})"
        )
        raise click.exceptions.Exit(1)
    click.echo(f"✓ {found.events} 件事实, {len(found.heads)} 个主体, 链完整 (facts, subjects; every chain holds)")


@store.command()
def rebuild() -> None:
    """由事实重算全部发现，并与所存比对 (make all that is derived again, and compare it with what was kept)."""
    from xiaoneng.config.database import connect
    from xiaoneng.config.opening import opened_packs
    from xiaoneng.deeds.rebuild import rebuild as again

    connect()
    done = again(opened_packs())
    for name in done.different:
        click.echo(f"✗ {name}")
    click.echo(
        f"{done.subjects} 个主体, {len(done.different)} 个与所存不同 (subjects, of which differ from what was kept)"
    )
    if done.different:
        raise click.exceptions.Exit(1)
