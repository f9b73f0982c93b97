"""Why a flag was flagged: asked of the right window, told on the way, and never left standing beside another flag."""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.clip import WHOLE_PICTURE, Crop
from reviewer_app.domain.explanation import Explanation
from reviewer_app.domain.trace import TraceChunk, WindowState
from reviewer_app.domain.window import Interval
from reviewer_app.errors import BundleError, SpasmReviewerError
from reviewer_app.gui.player.decode_thread import FrameFacts
from reviewer_app.gui.player.picture import PictureView
from reviewer_app.gui.review import Review
from reviewer_app.gui.subject import Shown, Subject
from reviewer_app.gui.triage.why_panel import WhyPanel
from reviewer_app.jobs.message import Heartbeat, Message, StepsDone
from reviewer_app.jobs.request import Compute, ExplainRequest
from tests.gui.accessible import assert_accessible
from tests.gui.subjects import IDENTITY, review_of, subject, trace

LEFT = Qt.MouseButton.LeftButton
SIZE = 32
CHOSEN = Compute("torch", "f32", 2)
"""What to compute with, from the settings."""

FOLDERS = (Path("/bundles"),)


@dataclass(slots=True)
class Asked:
    """A question that waits; the test answers it."""

    request: ExplainRequest
    then: Callable[[Explanation], object]
    otherwise: Callable[[SpasmReviewerError], object]
    told: Callable[[Message], object]
    cancelled: bool = False

    def cancel(self) -> None:
        self.cancelled = True


@dataclass(slots=True)
class Desk:
    """The panel, the night under review, and whoever is asked."""

    review: Review
    panel: WhyPanel
    asked: list[Asked]
    overlays: list[tuple[QImage | None, Interval | None]] = field(default_factory=list)

    def overlay(self) -> QImage | None:
        return self.overlays[-1][0]

    def select(self, place: int) -> None:
        self.review.select([self.review.candidates[place].key])

    def explain(self, qtbot: QtBot) -> Asked:
        qtbot.mouseClick(self.panel.explain_button, LEFT)
        return self.asked[-1]


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return desk_of(qtbot)


def desk_of(qtbot: QtBot, given: Subject | None = None) -> Desk:
    review, _ = review_of(given)
    asked: list[Asked] = []

    def ask(request: Any, then: Any, otherwise: Any, *, told: Any) -> Any:
        asked.append(Asked(request, then, otherwise, told))
        return asked[-1]

    panel = WhyPanel(review, ask, FOLDERS, compute=lambda: CHOSEN)
    qtbot.addWidget(panel)
    panel.show()
    desk = Desk(review, panel, asked)
    panel.overlay_wanted.connect(lambda image, interval: desk.overlays.append((image, interval)))
    return desk


def explanation(
    window: int,
    *,
    place: Crop = WHOLE_PICTURE,
    filled: Crop = WHOLE_PICTURE,
    warm: tuple[slice, slice] | None = (slice(0, 8), slice(0, 8)),
) -> Explanation:
    """Something bright passes through the pictures; the upper left quarter of the frame is warm unless told."""
    frames = np.full((16, SIZE, SIZE, 3), 90, np.uint8)
    for number in range(16):
        frames[number, 6:14, number : number + 8] = (200, 190, 160)
    saliency = np.zeros((16, SIZE, SIZE), np.float32)
    if warm is not None:
        saliency[4:8, warm[0], warm[1]] = 1
    falls = np.linspace(-0.5, 0.2, 16).astype(np.float32)
    falls[6] = 2.0
    return Explanation(window, place, filled, 0.93, frames, saliency, falls)


def warm_part(overlay: QImage) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of what is warm, in fractions of the picture."""
    size = overlay.width()
    pixels = np.frombuffer(overlay.constBits(), np.uint8).reshape(overlay.height(), size, 4)
    rows, columns = np.nonzero(pixels[..., 3] > 75)
    return (
        columns.min() / size,
        rows.min() / overlay.height(),
        (columns.max() + 1) / size,
        (rows.max() + 1) / overlay.height(),
    )


def test_the_window_is_asked_for_whose_middle_is_nearest_to_the_flag(desk: Desk, qtbot: QtBot) -> None:
    desk.select(1)
    (flag,) = desk.review.selected
    request = desk.explain(qtbot).request
    grid = trace().grid
    distances = [abs(grid.interval(each).middle - flag.peak) for each in range(grid.count)]
    assert request.window == distances.index(min(distances))
    assert request.identity == IDENTITY
    assert request.recording == desk.review.recording
    assert request.bundle_folders == FOLDERS


def test_a_window_that_was_not_scored_is_passed_over(qtbot: QtBot) -> None:
    whole = trace()
    nearest = round((108.0 - 2.5) / whole.grid.stride_seconds)
    scores, states = whole.scores.copy(), whole.states.copy()
    scores[nearest], states[nearest] = np.nan, WindowState.UNDECODABLE
    desk = desk_of(qtbot, replace(subject(), trace=replace(whole, scores=scores, states=states)))
    desk.review.annotate(Interval(107.9, 108.1), Label.SPASM)
    assert desk.explain(qtbot).request.window in (nearest - 1, nearest + 1)


def test_nothing_can_be_explained_without_a_flag_or_far_from_any_score(qtbot: QtBot) -> None:
    desk = desk_of(qtbot, subject(scanned=0.5))
    assert not desk.panel.explain_button.isEnabled()
    assert "Select a flag" in desk.panel.told.text()
    desk.review.annotate(Interval(500, 502), Label.SPASM)
    assert not desk.panel.explain_button.isEnabled()
    assert not desk.panel.bars.toolTip()
    desk.panel.explain()
    assert desk.asked == []


def test_the_score_and_those_beside_it_are_told_before_anything_is_asked(desk: Desk) -> None:
    desk.select(0)
    assert "scored 0.95" in desk.panel.told.text()
    assert len(desk.panel.bars.toolTip().split()) == 13
    assert "0.95" in desk.panel.bars.accessibleDescription()


def test_times_are_told_as_the_person_wants_them(desk: Desk) -> None:
    desk.select(0)
    by_clock = desk.panel.told.text()
    desk.review.set_clock_times(False)
    assert desk.panel.told.text() != by_clock


def test_progress_is_told_and_a_second_press_is_not_possible(desk: Desk, qtbot: QtBot) -> None:
    desk.select(0)
    asked = desk.explain(qtbot)
    assert desk.panel.told.text() == "Getting ready to explain…"
    assert not desk.panel.explain_button.isEnabled()
    asked.told(StepsDone(68, 272, "Hiding"))
    asked.told(Heartbeat())
    assert desk.panel.told.text() == "Explaining: 25 %"


def test_an_explanation_shows_pictures_and_warmth(desk: Desk, qtbot: QtBot) -> None:
    desk.select(0)
    asked = desk.explain(qtbot)
    assert not desk.panel.strip.isVisible()
    bare = desk.panel.strip.grab().toImage()
    asked.then(explanation(asked.request.window))
    assert desk.panel.strip.isVisible()
    assert desk.panel.told.text() == "This window scores 0.93."
    assert desk.panel.explain_button.isEnabled()
    assert desk.panel.strip.grab().toImage() != bare
    assert "picture 7 of 16" in desk.panel.strip.accessibleDescription()
    assert desk.overlays[-1][1] == trace().grid.interval(asked.request.window)


def test_an_explanation_without_warmth_says_so(desk: Desk, qtbot: QtBot) -> None:
    desk.select(0)
    asked = desk.explain(qtbot)
    asked.then(explanation(asked.request.window, warm=None))
    assert "No part of its pictures" in desk.panel.told.text()


@pytest.mark.parametrize(
    ("place", "filled", "expected"),
    [
        (WHOLE_PICTURE, WHOLE_PICTURE, (0, 0, 0.25, 0.25)),
        # A crop of the picture's lower right quarter.
        (Crop(0.5, 0.5, 1, 1), WHOLE_PICTURE, (0.5, 0.5, 0.625, 0.625)),
        # A wide picture, with a quarter of the clip black above it and below: half of what is warm lies in the black.
        (WHOLE_PICTURE, Crop(0, 0.125, 1, 0.875), (0, 0, 0.25, 1 / 6)),
        # A high one, cropped to its upper half.
        (Crop(0, 0, 1, 0.5), Crop(0.125, 0, 0.875, 1), (0, 0, 1 / 6, 0.125)),
    ],
)
def test_warmth_lies_over_the_part_of_the_picture_that_it_is_about(
    desk: Desk, qtbot: QtBot, place: Crop, filled: Crop, expected: tuple[float, ...]
) -> None:
    desk.select(0)
    asked = desk.explain(qtbot)
    asked.then(explanation(asked.request.window, place=place, filled=filled))
    overlay = desk.overlay()
    assert overlay is not None
    assert warm_part(overlay) == pytest.approx(expected, abs=0.02)


def test_the_player_takes_the_warmth_with_the_time_that_it_is_about(desk: Desk, qtbot: QtBot) -> None:
    picture = PictureView()
    qtbot.addWidget(picture)
    desk.panel.overlay_wanted.connect(picture.set_overlay)
    picture.set_recording(desk.review.recording)
    desk.select(0)
    asked = desk.explain(qtbot)
    asked.then(explanation(asked.request.window))
    image, shown = QImage(8, 8, QImage.Format.Format_RGB32), []
    for second in (90.0, 100.0, 110.0):
        picture.show_frame(image, FrameFacts(second, Interval(second, second + 0.04), second, segment=0))
        shown.append(picture.overlay_is_shown)
    assert shown == [False, True, False]


def test_warmth_can_be_taken_away_and_brought_back(desk: Desk, qtbot: QtBot) -> None:
    desk.select(0)
    asked = desk.explain(qtbot)
    asked.then(explanation(asked.request.window))
    warm = desk.panel.strip.grab().toImage()
    desk.panel.warm_box.setFocus()
    qtbot.keyClick(desk.panel.warm_box, Qt.Key.Key_Space)
    assert desk.overlay() is None
    assert desk.panel.strip.grab().toImage() != warm
    qtbot.keyClick(desk.panel.warm_box, Qt.Key.Key_Space)
    assert desk.overlay() is not None
    assert desk.panel.strip.grab().toImage() == warm


def test_a_refusal_is_told_and_can_be_tried_again(desk: Desk, qtbot: QtBot) -> None:
    desk.select(0)
    desk.explain(qtbot).otherwise(BundleError("The bundle is not on this machine."))
    assert desk.panel.told.text() == "The bundle is not on this machine."
    assert desk.panel.told.textFormat() == Qt.TextFormat.PlainText
    desk.explain(qtbot)
    assert len(desk.asked) == 2


def test_another_flag_ends_the_question_and_takes_the_old_pictures_away(desk: Desk, qtbot: QtBot) -> None:
    desk.select(0)
    first = desk.explain(qtbot)
    first.then(explanation(first.request.window))
    second = desk.explain(qtbot)
    desk.select(3)
    assert (first.cancelled, second.cancelled) == (False, True)
    assert desk.overlay() is None
    assert not desk.panel.strip.isVisible()
    assert not desk.panel.strip.accessibleDescription()
    assert desk.panel.explain_button.isEnabled()
    assert "scored" in desk.panel.told.text()


def test_a_verdict_on_the_same_flag_leaves_its_explanation_standing(desk: Desk, qtbot: QtBot) -> None:
    desk.review.set_manners(replace(desk.review.manners, auto_advance=False))
    desk.select(0)
    asked = desk.explain(qtbot)
    asked.then(explanation(asked.request.window))
    desk.review.judge(Label.SPASM)
    assert desk.panel.told.text() == "This window scores 0.93."
    assert desk.overlay() is not None


def test_a_scan_that_goes_on_elsewhere_neither_ends_nor_hides_anything(qtbot: QtBot) -> None:
    desk = desk_of(qtbot, subject(scanned=0.5))
    desk.select(0)
    asked = desk.explain(qtbot)
    asked.told(StepsDone(1, 2, "Hiding"))
    whole, half = trace(), round(0.5 * trace().grid.count)
    part = slice(half, half + 4)
    chunk = (whole.scores[part], whole.states[part], whole.activity[part], whole.quality[part])
    desk.review.add_chunk(TraceChunk(half, *chunk, embeddings=np.zeros((4, 1), np.float16)))
    assert not asked.cancelled
    assert desk.panel.told.text() == "Explaining: 50 %"


def test_a_trace_of_another_bundle_takes_the_explanation_away(desk: Desk, qtbot: QtBot) -> None:
    desk.review.annotate(Interval(250, 252), Label.SPASM)
    asked = desk.explain(qtbot)
    asked.then(explanation(asked.request.window))
    desk.review.set_trace(Shown(trace(), (), replace(IDENTITY, bundle="e" * 64), "other"))
    assert desk.overlay() is None
    assert desk.explain(qtbot).request.identity.bundle == "e" * 64


def test_blind_mode_takes_everything_away_and_shows_nothing(desk: Desk, qtbot: QtBot) -> None:
    bare = desk.panel.bars.grab().toImage()
    desk.review.annotate(Interval(250, 252), Label.SPASM)
    answered = desk.explain(qtbot)
    answered.then(explanation(answered.request.window))
    waiting = desk.explain(qtbot)
    desk.review.set_blind(True)
    assert desk.review.current is not None
    assert waiting.cancelled
    assert desk.panel.bars.grab().toImage() == bare
    assert not desk.panel.strip.isVisible()
    assert desk.overlay() is None
    assert not desk.panel.explain_button.isEnabled()
    assert "Select a flag" in desk.panel.told.text()


def test_another_recording_takes_everything_away(desk: Desk, qtbot: QtBot) -> None:
    desk.select(0)
    asked = desk.explain(qtbot)
    desk.review.open(None)
    assert asked.cancelled
    assert not desk.panel.explain_button.isEnabled()


def test_everything_has_a_name(desk: Desk, qtbot: QtBot) -> None:
    desk.select(0)
    asked = desk.explain(qtbot)
    asked.then(explanation(asked.request.window))
    assert_accessible(desk.panel)
    for part in (desk.panel, desk.panel.told, desk.panel.strip, desk.panel.bars):
        assert part.accessibleName()
    assert desk.panel.explain_button.toolTip()
    assert desk.panel.warm_box.toolTip()


def test_it_claims_nothing_of_spasms(desk: Desk) -> None:
    """The words say what the model looked at, never whether it is right."""
    told = " ".join(label.text() for label in desk.panel.findChildren(QLabel))
    assert "not whether it is right" in told


def test_it_computes_with_what_the_settings_say(desk: Desk, qtbot: QtBot) -> None:
    desk.select(0)
    assert desk.explain(qtbot).request.compute == CHOSEN
