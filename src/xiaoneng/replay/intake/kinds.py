"""Activities of a log as event kinds."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import numpy.typing as npt

from xiaoneng.replay.intake.error import LogError

if TYPE_CHECKING:
    import pyarrow as pa

    from xiaoneng.replay.intake.plan import Plan

MOST = np.iinfo(np.uint16).max


def kinds_of(
    activities: pa.Array, plan: Plan, more: list[str], place: str
) -> tuple[tuple[str, ...], npt.NDArray[np.uint16]]:
    """Event kinds of a log (those of the case events first) and, for each activity, the place of its kind."""
    kinds = dict.fromkeys(more)
    named = [_kind(str(activity), plan) for activity in activities.to_pylist()]
    kinds.update(dict.fromkeys(named))
    if len(kinds) > MOST:
        instead = "check which column the mapping names as the activity"
        raise LogError(
            "XN-R014", f"has {len(kinds)} different activities", where=f"{place}: {plan.activity}", instead=instead
        )
    places = {kind: i for i, kind in enumerate(kinds)}
    return tuple(kinds), np.array([places[kind] for kind in named], dtype=np.uint16)


def _kind(activity: str, plan: Plan) -> str:
    if plan.kinds is None:
        return activity
    found = plan.kinds.get(activity)
    if found is not None:
        return found
    return slug(activity) if plan.slugs else activity


def slug(activity: str) -> str:
    """Name of a kind made from an activity: "Create Fine" becomes create_fine."""
    return re.sub(r"[^\w]+", "_", activity.strip().lower()).strip("_")
