"""The line on the operating point tells what is left, and never that there is nothing."""

from dataclasses import replace

import pytest
from PySide6.QtCore import QLocale

from reviewer_app.domain.annotation import Label
from reviewer_app.domain.window import Interval
from reviewer_app.gui.review import Review
from reviewer_app.gui.subject import Subject
from reviewer_app.gui.timeline.readout import readout
from tests.gui.subjects import POINTS, review_of, subject, trace


@pytest.fixture(autouse=True)
def english(qapp: object) -> object:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English))
    yield None
    QLocale.setDefault(before)
    return None


def of(given: Subject) -> str:
    return readout(review_of(given)[0])


def test_flags_minutes_and_predicted_false_alarms_follow_the_operating_point() -> None:
    review, _ = review_of()
    assert readout(review) == "Flags: 5 · 5 left, 0.5\u00a0min to review · about 0.5 false alarms an hour predicted"
    review.set_threshold(0.3)
    assert readout(review).endswith("about 8.0 false alarms an hour predicted")


def test_what_has_a_verdict_is_not_left() -> None:
    review, _ = review_of()
    review.select([review.candidates[0].key])
    review.judge(Label.SPASM)
    assert readout(review).startswith("Flags: 5 · 4 left, 0.4\u00a0min")


def test_numbers_are_written_as_in_the_persons_country() -> None:
    QLocale.setDefault(QLocale(QLocale.Language.German, QLocale.Country.Germany))
    assert "0,5\u00a0min" in of(subject())


def test_a_rare_false_alarm_is_not_rounded_to_none() -> None:
    rare = (replace(POINTS[0], false_alarms_per_hour=0.04),)
    assert "about 0.04 false alarms an hour" in of(subject(points=rare))


def test_a_scan_under_way_says_how_much_of_the_video_is_not_scanned() -> None:
    assert of(subject(scanned=0.5)).startswith("50 % not scanned yet · ")


def test_before_the_first_window_all_of_the_video_is_not_scanned_however_long_the_gaps() -> None:
    assert of(subject(scanned=0.0)).startswith("100 % not scanned yet · ")


def test_the_last_bit_that_is_not_scanned_is_not_rounded_to_nothing() -> None:
    review, _ = review_of(subject(scanned=0.998))
    assert review.coverage is not None
    review.coverage = replace(review.coverage, unscanned=(Interval(599.9, 600),))
    assert readout(review).startswith("0.1 % not scanned yet · ")


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        (replace(subject(), trace=None), "Not scanned yet: nothing has been looked for."),
        (subject(points=()), "no calibrated operating point, so nothing is flagged"),
        (
            replace(subject(), trace=trace(peaks=[])),
            "Nothing is flagged at this operating point; what was not flagged may still hold spasms.",
        ),
    ],
)
def test_where_nothing_is_flagged_it_says_why_and_never_that_all_is_well(given: Subject, expected: str) -> None:
    said = of(given)
    assert expected in said
    assert "no spasm" not in said.lower()
    assert "normal" not in said.lower()


def test_blind_mode_says_that_it_hides_and_no_number_of_the_models() -> None:
    review: Review = review_of()[0]
    review.set_blind(True)
    assert readout(review) == "Blind: what the model and other raters say is hidden."


def test_without_a_recording_there_is_nothing_to_say() -> None:
    review, _ = review_of()
    review.open(None)
    assert readout(review) == ""
