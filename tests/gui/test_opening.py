"""How recordings get under review: the demo is made once, a new recording is asked about, nothing is scanned twice."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from reviewer_app.errors import RequestError
from reviewer_app.gui.opening import Opening
from reviewer_app.gui.session import Session
from reviewer_app.gui.start import Start
from reviewer_app.gui.work.shelf import Shelf
from reviewer_app.jobs.library_request import Opened, OpenRequest
from reviewer_app.jobs.message import PhantomMade, StepsDone
from reviewer_app.jobs.request import PhantomRequest
from reviewer_app.store import recordings
from tests.gui.desks import Asked, session_in
from tests.gui.subjects import recording
from tests.journeys.stage import fill, place_in, start_in


@dataclass
class Door:
    """An opening with all that stands behind it, and what it says."""

    opening: Opening
    session: Session
    asked: list[Asked]
    start: Start
    said: list[str]
    working: list[str]

    def answer_opening(self, number: int, *, is_new: bool) -> None:
        """Answers the question that opens files."""
        question = next(each for each in reversed(self.asked) if isinstance(each.request, OpenRequest))
        question.then(Opened(number, recordings.load(self.session.desk.library, number), is_new, ()))


@pytest.fixture
def number(tmp_path: Path) -> int:
    return fill(place_in(tmp_path))


@pytest.fixture
def door(tmp_path: Path, number: int, qtbot: QtBot) -> Iterator[Door]:
    with session_in(tmp_path) as (session, asked):
        window = QWidget()
        qtbot.addWidget(window)
        shelf = Shelf(
            session.desk.library, session.queue, bundles=lambda: (), rater=lambda: session.review.rater, parent=window
        )
        start = start_in(tmp_path)
        opening = Opening(session, shelf, start, window)
        door = Door(opening, session, asked, start, [], [])
        opening.said.connect(door.said.append)
        opening.working.connect(door.working.append)
        yield door


def test_the_demo_is_made_first_and_how_far_that_is_can_be_read(door: Door, qtbot: QtBot) -> None:
    door.opening.open_demo()
    question = door.asked[-1]
    assert isinstance(question.request, PhantomRequest)
    assert question.request.to == door.start.demo_folder
    question.told(StepsDone(30, 120, "drawing"))
    assert door.working == ["Making the demo recording…", "Making the demo recording: 25 %"]
    door.start.demo_folder.mkdir()
    question.then(PhantomMade((), 3, 720.0))
    assert door.working[-1] == ""
    assert isinstance(door.asked[-1].request, OpenRequest)
    assert door.asked[-1].request.paths == (door.start.demo_folder,)
    door.opening.open_demo()
    assert not any(isinstance(each.request, PhantomRequest) for each in door.asked[door.asked.index(question) + 1 :])


def test_a_demo_that_cannot_be_made_is_said_and_no_later_recording_passes_for_it(
    door: Door, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    door.opening.open_demo()
    door.asked[-1].otherwise(RequestError("There is no room for the demo."))
    assert door.said == ["There is no room for the demo."]
    ordered: list[object] = []
    monkeypatch.setattr(door.opening, "order_scans", ordered.append)
    door.opening._shelf.open((Path("/nights/one.mp4"),))
    door.answer_opening(number, is_new=True)
    assert ordered == [(number,)], "asked about, as any recording of the person's own"
    assert door.session.queue.jobs == ()


def test_a_demo_that_is_scanned_already_is_not_scanned_again(door: Door, number: int) -> None:
    door.start.demo_folder.mkdir()
    (door.start.demo_folder / "complete").touch()
    door.opening.open_demo()
    door.answer_opening(number, is_new=False)
    assert door.session.review.subject is not None
    assert door.session.review.trace is not None
    assert door.session.review.trace.finished
    assert door.session.queue.jobs == ()


def test_a_recording_that_was_known_is_opened_without_a_question(
    door: Door, number: int, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(door.opening, "order_scans", lambda _: pytest.fail("asked again"))
    door.opening._shelf.open((Path("/nights/one.mp4"),))
    with qtbot.waitSignal(door.opening.opened):
        door.answer_opening(number, is_new=False)
    assert door.session.review.recording is not None
    assert door.session.review.recording.identity == recording().identity


def test_without_a_recording_there_is_nothing_to_scan_and_it_says_so(door: Door) -> None:
    door.opening.order_scan_of_review()
    assert door.said == ["Open a recording first."]
