"""All measurements of the window, or some of them; prints them as JSON."""

import argparse
import json
import sys
from collections.abc import Callable
from pathlib import Path

from reviewer_app import paths
from reviewer_app.errors import SpasmReviewerError
from reviewer_app.gui.bench.booth import do_without_a_screen, film, keep_off_the_key_ring
from reviewer_app.gui.bench.endurance import measure_endurance
from reviewer_app.gui.bench.figure import Figure
from reviewer_app.gui.bench.playing import measure_playing
from reviewer_app.gui.bench.redraw import measure_redraw
from reviewer_app.gui.bench.seeking import measure_seeking
from reviewer_app.gui.bench.stalls import measure_stalls
from reviewer_app.gui.bench.start_up import measure_start

FILM_SECONDS = 64.0
FILM_SIZE = (1920, 1080)


def main() -> int:
    """Measures what is asked for.

    Returns:
        0, or the exit code of what went wrong, which is said on the error stream.
    """
    wanted = _words()
    do_without_a_screen()
    keep_off_the_key_ring()
    parts: dict[str, Callable[[], list[Figure]]] = {
        "start": measure_start,
        # Before the others, whose memory would be counted, too.
        "memory": lambda: measure_endurance(_film(wanted.film), minutes=wanted.minutes),
        "redraw": lambda: measure_redraw(hours=wanted.hours, flags=wanted.flags),
        "seek": lambda: measure_seeking(_film(wanted.film)),
        "play": lambda: measure_playing(_film(wanted.film)),
        "scan": lambda: measure_stalls(_film(wanted.film), wanted.bundle),
    }
    figures: list[Figure] = []
    try:
        for name in wanted.only or parts:
            _say(f"Measuring: {name}")
            figures += parts[name]()
    except SpasmReviewerError as error:
        _say(str(error))
        return error.exit_code
    sys.stdout.write(json.dumps([each.to_json() for each in figures]))
    return 0


def _words() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="reviewer_app.gui.bench", description=__doc__)
    words.add_argument("--only", action="append", choices=("start", "redraw", "seek", "play", "scan", "memory"))
    words.add_argument("--hours", type=float, default=72.0)
    words.add_argument("--flags", type=int, default=20_000)
    words.add_argument("--minutes", type=float, default=2.0)
    words.add_argument("--bundle", default="starter")
    words.add_argument("--film", type=Path)
    return words.parse_args()


def _film(given: Path | None) -> Path:
    """The film that was given, or one that is made once and kept with what can be made again."""
    if given is not None:
        return given
    folder = paths.cache_folder() / "bench-1080p"
    if not (folder / "complete").exists():
        _say("Making a film of 1080p, once")
    return film(folder, seconds=FILM_SECONDS, size=FILM_SIZE)


def _say(sentence: str) -> None:
    sys.stderr.write(sentence + "\n")
    sys.stderr.flush()


if __name__ == "__main__":
    sys.exit(main())
