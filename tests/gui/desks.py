"""A session on a library of the test's own whose questions to child processes are heard and not asked."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.gui.desk import Desk
from reviewer_app.gui.session import Session, Surroundings
from reviewer_app.gui.work.job_queue import JobQueue
from reviewer_app.settings import Settings
from tests.journeys.stage import place_in

ANNA = Settings(rater="Anna", language="en")


@dataclass(frozen=True)
class Asked:
    """A question that waits for the test's answer."""

    request: Any
    then: Callable[[Any], object]
    otherwise: Callable[[Any], object]
    told: Callable[[Any], object]


@contextmanager
def session_in(folder: Path, *, settings: Settings = ANNA) -> Iterator[tuple[Session, list[Asked]]]:
    """Anna's session, and the questions in the order in which they were put."""
    asked: list[Asked] = []

    def hear(_: JobQueue, request: Any, then: Any, otherwise: Any, *, told: Any = None) -> None:
        asked.append(Asked(request, then, otherwise, told))

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(JobQueue, "ask", hear)
        surroundings = Surroundings((folder / "bundles",), folder / "pace.json")
        session = Session(Desk(place_in(folder)), rater_name="Anna", settings=settings, surroundings=surroundings)
        try:
            yield session, asked
        finally:
            session.close()
            session.deleteLater()
