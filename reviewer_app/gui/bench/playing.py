"""Whether playing at its own speed loses pictures."""

from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from reviewer_app.domain.recording import Recording
from reviewer_app.gui.bench.booth import open_film, open_window, spin
from reviewer_app.gui.bench.figure import Figure
from reviewer_app.gui.bench.throwaway import start_in
from reviewer_app.media.speed import decode_only


def measure_playing(film: Path, *, seconds: float = 30.0) -> list[Figure]:
    """Plays a film of 1080p in a window of 1920 x 1080.

    Raises:
        SpasmReviewerError: the film cannot be used.
    """
    with TemporaryDirectory() as folder, open_window(start_in(Path(folder)), width=1920, height=1080) as opened:
        window, session = opened
        open_film(window, session, film)
        player, recording = session.player, session.review.recording
        assert recording is not None
        spin(1.0)
        shown, dropped, passed = player.tally.shown, player.tally.dropped, player.tally.passed_over
        begin = perf_counter()
        player.play()
        spin(min(seconds, recording.seconds - 2))
        player.pause()
        spin(0.3)
        played, wall = player.position, perf_counter() - begin - 0.3
        shown, dropped = player.tally.shown - shown, player.tally.dropped - dropped
        passed = player.tally.passed_over - passed
    due = decode_only(recording, seconds=played)
    return [
        Figure("pictures dropped while playing 1080p at 1x", dropped, "pictures", 0),
        Figure("pictures shown while playing 1080p at 1x", shown, "pictures"),
        Figure("pictures due in that time", due, "pictures"),
        Figure("pictures passed over in that time", passed, "pictures", 0),
        Figure("speed of playing", played / wall, "x real time"),
        Figure("decoding alone, the most there is", _headroom(recording), "x real time"),
    ]


def _headroom(recording: Recording) -> float:
    """How many times faster than it plays the film can be decoded."""
    seconds = min(recording.seconds, 30.0)
    begin = perf_counter()
    decode_only(recording, seconds=seconds)
    return seconds / (perf_counter() - begin)
