"""Reading the packs: from YAML, and from their compilation."""

from __future__ import annotations

import gc
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from bench.measure import Row, timed
from xiaoneng.packs.compiled import compiled_packs
from xiaoneng.packs.folder import load_everything, open_packs
from xiaoneng.packs.locate import packs_folder

if TYPE_CHECKING:
    from bench.sizes import Sizes

MILLI = 1e3


def loading(sizes: Sizes) -> list[Row]:
    """All packs, checked and frozen; the same from the cache; and what reading their YAML alone costs."""
    root = packs_folder().resolve()
    files = [path for path in root.rglob("*.yaml") if "cases" not in path.parts]
    texts = [path.read_text(encoding="utf-8") for path in files]
    runs = min(5, sizes.runs)
    packs = load_everything(open_packs(root))
    count = sum(len(versions) for versions in packs.procedures.values())
    cold = timed(lambda: load_everything(open_packs(root)), runs)
    bare = timed(lambda: [yaml.load(text, Loader=yaml.CSafeLoader) for text in texts], runs)
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        cache.chmod(0o700)
        compiled_packs(root, cache)
        gc.collect()
        warm = timed(lambda: compiled_packs(root, cache), runs)
        size = sum(path.stat().st_size for path in cache.iterdir())
    what = f"all packs ({len(packs.ids)} procedures, {count} versions) read, checked and frozen"
    ratio = f"{cold.wall / bare.wall:.1f} × PyYAML (C) alone"
    cached = f"{warm.wall * MILLI:.0f} ms wall, {size / 1e6:.1f} MB"
    return [
        Row("k", what, f"{cold.wall:.2f} s wall, {cold.cpu:.2f} s CPU", "≤ 1 s", cold.wall <= 1, ratio, runs),
        Row(
            "k",
            "the same from their compilation, content compared",
            cached,
            "≤ 50 ms",
            warm.wall * MILLI <= 50,
            "",
            runs,
        ),
    ]
