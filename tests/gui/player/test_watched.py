"""Only what was on show long enough to be judged counts as watched."""

from reviewer_app.domain.window import Interval
from reviewer_app.gui.player.decode_thread import FrameFacts
from reviewer_app.gui.player.watched import Watched
from reviewer_app.media.viewer import Lack


def facts(start: float, stop: float, *, rate: float = 1.0, missing: Lack | None = None) -> FrameFacts:
    interval = Interval(start, stop)
    return FrameFacts(start, interval, start, segment=None if missing else 0, missing=missing, rate=rate)


def test_pictures_in_a_row_become_one_interval_up_to_where_it_was_paused() -> None:
    watched = Watched()
    for i in range(10):
        assert watched.add(facts(i / 10, (i + 1) / 10)) is None
    assert watched.taken() == Interval(0.0, 0.9)  # the last one is still on show
    assert watched.end(0.95) == Interval(0.9, 0.95)
    assert watched.end(None) is None


def test_a_jump_divides_what_was_watched() -> None:
    watched = Watched()
    watched.add(facts(0.0, 0.5))
    watched.add(facts(0.5, 1.0))
    assert watched.add(facts(7.0, 7.5)) == Interval(0.0, 0.5)
    assert watched.add(facts(2.0, 2.5)) is None
    watched.add(facts(2.5, 3.0))
    assert watched.end(9.0) == Interval(2.0, 3.0)


def test_a_picture_that_came_too_late_does_not_divide_but_a_second_without_pictures_does() -> None:
    watched = Watched()
    watched.add(facts(0.0, 0.1))
    assert watched.add(facts(0.2, 0.3)) is None
    assert watched.add(facts(1.5, 1.6)) == Interval(0.0, 0.2)


def test_missing_video_fast_playing_and_playing_backwards_do_not_count() -> None:
    for other in (
        facts(0.2, 5.0, missing=Lack.GAP),
        facts(0.2, 0.3, rate=8.0),
        facts(0.2, 0.3, rate=-1.0),
    ):
        watched = Watched()
        watched.add(facts(0.0, 0.1))
        watched.add(facts(0.1, 0.2))
        assert watched.add(other) == Interval(0.0, 0.1)
        assert watched.end(9.0) is None
