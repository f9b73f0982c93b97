"""A scout has the picture ready before the key is pressed, and gives back what is expected no more."""

from collections.abc import Iterator

import pytest

from reviewer_app.domain.recording import Recording
from reviewer_app.domain.window import Interval
from reviewer_app.errors import MediaError
from reviewer_app.media.reel import Reel
from reviewer_app.media.scout import Scout
from reviewer_app.media.viewer import Viewer
from tests.conftest import FilmMaker
from tests.media.by_hand import recording_of
from tests.media.test_viewer import number_of


@pytest.fixture
def recording(film: FilmMaker) -> Recording:
    paths = film("a.mp4", frames=250, keyframe_every=100), film("b.mp4", first_number=500)
    return recording_of(*paths, starts=(0.0, 12.0))


@pytest.fixture
def scout(recording: Recording) -> Iterator[Scout]:
    scout = Scout(recording)
    yield scout
    scout.close()
    assert not scout._ready


def test_a_viewer_goes_on_from_where_the_scout_is_without_opening_a_file(
    recording: Recording, scout: Scout, monkeypatch: pytest.MonkeyPatch
) -> None:
    scout.expect((7.9, 12.5))
    scout.prepare(lambda: True)
    viewer = Viewer(recording, scout=scout)
    with monkeypatch.context() as patched:
        patched.setattr(Reel, "_open", lambda *_: pytest.fail("a file was opened"))
        sight = viewer.at(7.9)
        for number in range(197, 220):
            assert number_of(sight) == number
            following = viewer.after(sight)
            assert following is not None
            sight = following
        assert number_of(viewer.at(12.5)) == 512
    for number in range(219, 190, -1):  # steps back are as exact as ever
        sight = viewer.at(number / 25 + 0.01)
        assert number_of(sight) == number
    viewer.close()


def test_places_expected_no_more_are_left_and_few_pictures_are_kept(scout: Scout) -> None:
    scout.expect((7.9, 3.0))
    scout.prepare(lambda: True)
    assert sorted(scout._ready) == [3.0, 7.9]
    assert all(len(found._kept) <= 2 for _, found in scout._ready.values())
    scout.expect((3.0, 1.0))
    scout.prepare(lambda: True)
    assert sorted(scout._ready) == [1.0, 3.0]


def test_it_gives_up_when_something_else_is_wanted(scout: Scout) -> None:
    scout.expect((7.9,))
    scout.prepare(lambda: False)
    assert not scout._ready


def test_gaps_skipped_stretches_and_files_that_are_gone_are_nothing_to_prepare(recording: Recording) -> None:
    scout = Scout(recording, skip=(Interval(3.0, 4.0),))
    recording.segments[1].path.unlink()
    scout.expect((11.0, 3.5, 12.5))
    scout.prepare(lambda: True)
    assert not scout._ready


def test_a_failed_reading_is_not_taken_for_the_files_end(recording: Recording) -> None:
    viewer = Viewer(recording)
    viewer.at(1.0)
    path = recording.segments[0].path
    away = path.rename(path.with_suffix(".away"))
    with pytest.raises(MediaError, match=path.name):
        viewer.at(9.0)
    away.rename(path)
    assert number_of(viewer.at(9.0)) == 225
    viewer.close()
