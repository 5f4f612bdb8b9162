"""Parts of the benchmark in processes of their own, which answer in JSON."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

from bench.packs import ROOT


def environment(**more: str) -> dict[str, str]:
    """The environment of a child: one thread for polars, compiled modules kept as for every user."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
    path = os.pathsep.join([str(ROOT), *filter(None, [kept.get("PYTHONPATH")])])
    return {**kept, "POLARS_MAX_THREADS": "1", "PYTHONPATH": path, **more}


def child(*words: str, **more: str) -> Any:
    """Run `python -m bench --child WORDS` and give what it prints last."""
    done = subprocess.run(  # noqa: S603 - our own program
        [sys.executable, "-m", "bench", "--child", *words],
        env=environment(**more),
        stdout=subprocess.PIPE,
        check=True,
        text=True,
    )
    return json.loads(done.stdout.strip().splitlines()[-1])
