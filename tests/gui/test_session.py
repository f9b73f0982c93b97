"""What a session joins: review, player, scans and the library, which do not know each other."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Label, Matter
from reviewer_app.domain.trace import TraceChunk, WindowState
from reviewer_app.domain.window import Interval
from reviewer_app.errors import SpasmReviewerError
from reviewer_app.gui.session import Session
from reviewer_app.jobs.message import BundleFacts, ScanStarted
from reviewer_app.jobs.request import ListBundles
from reviewer_app.settings import Settings
from reviewer_app.store import ledger
from tests.gui.desks import Asked, session_in
from tests.gui.subjects import IDENTITY, POINTS, recording, trace
from tests.journeys.stage import LONG, fill, library_of, place_in

FACTS = BundleFacts("tiny", Path("tiny"), IDENTITY.bundle, operating_points=POINTS, notice="Trained on nothing.")


@pytest.fixture
def number(tmp_path: Path) -> int:
    return fill(place_in(tmp_path))


@pytest.fixture
def desk(tmp_path: Path, number: int, qtbot: QtBot) -> Iterator[tuple[Session, list[Asked]]]:
    with session_in(tmp_path) as (session, asked):
        assert session.open(number)
        yield session, asked


def chunk(first: int = 0) -> TraceChunk:
    part = slice(first, first + 10)
    whole = trace()
    return TraceChunk(
        first,
        np.full(10, 0.7, np.float32),
        np.full(10, WindowState.SCORED, np.uint8),
        whole.activity[part].copy(),
        whole.quality[part].copy(),
        np.zeros((10, 2), np.float16),
    )


def test_a_trace_whose_bundle_is_known_only_later_is_flagged_then(desk: tuple[Session, list[Asked]]) -> None:
    session, asked = desk
    assert isinstance(asked[0].request, ListBundles)
    assert (session.review.point, session.review.candidates) == (None, ())
    asked[0].then((FACTS,))
    assert session.review.point in POINTS
    assert session.review.subject is not None
    assert session.review.subject.bundle_notice == "Trained on nothing."
    assert len(session.review.candidates) == 5


def test_bundles_that_cannot_be_listed_are_said(desk: tuple[Session, list[Asked]], qtbot: QtBot) -> None:
    session, asked = desk
    with qtbot.waitSignal(session.said) as heard:
        asked[0].otherwise(SpasmReviewerError("The folder of bundles cannot be read."))
    assert heard.args == ["The folder of bundles cannot be read."]


def test_only_scores_of_the_trace_on_show_are_shown(desk: tuple[Session, list[Asked]]) -> None:
    session, _ = desk
    review = session.review
    assert review.trace is not None
    kept = review.subject.identity  # type: ignore[union-attr]
    assert kept is not None
    before = review.trace.scores.copy()
    for other in (replace(kept, bundle="d" * 64), replace(kept, recording="another night"), replace(kept, stride=1)):
        session.queue.chunk_stored.emit(other, chunk())
    np.testing.assert_array_equal(review.trace.scores, before)
    session.queue.chunk_stored.emit(kept, chunk())
    assert review.trace.scores[:10].tolist() == pytest.approx([0.7] * 10)


def test_a_scan_that_begins_elsewhere_leaves_the_review_alone(desk: tuple[Session, list[Asked]], qtbot: QtBot) -> None:
    session, _ = desk
    changed: list[bool] = []
    session.review.trace_changed.connect(lambda: changed.append(True))
    elsewhere = replace(IDENTITY, recording="another night")
    with qtbot.waitSignal(session.library_changed):
        session.queue.scan_started.emit(ScanStarted(recording(), elsewhere, 100, 0, "tiny", "the processor"))
    assert changed == []
    here = replace(IDENTITY, recording=recording().identity)
    session.queue.scan_started.emit(ScanStarted(recording(), here, 100, 0, "tiny", "the processor"))
    assert changed


def test_what_was_really_played_is_kept_as_reviewed(
    desk: tuple[Session, list[Asked]], tmp_path: Path, number: int, qtbot: QtBot
) -> None:
    session, _ = desk
    session.player.played.emit(Interval(10.0, 14.5))
    assert session.review.reviewed == (Interval(10.0, 14.5),)
    qtbot.waitUntil(lambda: session.saver.state.is_saved, timeout=LONG)
    with library_of(place_in(tmp_path), hold=False) as outside:
        (action,) = ledger.load(outside, number)
    assert [each.matter for each in action.alterations] == [Matter.REVIEWED]


def test_the_player_is_told_where_the_reviewer_will_probably_go(
    desk: tuple[Session, list[Asked]], monkeypatch: pytest.MonkeyPatch
) -> None:
    session, asked = desk
    expected: list[list[float]] = []
    monkeypatch.setattr(session.player, "expect", lambda times: expected.append([round(each) for each in times]))
    asked[0].then((FACTS,))
    assert 96 in expected[-1], "the first flag less its pre-roll"
    session.review.next_flag()
    assert {104} <= set(expected[-1])
    assert 96 not in expected[-1], "it is there already"


def test_a_recording_that_is_not_there_is_said_and_the_one_on_show_stays(
    desk: tuple[Session, list[Asked]], number: int, qtbot: QtBot
) -> None:
    session, _ = desk
    with qtbot.waitSignal(session.said) as heard:
        assert not session.open(number + 1)
    assert heard.args[0]
    assert session.review.subject is not None
    assert session.review.subject.number == number


def test_changed_preferences_hold_for_the_next_scan_and_the_next_flag(desk: tuple[Session, list[Asked]]) -> None:
    session, asked = desk
    asked[0].then((FACTS,))
    session.apply(Settings(rater="Anna", pre_roll=1.0, false_alarms_per_hour=8.0, device="torch", threads=3))
    assert session.queue.terms.compute.device == "torch"
    assert session.queue.terms.compute.threads == 3
    assert session.queue.terms.rules.false_alarms_per_hour == 8.0
    assert session.review.manners.pre_roll == 1.0
    assert session.review.point == POINTS[2]


def test_closing_keeps_the_verdict_of_the_last_moment(tmp_path: Path, number: int, qtbot: QtBot) -> None:
    with session_in(tmp_path) as (session, asked):
        session.open(number)
        asked[0].then((FACTS,))
        session.review.next_flag()
        session.review.judge(Label.SPASM)
    with library_of(place_in(tmp_path)) as library:
        library.check()
        assert len(ledger.load(library, number)) == 1
        assert list((tmp_path / "library" / "backups").iterdir()), "and makes the last backup"
