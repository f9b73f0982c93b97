"""The four steps of learning, each on a tab of its own, and what is known of the last job of each."""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Any

from reviewer_app.jobs.learn_request import (
    CompareRequest,
    EvaluateRequest,
    ExportSnapshot,
    FinetuneRequest,
    MakeSnapshot,
    PromoteRequest,
    RemakeSnapshot,
    RollbackRequest,
)
from reviewer_app.jobs.request import Asks


class Step(Enum):
    """A tab of the learning page."""

    SNAPSHOTS = auto()
    TRAINING = auto()
    BUNDLES = auto()
    REPORTS = auto()


_STEPS: dict[type[Asks[Any]], Step] = {
    MakeSnapshot: Step.SNAPSHOTS,
    ExportSnapshot: Step.SNAPSHOTS,
    RemakeSnapshot: Step.SNAPSHOTS,
    FinetuneRequest: Step.TRAINING,
    CompareRequest: Step.BUNDLES,
    PromoteRequest: Step.BUNDLES,
    RollbackRequest: Step.BUNDLES,
    EvaluateRequest: Step.REPORTS,
}


def step_of(request: Asks[Any]) -> Step:
    """The step that a job belongs to, whose tab tells of it."""
    return _STEPS[type(request)]


class End(Enum):
    """How a job ended."""

    ANSWERED = auto()
    STOPPED = auto()
    FAILED = auto()


@dataclass(frozen=True, slots=True)
class LastJob:
    """What is known of the job of a step that runs, or ran last; nothing before the first."""

    remarks: tuple[str, ...] = ()
    outcome: str = ""  # what came of it, in words
    end: End | None = None  # None while it runs
