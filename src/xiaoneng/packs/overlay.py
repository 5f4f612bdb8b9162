"""A local pack laid over the national one: it says only what differs, and has everything else from there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xiaoneng.packs.document import Document

if TYPE_CHECKING:
    from xiaoneng.packs.document import Path_

SECTIONS = ("events", "grounds", "clocks", "rules", "actions", "notices", "publishes", "schedule", "holds")
"""Keys whose entries are laid over each other id by id, and within an id key by key."""
FIELDS = "fields"
"""The key of an event whose entries are laid over each other as well."""
OWN = ("family", "in_force", "narrows", "concedes", "carries")
"""Keys that a local pack never has from elsewhere."""


def overlay(local: Document, national: Document) -> Document:
    """Lay a local document over a national one; each path keeps the file and line in which it is written."""
    data: dict[Any, Any] = {key: value for key, value in national.data.items() if key not in OWN}
    replaced: set[Path_] = set()
    for key, value in local.data.items():
        both = key in SECTIONS and isinstance(value, dict) and isinstance(data.get(key), dict)
        data[key] = _section(data[key], value, (key,), replaced) if both else value
        if not both:
            replaced.add((key,))
    kept = {path: line for path, line in national.lines.items() if not _below(path, replaced) and path[:1] not in _OWN}
    origins = {path: national.origins.get(path, (national.file, line)) for path, line in kept.items()}
    inherited = {path: origin for path, origin in origins.items() if path not in local.lines}
    return Document(local.file, data, {**dict.fromkeys(kept, 0), **local.lines}, inherited)


_OWN = {(key,) for key in OWN}


def _section(below: dict[Any, Any], above: dict[Any, Any], path: Path_, replaced: set[Path_]) -> dict[Any, Any]:
    laid = dict(below)
    for name, entry in above.items():
        mine, place = laid.get(name), (*path, name)
        if isinstance(mine, dict) and isinstance(entry, dict):
            laid[name] = _entry(mine, entry, place, replaced)
        else:
            laid[name] = entry
            replaced.add(place)
    return laid


def _entry(below: dict[Any, Any], above: dict[Any, Any], path: Path_, replaced: set[Path_]) -> dict[Any, Any]:
    laid = dict(below)
    for key, value in above.items():
        mine, place = laid.get(key), (*path, key)
        if key == FIELDS and path[0] == "events" and isinstance(mine, dict) and isinstance(value, dict):
            laid[key] = {**mine, **value}
            replaced |= {(*place, name) for name in value}
        else:
            laid[key] = value
            replaced.add(place)
    return laid


def _below(path: Path_, replaced: set[Path_]) -> bool:
    return any(path[:length] in replaced for length in range(1, len(path) + 1))
