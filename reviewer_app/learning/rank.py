"""One of several processes that train together, each on a device of its own: it reads a folder and learns.

``ranks`` starts one for each device of this machine. For the devices of several machines a lab starts them itself, in a
folder that ``spasm-reviewer finetune --prepare-only`` has made, on every machine::

    torchrun --nnodes 2 --nproc-per-node 4 --rdzv-backend c10d --rdzv-endpoint HOST:PORT \
        -m reviewer_app.learning.rank FOLDER

``torchrun`` opens ports by which the machines find one another: it is for a network that can be trusted.
"""

import argparse
import multiprocessing
import os
import signal
import sys
import threading
import warnings
from collections.abc import Generator, Sequence
from contextlib import closing
from multiprocessing.connection import Connection
from pathlib import Path

import torch

from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.errors import RequestError, SpasmReviewerError
from reviewer_app.learning.seat import Seat
from reviewer_app.learning.tune import TuningProgress, tune
from reviewer_app.learning.tuning_folder import STATE, read_order, start_network


def learn(folder: Path, seat: Seat | None, *, save: float = 30.0) -> Generator[TuningProgress, None, None]:
    """Takes part in the training that a folder asks for, to its end; all devices leave it together.

    Args:
        folder: See ``tuning_folder``.
        seat: This process's place; none where ``torchrun`` has given it one.
        save: Seconds between two saved states, at least.

    Raises:
        RequestError: The folder is not what it should be, or the training cannot go on.
        BundleError: The weights to start from cannot be used.
    """
    order = read_order(folder)
    if seat is None and int(os.environ["WORLD_SIZE"]) != order.ranks:
        raise RequestError(
            f"The training in {folder} was prepared for {order.ranks} devices, not {os.environ['WORLD_SIZE']}."
        )
    network = start_network(folder, order).requires_grad_(True)
    yield from tune(network, order.clips, order.recipe, device=seat or order.device, state=folder / STATE, save=save)
    # Whoever leaves first would take its end of the last exchange with it.
    torch.distributed.barrier()
    torch.distributed.destroy_process_group()


def work(said: Connection, folder: Path, seat: Seat, save: float, last_words: Path) -> None:
    """The life of a process that ``ranks`` has started: what it learns it says; it ends when its job does.

    Args:
        said: Takes the progress of rank 0, an error of any of them, and None at the end.
        folder: Of the training.
        seat: This process's place.
        save: Seconds between two saved states, at least.
        last_words: A file for what libraries chatter, and for a fault's last line.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the door's to handle
    with last_words.open("wb") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    warnings.simplefilter("ignore")
    threading.Thread(target=_end_with_the_job, name="end with the job", daemon=True).start()
    # All processes share the cores.
    torch.set_num_threads(max(1, (os.cpu_count() or 1) // seat.ranks))
    with closing(said):
        try:
            for each in learn(folder, seat, save=save):
                if seat.rank == 0:
                    said.send(each)
            said.send(None)
        except SpasmReviewerError as error:
            said.send(error)


def _end_with_the_job() -> None:
    """Waits until the job that started this process is gone, however it went, and goes too."""
    job = multiprocessing.parent_process()
    assert job is not None
    job.join()
    os._exit(1)


def main(words: Sequence[str] | None = None) -> int:
    """What ``torchrun`` starts on each device; gives the exit code."""
    parser = argparse.ArgumentParser(
        prog="torchrun ... -m reviewer_app.learning.rank",
        description="Train on the devices of several machines, in a folder that `spasm-reviewer finetune "
        "--prepare-only --devices N` has made for as many devices in all. Afterwards the same finetune command, "
        "without --prepare-only, packs the bundle.",
    )
    parser.add_argument("folder", type=Path, help="the prepared folder; its clips' folder lies where it lay beside it")
    folder = parser.parse_args(words).folder
    if "WORLD_SIZE" not in os.environ:
        parser.error("torchrun starts this; see `torchrun --help`")
    speaks = os.environ["RANK"] == "0"
    try:
        if speaks:
            sys.stdout.write(f"{RESEARCH_NOTICE}\n")
        for each in learn(folder, None):
            if speaks:
                sys.stdout.write(_line(each))
                sys.stdout.flush()
    except SpasmReviewerError as error:
        sys.stderr.write(f"{parser.prog}: {error}\n")
        return error.exit_code
    return 0


def _line(told: TuningProgress) -> str:
    seen = f", on validation patients {told.validation.loss:.3f}" if told.validation else ""
    return f"epoch {told.epoch} of {told.epochs}, step {told.step} of {told.steps}: loss {told.loss:.3f}{seen}\n"


if __name__ == "__main__":
    sys.exit(main())
