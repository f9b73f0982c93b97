"""A training as a folder: all that the processes which train together need, and all that they leave.

::

    <folder>/order.json         which clips, by which recipe, on how many devices, for which network
    <folder>/start.safetensors  the weights to start from, with their fresh head
    <folder>/state.safetensors  where the training stands, or ended; see ``fit_state``

The clips lie in a folder of their own, which the order names by its way from this one, so that both can be copied to
another machine together. Whoever trains reads nothing else: no library, no bundle, no film. Nothing here is a pickle,
as a lab may hand such a folder on.
"""

import json
import os
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, Final

from safetensors import SafetensorError

from reviewer_app.domain.clip import ClipSpec
from reviewer_app.domain.recipe import Change, Optimiser, Recipe, Schedule
from reviewer_app.errors import RequestError
from reviewer_app.learning.clip_store import open_store
from reviewer_app.learning.fit_state import saved_standing
from reviewer_app.learning.manifest import clip_from_json, clip_to_json
from reviewer_app.learning.network import NetworkSpec, SpasmNetwork, seeded_network
from reviewer_app.learning.tune import TuningClips, recipe_plan
from reviewer_app.learning.weights import fill, parse_weights, write_weights

ORDER: Final = "order.json"
START: Final = "start.safetensors"
STATE: Final = "state.safetensors"

_UNREADABLE: Final = (OSError, ValueError, KeyError, TypeError, IndexError, AttributeError)


@dataclass(frozen=True, slots=True)
class TuningOrder:
    """What is to be learned by several devices.

    Attributes:
        network: What the network is built from.
        clip: How its clips are prepared.
        clips: What is learned from, and what is only looked at.
        recipe: How; its batch is that of one device.
        device: A word of ``devices.DEVICES``.
        ranks: On how many devices; they decide the result as the recipe does.
    """

    network: NetworkSpec
    clip: ClipSpec
    clips: TuningClips
    recipe: Recipe
    device: str
    ranks: int


def write_order(folder: Path, order: TuningOrder, start: SpasmNetwork) -> None:
    """Lays down what a training needs; a state that lies there already stays.

    Raises:
        RequestError: The folder cannot be written.
    """
    told = {
        "network": order.network.to_json(),
        "clip": clip_to_json(order.clip),
        "clips": Path(os.path.relpath(order.clips.store.folder, folder)).as_posix(),
        "learned": list(order.clips.learned),
        "looked_at": list(order.clips.looked_at),
        "recipe": asdict(order.recipe),
        "device": order.device,
        "ranks": order.ranks,
    }
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        write_weights(folder / START, start)
        # The order last: a folder without it was never finished and is made anew.
        beside = folder / f"{ORDER}.new"
        beside.write_text(json.dumps(told, indent=2), encoding="utf-8")
        beside.replace(folder / ORDER)
    except (OSError, SafetensorError) as error:
        raise RequestError(f"The training cannot be prepared in {folder}: {error}. Make room there.") from error


def read_order(folder: Path) -> TuningOrder:
    """The order as it lies in a folder.

    Raises:
        RequestError: There is none that can be read, or its clips are not where it says.
        BundleError: It names a network that this program does not know.
    """
    try:
        told = json.loads((folder / ORDER).read_text(encoding="utf-8"))
        store = open_store((folder / told["clips"]).resolve())
        return TuningOrder(
            network=NetworkSpec.from_json(told["network"]),
            clip=clip_from_json(told["clip"]),
            clips=TuningClips(store, tuple(told["learned"]), tuple(told["looked_at"])),
            recipe=_recipe(told["recipe"]),
            device=str(told["device"]),
            ranks=int(told["ranks"]),
        )
    except _UNREADABLE as error:
        raise _unprepared(folder) from error


def _recipe(told: dict[str, Any]) -> Recipe:
    words = {"schedule": Schedule(told["schedule"]), "optimiser": Optimiser(told["optimiser"])}
    return Recipe(**{**told, **words, "changes": tuple(Change(each) for each in told["changes"])})


def start_network(folder: Path, order: TuningOrder) -> SpasmNetwork:
    """The network with the weights to start from.

    Raises:
        BundleError: The weights do not fit the network.
        RequestError: They cannot be read.
    """
    network = seeded_network(order.network, order.clip, seed=0)
    try:
        data = (folder / START).read_bytes()
    except OSError as error:
        raise RequestError(f"{folder / START} cannot be read: {error.strerror}.") from error
    fill(network, parse_weights(data, name=START), name=START)
    return network


def is_learned(folder: Path) -> bool:
    """Whether the training that was prepared in a folder has reached its end; its clips may be gone.

    Raises:
        RequestError: The folder's files cannot be read.
    """
    if not (folder / ORDER).exists() or not (folder / STATE).exists():
        return False
    try:
        told = json.loads((folder / ORDER).read_text(encoding="utf-8"))
        plan = recipe_plan(_recipe(told["recipe"]), len(told["learned"]), ranks=int(told["ranks"]))
    except _UNREADABLE as error:
        raise _unprepared(folder) from error
    standing = saved_standing(folder / STATE)
    return standing.ended or standing.step >= plan.pace.steps


def _unprepared(folder: Path) -> RequestError:
    return RequestError(f"{folder} holds no training for several devices that can be read; delete it to start anew.")
