"""Kinds of time are told apart by pattern, follow the review, and hide nothing but what blind mode shall hide."""

from dataclasses import replace

import numpy as np
import pytest
from PySide6.QtGui import QColor, QPalette

from reviewer_app.domain.quality import MEASURES
from reviewer_app.domain.trace import Trace, WindowState
from reviewer_app.domain.window import Interval
from reviewer_app.gui.review import Review
from reviewer_app.gui.shell.shades import CONTRAST, DARK, LIGHT, Shades, palette
from reviewer_app.gui.timeline.bands import LOOKS, MISSING, Bands, Kind, least_of, look_of, night_spans
from tests.gui.subjects import recording, review_of, subject, trace


def bands(review: Review) -> Bands:
    return Bands({}).renewed(review, {"trace", "reviewed"})


def pairs(found: Bands, kind: Kind) -> list[tuple[float, float]]:
    spans = found.spans[kind]
    return list(zip(spans.starts.tolist(), spans.stops.tolist(), strict=True))


def test_no_two_kinds_in_one_row_share_their_pattern_and_none_is_told_by_colour_alone() -> None:
    over_the_scores = [kind for kind in Kind if kind not in (Kind.NIGHT, Kind.REVIEWED, Kind.FINALISED)]
    assert len({LOOKS[kind].pattern for kind in over_the_scores}) == len(over_the_scores)
    assert LOOKS[Kind.REVIEWED].pattern is not LOOKS[Kind.FINALISED].pattern
    assert set(LOOKS) == set(Kind)


def test_holes_are_never_too_thin_to_be_seen() -> None:
    assert all(least_of(kind) >= 2 for kind in MISSING)


@pytest.mark.parametrize("shades", [LIGHT, DARK, CONTRAST])
def test_night_stands_out_from_the_ground_in_every_theme(qapp: object, shades: Shades) -> None:
    colours = palette(shades)
    night = QColor(look_of(Kind.NIGHT, colours).colour)
    ground = colours.color(QPalette.ColorRole.Base)
    assert contrast(night, ground) >= 3  # WCAG 2.2, 1.4.11: graphics


def contrast(one: QColor, other: QColor) -> float:
    lighter, darker = sorted((luminance(one), luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def luminance(colour: QColor) -> float:
    parts = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (colour.redF(), colour.greenF(), colour.blueF())
    )
    return sum(part * weight for part, weight in zip(parts, (0.2126, 0.7152, 0.0722), strict=True))


def test_what_is_not_scanned_is_not_scanned_and_gaps_are_gaps(qapp: object) -> None:
    review, _ = review_of(subject(scanned=0.4))
    found = bands(review)
    assert pairs(found, Kind.GAP) == [(290.0, 300.0)]
    ((start, _), *_) = pairs(found, Kind.UNSCANNED)
    assert 240 <= start <= 250
    assert pairs(found, Kind.UNSCANNED)[-1] == (300.0, 600.0)
    assert found.kinds_at(295) == (Kind.GAP,)
    assert found.kinds_at(500) == (Kind.UNSCANNED,)
    assert found.kinds_at(100) == ()


def test_before_the_first_scan_all_video_is_not_scanned(qapp: object) -> None:
    review, _ = review_of(replace(subject(), trace=None))
    found = bands(review)
    assert pairs(found, Kind.UNSCANNED) == [(0.0, 290.0), (300.0, 600.0)]
    assert pairs(found, Kind.GAP) == [(290.0, 300.0)]


def test_holes_of_the_scan_and_of_the_files_show_as_unreadable(qapp: object) -> None:
    given = subject()
    first = replace(given.recording.segments[0], readable=(Interval(0, 20), Interval(30, 290)))
    broken = replace(given.recording, segments=(first, given.recording.segments[1]))
    review, _ = review_of(replace(given, recording=broken, holes=(Interval(50, 51),)))
    assert pairs(bands(review), Kind.UNDECODABLE) == [(20.0, 30.0), (50.0, 51.0)]
    review.set_blind(True)
    assert pairs(bands(review), Kind.UNDECODABLE) == [(20.0, 30.0)]


def test_blind_mode_hides_what_the_model_says_of_time(qapp: object) -> None:
    review, _ = review_of(replace(subject(), trace=dark_and_grey()))
    assert {kind for kind, spans in bands(review).spans.items() if len(spans)} >= {Kind.NIGHT, Kind.DOUBTFUL}
    review.set_blind(True)
    assert {kind for kind, spans in bands(review).spans.items() if len(spans)} == {Kind.GAP}


def dark_and_grey() -> Trace:
    """Infrared in the first minute, and half a minute of darkness in the second."""
    given = trace()
    quality = given.quality.copy()
    quality[:64, MEASURES.index("colour_variance")] = 3
    quality[64:96, MEASURES.index("brightness")] = 2
    return replace(given, quality=quality)


def test_night_goes_from_the_first_infrared_window_to_the_end_of_the_last() -> None:
    given = dark_and_grey()
    found = night_spans(given)
    assert found.starts.tolist() == [0.0]
    assert found.stops.tolist() == [given.grid.interval(63).stop]
    assert len(night_spans(None)) == 0


def test_where_nothing_was_measured_it_is_not_night() -> None:
    given = dark_and_grey()
    quality = given.quality.copy()
    quality[:32] = np.nan
    states = given.states.copy()
    states[:32] = WindowState.NOT_SCANNED
    found = night_spans(replace(given, quality=quality, states=states))
    assert found.starts.tolist() == [given.grid.interval(32).start]


def test_time_that_is_looked_at_follows_at_once_and_the_rest_stays(qapp: object) -> None:
    review, _ = review_of()
    before = bands(review)
    review.mark_reviewed(Interval(10, 50))
    after = before.renewed(review, {"reviewed"})
    assert pairs(after, Kind.REVIEWED) == [(10.0, 50.0)]
    assert after.spans[Kind.GAP] is before.spans[Kind.GAP]
    review.finalise()
    assert bands(review).kinds_at(20) == (Kind.REVIEWED, Kind.FINALISED)


def test_without_a_recording_nothing_is_known(qapp: object) -> None:
    review, _ = review_of()
    review.open(None)
    found = bands(review)
    assert all(len(spans) == 0 for spans in found.spans.values())


def test_every_kind_has_a_name() -> None:
    assert len({kind.text for kind in Kind}) == len(Kind)


def test_time_that_two_files_claim_is_shown_even_blind() -> None:
    whole = recording()
    one, two = whole.segments
    doubled = replace(whole, segments=(one, replace(two, interval=Interval(280, 600))))
    review, _ = review_of(replace(subject(), recording=doubled))
    assert pairs(bands(review), Kind.OVERLAP) == [(280.0, 290.0)]
    review.set_blind(True)
    assert pairs(bands(review), Kind.OVERLAP) == [(280.0, 290.0)]
