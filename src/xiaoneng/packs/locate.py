"""Where the packs lie."""

import os
from pathlib import Path

VARIABLE = "XIAONENG_PACKS"


def packs_folder() -> Path:
    """Folder of the packs: where XIAONENG_PACKS points, else in the checkout, else inside the wheel.

    Raises FileNotFoundError where none of them is a folder.
    """
    here = Path(__file__).resolve()
    named = os.environ.get(VARIABLE)
    places = [Path(named)] if named else [here.parents[3] / "packs", here.parents[1] / "_packs"]
    for place in places:
        if place.is_dir():
            return place
    tried = ", ".join(map(str, places))
    raise FileNotFoundError(f"no packs at {tried}; set {VARIABLE} to the folder that holds them (XN-C020)")
