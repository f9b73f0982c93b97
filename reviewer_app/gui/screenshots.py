"""Pictures of the window at work on the demo's phantom: for the documentation, and to look at after a change.

``python -m reviewer_app.gui.screenshots --to FOLDER`` makes the two that the README shows, ``--all`` all pages in both
looks, ``--theme`` and ``--size`` all pages in another look.
"""

import argparse
import sys
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from reviewer_app import paths
from reviewer_app.errors import RequestError, SpasmReviewerError
from reviewer_app.gui.bench.booth import (
    application,
    do_without_a_screen,
    keep_off_the_key_ring,
    open_window,
    spin,
    wait_until,
)
from reviewer_app.gui.bench.night import long_night
from reviewer_app.gui.bench.throwaway import start_in
from reviewer_app.gui.main_window import MainWindow, Page
from reviewer_app.gui.session import Session
from reviewer_app.gui.shell.key_sheet import KeySheet
from reviewer_app.gui.shell.language import speak
from reviewer_app.gui.shell.report_dialog import ReportDialog
from reviewer_app.gui.shell.theme import apply_theme
from reviewer_app.gui.work.scan_dialog import ScanDialog
from reviewer_app.settings import LANGUAGES, THEMES, Settings

SCAN_LIMIT = 1200.0
"""Seconds that making and scanning the demo's recording may take."""

README_PAGE = "review"

SMALLEST = 0
"""Of PNG's qualities: less is smaller files, no other pixels."""

Grab = Callable[[str, QWidget], None]


@dataclass(frozen=True, slots=True)
class Look:
    """How the window shall look."""

    theme: str
    width: int
    height: int
    language: str = "en"
    letters: int = 100  # per cent

    @property
    def name(self) -> str:
        """What the files begin with."""
        language = "" if self.language == "en" else f"-{self.language}"
        letters = "" if self.letters == 100 else f"-{self.letters}"
        return f"{self.theme}-{self.width}x{self.height}{language}{letters}"


SHOWN_IN_README = (Look("dark", 1920, 1080), Look("light", 1280, 800))


def main() -> int:
    """Makes the pictures.

    Returns:
        0, or the exit code of what went wrong, which is said on the error stream.
    """
    wanted = _words()
    do_without_a_screen()
    keep_off_the_key_ring()
    looks: tuple[Look, ...] = SHOWN_IN_README
    pages = None if wanted.all else frozenset({README_PAGE})
    if wanted.theme or wanted.size:
        width, height = map(int, (wanted.size or "1280x800").split("x"))
        looks = (Look(wanted.theme or "dark", width, height, wanted.language, wanted.letters),)
        pages = None
    wanted.to.mkdir(parents=True, exist_ok=True)
    try:
        for file in take(wanted.to, looks, long=wanted.long, pages=pages):
            sys.stdout.write(f"{file}\n")
    except SpasmReviewerError as error:
        sys.stderr.write(f"{error}\n")
        return error.exit_code
    return 0


def _words() -> argparse.Namespace:
    words = argparse.ArgumentParser(prog="reviewer_app.gui.screenshots", description=__doc__)
    words.add_argument("--to", type=Path, required=True)
    words.add_argument("--all", action="store_true", help="all pages, not only the one that the README shows")
    words.add_argument("--theme", choices=THEMES)
    words.add_argument("--size", help="such as 1280x800")
    words.add_argument("--language", choices=LANGUAGES, default="en")
    words.add_argument("--letters", type=int, default=100, help="size of letters in per cent")
    words.add_argument("--long", action="store_true", help="72 h with 20,000 flags instead of the demo")
    return words.parse_args()


def take(
    folder: Path, looks: tuple[Look, ...], *, long: bool = False, pages: frozenset[str] | None = None
) -> list[Path]:
    """Goes through the pages as a reviewer would, once for each look; gives the files.

    Args:
        folder: For the pictures.
        looks: How the window shall look.
        long: Whether a made-up night of 72 h with 20,000 flags is shown, and not the demo.
        pages: Which of them to keep; None keeps all.

    Raises:
        SpasmReviewerError: the demo's recording cannot be made or scanned.
    """
    files: list[Path] = []
    settings = Settings(rater="Anna", false_alarms_per_hour=8.0)
    for look in looks:
        _wear(look)
        with TemporaryDirectory() as home:
            start = replace(start_in(Path(home), settings), demo_folder=_demo_folder())
            with open_window(start, width=look.width, height=look.height) as (window, session):

                def grab(name: str, widget: QWidget, look: Look = look) -> None:
                    if pages is not None and name not in pages:
                        return
                    spin(0.4)
                    file = folder / f"{look.name}-{name}.png"
                    # Steps of colour that nobody sees would take a third of the file.
                    picture = widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB666)
                    if not picture.save(str(file), quality=SMALLEST):
                        raise RequestError(f"The picture {file} cannot be written.")
                    files.append(file)

                if long:
                    _go_through_a_long_night(window, session, grab)
                else:
                    _go_through_the_demo(window, session, grab)
    return files


def _wear(look: Look) -> None:
    app = application()
    apply_theme(app, look.theme, look.letters)
    speak(app, look.language, paths.resources_folder() / "translations")


def _demo_folder() -> Path:
    """The demo's own, so that it is made only once."""
    return paths.cache_folder() / "demo-7"


def _go_through_the_demo(window: MainWindow, session: Session, grab: Grab) -> None:
    review = session.review
    window.pages.setCurrentIndex(Page.FIRST_RUN)
    grab("first-run", window)
    window.show_page(Page.RECORDINGS)
    grab("recordings-empty", window)
    window.opening.open_demo()
    wait_until(lambda: review.recording is not None, "opening the demo's recording", seconds=SCAN_LIMIT)
    wait_until(lambda: bool(review.clusters) or _is_scanned(session), "the first flags", seconds=SCAN_LIMIT)
    grab("scanning", window)
    window.show_page(Page.RECORDINGS)
    grab("recordings-scanning", window)
    wait_until(lambda: _is_scanned(session), "the scan", seconds=SCAN_LIMIT)
    window.show_page(Page.REVIEW)
    _give_verdicts(window, session)
    grab("review", window)
    _show_panels(window, session, grab)
    window.show_page(Page.RECORDINGS)
    spin(2.0)
    grab("recordings", window)
    window.show_page(Page.SETTINGS)
    grab("settings", window)
    _show_dialogs(window, session, grab)


def _is_scanned(session: Session) -> bool:
    trace = session.review.trace
    return trace is not None and trace.finished and session.queue.active is None


def _give_verdicts(window: MainWindow, session: Session) -> None:
    """Some flags are judged, one is being looked at."""
    window.activateWindow()
    spin(0.5)
    keys = Qt.Key
    for key in (keys.Key_N, keys.Key_1, keys.Key_F, keys.Key_1, keys.Key_2, keys.Key_3, keys.Key_1):
        QTest.keyClick(window, key)
        spin(0.5)
    session.player.pause()
    if (current := session.review.current) is not None:
        session.review.go_to(current.peak)
    window.review_page.timeline.detail.fit_event()
    window.review_page.timeline.detail.zoom(8.0)
    spin(1.5)


def _show_panels(window: MainWindow, session: Session, grab: Grab) -> None:
    page = window.review_page
    page.show_tab(page.why)
    page.why.explain()
    wait_until(lambda: session.queue.active is None, "explaining")
    spin(12.0)
    grab("why", window)
    for panel, name in ((page.gap_review, "gap-review"), (page.history, "history"), (page.suggestions, "quality")):
        page.show_tab(panel)
        grab(name, window)
    page.timeline.fit_all()
    page.show_tab(page.events)
    grab("review-all", window)


def _show_dialogs(window: MainWindow, session: Session, grab: Grab) -> None:
    shelf = window.work_page.shelf
    subject = session.review.subject
    row = shelf.row(subject.number) if subject is not None else None
    dialogs: list[tuple[str, QWidget]] = [
        ("report", ReportDialog(Path("~/Documents/recording-1"), window)),
        ("keys", KeySheet(window.keys, window)),
    ]
    if row is not None:
        scan = ScanDialog([row], bundles=session.bundles, bundle="starter", stride=3, drawn=None, book=None)
        dialogs.append(("scan", scan))
    for name, dialog in dialogs:
        dialog.show()
        grab(name, dialog)
        dialog.close()
        dialog.deleteLater()


def _go_through_a_long_night(window: MainWindow, session: Session, grab: Grab) -> None:
    review, page = session.review, window.review_page
    window.show_page(Page.REVIEW)
    review.open(long_night(72, 20_000))
    spin(2.0)
    grab("long", window)
    QTest.keyClick(window, Qt.Key.Key_N)
    spin(1.0)
    grab("long-flag", window)
    page.timeline.fit_all()
    grab("long-all", window)
    page.show_tab(page.gap_review)
    spin(1.0)
    grab("long-gap-review", window)


if __name__ == "__main__":
    sys.exit(main())
