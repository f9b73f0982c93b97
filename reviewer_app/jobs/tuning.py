"""What fine-tuning and cross-validation share: the network to start from, and a training that keeps speaking."""

import math
from collections.abc import Generator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

from reviewer_app.domain.recipe import Recipe
from reviewer_app.errors import BundleError
from reviewer_app.jobs.beat import beating, streamed
from reviewer_app.jobs.current import current_bundle
from reviewer_app.jobs.learn_request import CrossvalRequest, FinetuneRequest
from reviewer_app.jobs.message import WINDOW_AUC, Heartbeat, Learning, Message, Remark, Stage
from reviewer_app.learning.bundle import Bundle, find_bundle, load_bundle
from reviewer_app.learning.fit_state import saved_standing
from reviewer_app.learning.network import SpasmNetwork, give_fresh_head
from reviewer_app.learning.ranks import tune_together
from reviewer_app.learning.tune import TuningClips, TuningProgress, recipe_plan, take_learned, tune
from reviewer_app.learning.tuning_folder import STATE, TuningOrder, is_learned, write_order
from reviewer_app.store.library import Library

SAVE_EVERY = 30.0
"""Seconds of training that a crash costs at most."""


def wants_fresh_head(base: Bundle, asked: bool | None) -> bool:
    """Whether the last layer is made anew: what somebody asked for, else where the base cannot tell spasms yet.

    The published recipe gives Kinetics-400 Hiera a new one; a base with operating points would unlearn what it knows.
    """
    return not base.is_calibrated if asked is None else asked


@dataclass(frozen=True, slots=True)
class Lesson:
    """One training: from what, by which recipe, on which devices."""

    base: Bundle
    recipe: Recipe
    fresh_head: bool
    device: str
    devices: int
    clips: TuningClips = field(repr=False)
    folder: Path  # from which it goes on after a stop

    def run(self, *, name: str = "") -> Generator[Message, None, tuple[SpasmNetwork, int]]:
        """Trains; gives the network, ready to score, and the epochs that it went through.

        Args:
            name: Stands before what is said of the training, where there are several.

        Raises:
            BundleError: The base cannot be trusted.
            RequestError: There is no such device, memory or disk are too small, or the clips teach nothing.
            SpasmReviewerError: One of the processes of several devices was lost.
        """
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        network = self._start()
        epochs = 0
        with closing(self._together() if self.devices > 1 else self._alone(network)) as progress:
            for each in progress:
                if isinstance(each, Heartbeat | Stage):
                    yield each
                    continue
                epochs = each.epoch
                if each.remark:
                    yield Remark(each.remark)
                if each.ended and each.step < each.steps:
                    ended = f"Nothing was gained any more: the training ends after epoch {each.epoch}."
                    yield Remark(f"{name}{ended}")
                yield _learning(each)
        if self.devices > 1:
            take_learned(network, self.clips, self.recipe, ranks=self.devices, state=self.folder / STATE)
        # A training that had reached its end before it was stopped has nothing more to say.
        return network.cpu().eval().requires_grad_(False), epochs or self._saved_epochs()

    def prepare(self) -> None:
        """Lays down all that those who train on several devices read.

        Raises:
            BundleError: The base cannot be trusted.
            RequestError: There is no room for it.
        """
        write_order(self.folder, self._order(), self._start())

    def _start(self) -> SpasmNetwork:
        network = self.base.network().requires_grad_(True)
        if self.fresh_head:
            give_fresh_head(network, seed=self.recipe.seed)
        return network

    def _order(self) -> TuningOrder:
        told = self.base.description
        return TuningOrder(told.network, told.clip, self.clips, self.recipe, self.device, self.devices)

    def _alone(self, network: SpasmNetwork) -> Generator[TuningProgress | Heartbeat, None, None]:
        """On one device, in this very process; the network is trained in place."""
        state = self.folder / STATE
        return streamed(tune(network, self.clips, self.recipe, device=self.device, state=state, save=SAVE_EVERY))

    def _together(self) -> Generator[TuningProgress | Heartbeat | Stage, None, None]:
        """On several, each in a process of its own; what they have learned lies in the folder."""
        if is_learned(self.folder):
            return
        yield Stage(f"Starting {self.devices} training processes")
        self.prepare()
        with closing(tune_together(self.folder, self._order(), save=SAVE_EVERY)) as progress:
            for each in progress:
                yield Heartbeat() if each is None else each

    def _saved_epochs(self) -> int:
        plan = recipe_plan(self.recipe, len(self.clips.learned), ranks=self.devices)
        return math.ceil(saved_standing(self.folder / STATE).step / plan.validate)


def _learning(progress: TuningProgress) -> Learning:
    seen = progress.validation
    return Learning(
        epoch=progress.epoch,
        epochs=progress.epochs,
        step=progress.step,
        steps=progress.steps,
        loss=progress.loss,
        learning_rate=progress.learning_rate,
        clips_per_second=progress.clips_per_second,
        seconds_left=progress.seconds_left,
        validation=() if seen is None else (("loss", seen.loss), (WINDOW_AUC, seen.auc)),
    )


def check_base(request: FinetuneRequest | CrossvalRequest, library: Library) -> Generator[Message, None, Bundle]:
    """The bundle to start from, with every byte of it verified; told where nobody named it.

    That of the library is the one that scans recordings of patients without a bundle of their own.

    Raises:
        BundleError: It is not here, and how to get it; or it cannot be trusted.
    """
    base = yield from beating("Checking the bundle", lambda: load_bundle(_base_folder(request, library)))
    if request.by_default:
        yield Remark(f"The training starts from {base.name}, which is the current bundle.")
    return base


def _base_folder(request: FinetuneRequest | CrossvalRequest, library: Library) -> Path:
    folders = request.bundle_folders
    try:
        if request.by_default:
            return current_bundle(library, folders, default=request.base).folder
        return find_bundle(request.base, folders)
    except BundleError as error:
        raise BundleError(
            f"{error} To start from the published Hiera, fetch it with `spasm-reviewer bundle fetch hiera-base-k400`; "
            "to start from what is shipped, give `--base starter`."
        ) from error
