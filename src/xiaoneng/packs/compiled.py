"""All packs as they were compiled before: read, checked and frozen once, then loaded at once until their content changes.

The file is a pickle, which is code: it is made and read only in a folder of this user that nobody else may write.
docs/decisions/0008-compiled-packs.md says why.
"""

from __future__ import annotations

import hashlib
import os
import pickle
import stat
import tempfile
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from xiaoneng.packs.folder import Packs, load_everything, open_packs
from xiaoneng.packs.undisturbed import undisturbed

if TYPE_CHECKING:
    from collections.abc import Iterator

VARIABLE = "XIAONENG_CACHE"
ROOMS = ("timing", "law", "packs")
"""Rooms whose code decides what is compiled."""
KEPT = 4
"""How many compilations are kept: of this checkout and of some others."""
OTHERS = stat.S_IWGRP | stat.S_IWOTH


def cache_folder() -> Path:
    """Where compilations lie: XIAONENG_CACHE, else this user's cache folder."""
    named = os.environ.get(VARIABLE)
    if named:
        return Path(named)
    around = os.environ.get("XDG_CACHE_HOME")
    return (Path(around) if around else Path.home() / ".cache") / "xiaoneng"


def compiled_packs(root: Path, folder: Path | None = None) -> Packs:
    """Open every pack below `root`, from its compilation where there is one of just this content.

    Where no compilation can be kept, or one is damaged, the packs are read anew. Raises PackError where they are wrong.
    """
    folder = folder or cache_folder()
    path = folder / f"packs-{content(root)}.pickle"
    known = _read(path)
    if known is not None:
        return known
    packs = load_everything(open_packs(root))
    _write(packs, path)
    return packs


def content(root: Path) -> str:
    """Hash what the packs and the code that reads them say, with their places; case files and templates are left out."""
    hashed = hashlib.sha256(os.fsencode(root.resolve()))
    for path in (*_pack_files(root), *_code_files()):
        hashed.update(os.fsencode(path))
        hashed.update(hashlib.sha256(path.read_bytes()).digest())
    return hashed.hexdigest()[:32]


def _pack_files(root: Path) -> Iterator[Path]:
    for folder, below, names in os.walk(root):
        below[:] = sorted(name for name in below if name != "cases")
        yield from (Path(folder, name) for name in sorted(names) if name.endswith((".yaml", ".typ")))


def _code_files() -> Iterator[Path]:
    source = Path(__file__).parents[1]
    for room in ROOMS:
        yield from sorted((source / room).glob("*.py"))


def _read(path: Path) -> Packs | None:
    try:
        if not _ours(path) or not _ours(path.parent):
            return None
        content = path.read_bytes()
        with undisturbed():
            found = pickle.loads(content)  # noqa: S301 - our own file, in a folder that only this user writes
    except Exception:  # noqa: BLE001 - whatever is wrong with it, the packs themselves are there
        return None
    return found if isinstance(found, Packs) else None


class _Pickler(pickle.Pickler):
    """Writes frozen values as calls of their class: three times as fast to read as what dataclasses say of themselves."""

    def reducer_override(self, value: Any) -> Any:
        """Say how a value is made again."""
        if is_dataclass(value) and not isinstance(value, type):
            return type(value), tuple(getattr(value, field.name) for field in fields(value))
        return NotImplemented


def _ours(path: Path) -> bool:
    """Whether this user owns a place and nobody else may write there; where users are not known, it is taken as ours."""
    known = path.stat()
    return not hasattr(os, "getuid") or (known.st_uid == os.getuid() and not known.st_mode & OTHERS)


def _write(packs: Packs, path: Path) -> None:
    """Keep a compilation, whole or not at all; a place that cannot be written is passed over."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not _ours(path.parent):
            return
        handle, name = tempfile.mkstemp(prefix=".packs-", dir=path.parent)
        with os.fdopen(handle, "wb") as stream:
            _Pickler(stream, protocol=pickle.HIGHEST_PROTOCOL).dump(packs)
        Path(name).replace(path)
        known = sorted(path.parent.glob("packs-*.pickle"), key=lambda one: one.stat().st_mtime, reverse=True)
        for old in known[KEPT:]:
            old.unlink(missing_ok=True)
    except OSError:
        return
