"""A session without a window's machinery: what the learning page asks is kept, and answered by the test."""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

from PySide6.QtCore import QObject, Signal

from reviewer_app.domain.event import OperatingPoint
from reviewer_app.domain.snapshot import LabelledWindow, Role, Snapshot, SnapshotRules, SnapshotSource
from reviewer_app.errors import SpasmReviewerError
from reviewer_app.gui.session import Session
from reviewer_app.jobs.learn_request import Comparison, Paired, SnapshotFacts
from reviewer_app.jobs.message import BundleFacts, Message
from reviewer_app.jobs.request import Compute, LibraryPlace
from reviewer_app.store.library import Library
from tests.gui.subjects import ANNA

POINT = OperatingPoint(0.5, 0.25, 1.0, 0.8)
STARTER = BundleFacts("starter", Path("/b/starter"), "s" * 64, "net", 1, "Apache-2.0", (POINT,), card="# starter")
WARD = BundleFacts("ward", Path("/b/ward"), "w" * 64, "net", 1, "Apache-2.0", (POINT,), card="# ward")


@dataclass
class Asked:
    """One question and the ways to answer it."""

    request: Any
    then: Callable[[Any], object]
    otherwise: Callable[[SpasmReviewerError], object]
    told: Callable[[Message], object]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@dataclass
class Queue:
    """Keeps questions instead of running them."""

    asked: list[Asked] = field(default_factory=list)
    terms: Any = None

    def ask(self, request: Any, then: Any, otherwise: Any, *, told: Any = lambda _: None) -> Any:
        """Gives an ``Asked`` where the queue would give a ``Question``."""
        self.asked.append(Asked(request, then, otherwise, told))
        return self.asked[-1]


class StandIn(QObject):
    """As much of a session as the learning page sees."""

    said = Signal(str)
    bundles_known = Signal()

    def __init__(self, library: Library) -> None:
        super().__init__()
        self.bundles: tuple[BundleFacts, ...] = (STARTER, WARD)
        self.default_bundle = "starter"
        self.desk = SimpleNamespace(library=library, place=LibraryPlace(library.folder, library.folder))
        self.surroundings = SimpleNamespace(bundle_folders=(Path("/shipped"), Path("/own")))
        self.review = SimpleNamespace(rater=ANNA)
        self.queue = Queue(terms=SimpleNamespace(rules="rules", compute=Compute()))
        self.listed = 0

    def list_bundles(self) -> None:
        self.listed += 1

    @property
    def as_session(self) -> Session:
        return cast("Session", self)

    def last(self) -> Asked:
        return self.queue.asked[-1]


def snapshot_facts(identity: str = "f" * 64, *, name: str = "week") -> SnapshotFacts:
    """Two patients with four windows, one of them with a spasm."""
    sources = (SnapshotSource("a", "x", "h"), SnapshotSource("b", "y", "h"))
    windows = (
        LabelledWindow(0, 0.0, 1.0),
        LabelledWindow(0, 5.0, 0.0),
        LabelledWindow(0, 10.0, 0.0),
        LabelledWindow(1, 0.0, 0.0),
    )
    roles = (("a", Role.TRAIN), ("b", Role.VALIDATE))
    snapshot = Snapshot(SnapshotRules(), sources, windows, roles, ("Only 2 patients.",))
    return SnapshotFacts(identity, name, "2026-11-20T10:00:00", snapshot)


def comparison(*, may_be_promoted: bool = True) -> Comparison:
    """The ward's bundle against the starter."""
    figures = (
        Paired("window AUC", 0.81, 0.92, 0.11, 0.05, 0.18, 4),
        Paired("false alarms an hour", 2.0, None, None, None, None, 4, higher_is_better=False),
    )
    return Comparison(STARTER, WARD, figures, 4, 12.5, "better on 4 patients", may_be_promoted, "c" * 64)
