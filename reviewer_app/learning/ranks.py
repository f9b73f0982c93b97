"""Training on several devices of this machine: a process for each, and this one as their supervisor.

They are spawned from the job as it was itself, by ``multiprocessing``: so they inherit neither the library's files nor
its lock or key, but the path of a folder with clips and an order (``tuning_folder``); a pipe for each tells progress,
errors and death; and each watches the job's own end, so that none is left behind however the job goes.
``torch.multiprocessing`` would wait for them without a word and tell a death as a traceback, and ``torchrun`` meets on
a TCP port; what it does across machines is in ``rank``.
"""

import multiprocessing
import tempfile
import time
from collections.abc import Generator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from reviewer_app.errors import SpasmReviewerError
from reviewer_app.learning.rank import work
from reviewer_app.learning.seat import Seat
from reviewer_app.learning.tune import TuningProgress
from reviewer_app.learning.tuning_folder import TuningOrder

_TICK: Final = 0.5
_GRACE: Final = 3.0
"""Seconds in which the others may say why they end, once one has."""


@dataclass(frozen=True, slots=True)
class _Rank:
    """A process that trains, and what is heard of it."""

    number: int  # from 1
    process: BaseProcess
    says: Connection
    last_words: Path

    @property
    def fault(self) -> str:
        """The last line of a traceback; empty where no Python error ended it."""
        if self.process.exitcode != 1:
            return ""
        lines = self.last_words.read_text(encoding="utf-8", errors="replace").strip().splitlines()
        return lines[-1] if lines else ""

    def end(self) -> None:
        """Ends it at once; what it has saved stands."""
        self.process.kill()
        self.process.join()
        self.process.close()
        self.says.close()


def tune_together(
    folder: Path, order: TuningOrder, *, save: float = 30.0
) -> Generator[TuningProgress | None, None, None]:
    """Trains what ``write_order`` has laid into a folder; closing it ends all processes, and the same call goes on.

    Args:
        folder: Of the training.
        order: What lies in it.
        save: Seconds between two saved states, at least.

    Yields:
        Progress of all together; None at least twice a second where there is nothing to tell.

    Raises:
        SpasmReviewerError: What one of them said, or that one was lost.
    """
    with tempfile.TemporaryDirectory(prefix="spasm-reviewer-") as place, ExitStack() as ends:
        ranks: list[_Rank] = []
        for rank in range(order.ranks):
            seat = Seat(order.device, rank, order.ranks, Path(place) / "meeting")
            ranks.append(_started(folder, seat, save))
            ends.callback(ranks[-1].end)
        learning = list(ranks)
        while learning:
            ready = wait([each.says for each in learning], timeout=_TICK)
            if not ready:
                yield None
            for each in [each for each in learning if each.says in ready]:
                told = _heard(each, ranks)
                if told is None:
                    learning.remove(each)
                else:
                    yield told


def _started(folder: Path, seat: Seat, save: float) -> _Rank:
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    last_words = seat.meeting.with_name(f"last-words-{seat.rank}")
    process = context.Process(
        target=work, args=(theirs, folder, seat, save, last_words), name=f"rank {seat.rank}", daemon=True
    )
    process.start()
    theirs.close()
    return _Rank(seat.rank + 1, process, ours, last_words)


def _heard(rank: _Rank, ranks: Sequence[_Rank]) -> TuningProgress | None:
    """What one of them says next; None at its end."""
    try:
        told: TuningProgress | SpasmReviewerError | None = rank.says.recv()
    except (EOFError, ConnectionResetError):
        raise _loss([rank, *(each for each in ranks if each is not rank)]) from None
    if isinstance(told, SpasmReviewerError):
        raise told
    return told


def _loss(ranks: Sequence[_Rank]) -> SpasmReviewerError:
    """Why a training broke off, the one that was noticed first standing first.

    The others fail because it is gone, and some before it is noticed: what one says in words counts most, then who was
    ended from outside, then who met a fault.
    """
    until = time.monotonic() + _GRACE
    for rank in ranks:
        rank.process.join(max(0.0, until - time.monotonic()))
        while rank.process.exitcode is not None and rank.says.poll():
            try:
                told = rank.says.recv()
            except (EOFError, ConnectionResetError):
                break
            if isinstance(told, SpasmReviewerError):
                return told
    kept = "What was learned until it was last saved is kept: ask for the same training again to go on."
    ended = [rank for rank in ranks if rank.process.exitcode not in (None, 0)]
    killed = next((rank for rank in ended if not rank.fault), None)
    if killed is not None:
        return SpasmReviewerError(
            f"Training process {killed.number} of {len(ranks)} was ended from outside (code "
            f"{killed.process.exitcode}), as a system does that runs out of memory. {kept}"
        )
    faults = "; ".join(f"process {rank.number}: {rank.fault}" for rank in ended[:1])
    return SpasmReviewerError(f"A fault in the program ended the training ({faults}). {kept}")
