"""The window: its pages, its menus, its keys, its status bar."""

from dataclasses import fields, replace
from enum import IntEnum
from pathlib import Path
from typing import Any

from PySide6.QtCore import Signal
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMessageBox, QStackedWidget, QWidget

from reviewer_app.errors import RequestError, SpasmReviewerError
from reviewer_app.gui.commands import Command, review_commands
from reviewer_app.gui.desk import Desk
from reviewer_app.gui.export import Export
from reviewer_app.gui.label_import import LabelImport
from reviewer_app.gui.learn.learn_page import LearnPage
from reviewer_app.gui.menus import Menus
from reviewer_app.gui.opening import Opening
from reviewer_app.gui.placement import Placement
from reviewer_app.gui.player.hold_k import HoldK
from reviewer_app.gui.rescue import backups_of, offer_backup
from reviewer_app.gui.review_page import ReviewPage
from reviewer_app.gui.saver import SaveState
from reviewer_app.gui.session import Session
from reviewer_app.gui.shell.first_run import FirstRunPage
from reviewer_app.gui.shell.key_sheet import KeySheet
from reviewer_app.gui.shell.rater_dialog import ask_for_rater
from reviewer_app.gui.shell.settings_page import SettingsPage
from reviewer_app.gui.shell.status_bar import ReviewStatusBar
from reviewer_app.gui.shell.theme import apply_theme
from reviewer_app.gui.shortcuts import keys_or_usual
from reviewer_app.gui.start import Start
from reviewer_app.gui.timeline.thumbnails import end_all_thumbnails
from reviewer_app.gui.title import window_title
from reviewer_app.gui.unsaved import may_lose
from reviewer_app.gui.work.closing import end_work, may_close, may_stop_training
from reviewer_app.gui.work.job_words import job_line
from reviewer_app.gui.work_page import WorkPage
from reviewer_app.jobs.request import LibraryPlace
from reviewer_app.settings import Settings


class Page(IntEnum):
    """The window's pages, in the order of its stack."""

    FIRST_RUN = 0
    RECORDINGS = 1
    REVIEW = 2
    SETTINGS = 3
    LEARNING = 4


class MainWindow(QMainWindow):
    """Holds the pages of a session; without one it shows only the first steps and the settings.

    Signals:
        usable: A page can be used; said once.
    """

    usable = Signal()

    def __init__(self, start: Start) -> None:
        super().__init__()
        self.start = start
        self.session: Session | None = None
        self.setWindowTitle("Spasm Reviewer")
        self.setAcceptDrops(True)
        self.keys = keys_or_usual(start.settings.keys)
        self.menus = Menus(self, self.keys, change_rater=self.change_rater)
        self.bar = ReviewStatusBar()
        self.setStatusBar(self.bar)
        self.first_run = FirstRunPage(library=start.place.folder, rater=start.settings.rater)
        self.settings_page = SettingsPage(start.settings, library=start.place.folder)
        self.pages = QStackedWidget()
        for page in (self.first_run, QWidget(), QWidget(), self.settings_page, QWidget()):
            self.pages.addWidget(page)
        self.pages.currentChanged.connect(lambda page: self.menus.set_reviewing(page == Page.REVIEW))
        self.setCentralWidget(self.pages)
        self.resize(1280, 800)
        self.placement = Placement(start.placement_file)
        self.placement.restore_window(self)
        self._connect_shell()
        self.menus.run(self._window_commands())

    # The beginning and the end.

    def begin(self) -> None:
        """Opens the library, or shows the first steps; comes when the window is on the screen."""
        if self.start.problem:
            self.bar.say(self.start.problem)
        if self.start.is_first and not self.start.is_demo:
            self.pages.setCurrentIndex(Page.FIRST_RUN)
        elif self.open_library(self.start.place):
            if self.start.is_demo:
                self.opening.open_demo()
            else:
                self.show_page(Page.RECORDINGS)
        self.usable.emit()

    def open_library(self, place: LibraryPlace, *, rater: str = "") -> bool:
        """Opens a library in place of the one that is open; what is wrong with it is said and can be mended.

        Args:
            place: Where it lies.
            rater: Who reviews; asked for where this is empty and the library does not make it plain.
        """
        if not self._end_session():
            return False
        try:
            desk = Desk(place)
        except SpasmReviewerError as error:
            if backups_of(place) and offer_backup(place, str(error), self):
                return self.open_library(place, rater=rater)
            self._say_library_problem(str(error))
            return False
        self.start = replace(self.start, place=place)
        name = rater or self._rater_name(desk)
        try:
            session = Session(desk, rater_name=name, settings=self.start.settings, surroundings=self.start.surroundings)
        except SpasmReviewerError as error:
            desk.close()
            self._say_library_problem(str(error))
            return False
        self._show_session(session)
        return True

    def closeEvent(self, event: QCloseEvent) -> None:  # noqa: N802
        """Asks where something would be left undone, then ends everything in order."""
        if self._end_session():
            event.accept()
        else:
            event.ignore()

    def _end_session(self) -> bool:
        """Ends what is open; False where the person would rather stay."""
        session = self.session
        if session is None:
            return True
        if not may_close(session.queue, self) or not may_lose(session.saver.state, self):
            return False
        if self.learn_page.lessons.is_training and not may_stop_training(self):
            return False
        self.session = None
        self.placement.keep(self, self.review_page)
        self.review_page.keep_note()
        end_work(session.queue)
        end_all_thumbnails()
        session.close()
        session.deleteLater()
        return True

    # A session's pages.

    def _show_session(self, session: Session) -> None:
        self.session = session
        review, player = session.review, session.player
        review.set_clock_times(self.start.settings.clock_times)
        self.work_page = WorkPage(session)
        self.review_page = ReviewPage(
            review,
            player,
            self.keys,
            session.queue.ask,
            bundle_folders=session.surroundings.bundle_folders,
            compute=lambda: session.queue.terms.compute,
        )
        self.opening = Opening(session, self.work_page.shelf, self.start, self)
        self.export = Export(session, self)
        self._put_page(Page.RECORDINGS, self.work_page)
        self._put_page(Page.REVIEW, self.review_page)
        self.learn_page = LearnPage(session)
        self._put_page(Page.LEARNING, self.learn_page)
        self.placement.restore_page(self.review_page)
        actions = self.menus.actions_by_id
        commands = {**review_commands(review, player, self.review_page), **self._window_commands()}
        self.menus.run({**commands, "import_labels": LabelImport(session, self).ask})
        self._hold = HoldK(player, stop=actions["stop"], forward=actions["forward"], reverse=actions["reverse"])
        self.installEventFilter(self._hold)
        self._connect_session(session)
        if left := len(session.queue.jobs):
            self.bar.say(self.tr("Scans left from last time: %n. They go on from the page Recordings.", "", left))

    def _connect_session(self, session: Session) -> None:
        session.said.connect(self.bar.say)
        session.saver.state_changed.connect(self._show_saving)
        session.queue.changed.connect(self._show_work)
        self.opening.working.connect(self._show_work)
        session.review.trace_changed.connect(self._show_bundle)
        session.review.recording_changed.connect(self._show_title)
        session.bundles_known.connect(
            lambda: self.settings_page.set_bundles([each.name for each in session.bundles if not each.problem])
        )
        self.opening.said.connect(self.bar.say)
        self.opening.opened.connect(lambda: self.show_page(Page.REVIEW))
        self.export.said.connect(self.bar.say)
        self.work_page.open_wanted.connect(self.opening.open_number)
        self.work_page.scan_wanted.connect(self.opening.order_scans)
        self.review_page.player_view.full_screen_wanted.connect(self.toggle_full_screen)
        self._show_saving(session.saver.state)

    def _put_page(self, place: Page, page: QWidget) -> None:
        old = self.pages.widget(place)
        current = self.pages.currentIndex()
        self.pages.insertWidget(place, page)
        if old is not None:
            self.pages.removeWidget(old)
            old.deleteLater()
        self.pages.setCurrentIndex(current)

    def show_page(self, page: Page) -> None:
        """Brings a page to the front."""
        if self.session is None and page in (Page.RECORDINGS, Page.REVIEW, Page.LEARNING):
            self.bar.say(self.tr("No library is open."))
            return
        self.pages.setCurrentIndex(page)
        if shown := self.pages.currentWidget():
            shown.setFocus()

    # What the person wants of the window itself.

    def _window_commands(self) -> dict[str, Command]:
        return {
            "help": lambda: KeySheet(self.keys, self).exec(),
            "recordings_page": lambda: self.show_page(Page.RECORDINGS),
            "review_page": lambda: self.show_page(Page.REVIEW),
            "learning_page": lambda: self.show_page(Page.LEARNING),
            "settings": lambda: self.show_page(Page.SETTINGS),
            "open": self._open_files,
            "scan": self._order_scan,
            "export": self._export,
            "report": self._export,  # one dialog offers both
            "full_screen": self.toggle_full_screen,
            "quit": self.close,
        }

    def toggle_full_screen(self) -> None:
        """Gives the picture the whole screen, or shows everything again."""
        full = not self.isFullScreen()
        if self.session is not None:
            self.review_page.show_only_picture(full)
        self.menuBar().setVisible(not full)
        if full:
            self.showFullScreen()
        else:
            self.showNormal()

    def change_rater(self) -> None:
        """Asks who reviews from now on."""
        if self.session is None:
            return
        names = [each.name for each in self.session.desk.raters()]
        name = ask_for_rater(names, self.session.review.rater.name, self)
        if name:
            try:
                self.session.review.set_rater(self.session.desk.rater(name))
            except SpasmReviewerError as error:
                self.bar.say(str(error))
                return
            self._remember(rater=name)
            self._show_title()

    def _rater_name(self, desk: Desk) -> str:
        """Who reviews: asked at the start where more than one person ever did."""
        names = [each.name for each in desk.raters()]
        last = self.start.settings.rater
        if self.start.is_demo or (last and (not names or names == [last])):
            return last or self.tr("Reviewer")
        name = ask_for_rater(names, last, self) or last or self.tr("Reviewer")
        self._remember(rater=name)
        return name

    # Drag and drop, on every page.

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:  # noqa: N802
        """Takes files and folders."""
        if self.session is not None and event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:  # noqa: N802
        """Opens what was dropped."""
        paths = tuple(Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile())
        if paths and self.session is not None:
            event.acceptProposedAction()
            self.work_page.shelf.open_each(paths)

    # The shell.

    def _connect_shell(self) -> None:
        first, settings = self.first_run, self.settings_page
        first.rater_named.connect(lambda name: self._remember(rater=name))
        first.library_chosen.connect(self._choose_library)
        first.recovery_key_wanted.connect(self._show_recovery_key)
        first.demo_wanted.connect(self._open_demo)
        first.open_wanted.connect(self._open_files)
        first.left.connect(self._leave_first_run)
        settings.settings_changed.connect(self._apply_settings)
        settings.recovery_key_wanted.connect(self._tell_recovery_key)
        self.bar.retry_wanted.connect(self._try_saving_now)

    def _has_session(self) -> bool:
        """Opens the library where the first steps are still on show."""
        return self.session is not None or self._leave_first_run()

    def _open_files(self) -> None:
        if self._has_session():
            self.work_page.recordings.open_files()

    def _order_scan(self) -> None:
        if self._has_session():
            self.opening.order_scan_of_review()

    def _export(self) -> None:
        if self._has_session():
            self.export.ask()

    def _open_demo(self) -> None:
        if self._has_session():
            self.opening.open_demo()

    def _try_saving_now(self) -> None:
        if self.session is not None:
            self.session.saver.try_now()

    def _leave_first_run(self) -> bool:
        if self.session is None and not self.open_library(self.start.place, rater=self.start.settings.rater):
            return False
        self._remember()
        if self.pages.currentIndex() == Page.FIRST_RUN:
            self.show_page(Page.RECORDINGS)
        return True

    def _choose_library(self, folder: Path) -> None:
        place = LibraryPlace(folder, self.start.place.key_folder)
        if self.open_library(place, rater=self.start.settings.rater or self.tr("Reviewer")):
            self._remember(library=folder)
            self.first_run.show_problem("")
        else:
            self.first_run.show_library(self.start.place.folder)  # and not the one that was refused

    def _show_recovery_key(self) -> None:
        rater = self.start.settings.rater or self.tr("Reviewer")
        if self.session is not None or self.open_library(self.start.place, rater=rater):
            assert self.session is not None
            self.first_run.show_recovery_key(self.session.desk.library.recovery_key)

    def _tell_recovery_key(self) -> None:
        if self.session is not None:
            told = self.tr("Write this recovery key down and keep it away from this computer:")
            QMessageBox.information(
                self, self.tr("Recovery key"), f"{told}\n\n{self.session.desk.library.recovery_key}"
            )

    def _say_library_problem(self, sentence: str) -> None:
        self.bar.say(sentence)
        self.pages.setCurrentIndex(Page.FIRST_RUN)
        self.first_run.show_library_step()
        self.first_run.show_problem(sentence)

    def _remember(self, **changes: Any) -> None:
        """Writes changed preferences down; that they could not be is said, and they hold until the end."""
        settings = replace(self.start.settings, **changes)
        try:
            self.start = self.start.changed(settings)
        except RequestError as error:
            self.bar.say(str(error))
        self.settings_page.adopt(settings)

    def _apply_settings(self, settings: Settings) -> None:
        self._remember(**{each.name: getattr(settings, each.name) for each in fields(settings)})
        app = QApplication.instance()
        assert isinstance(app, QApplication)
        apply_theme(app, settings.theme, settings.font_scale)
        self.keys = keys_or_usual(settings.keys)
        self.menus.bind(self.keys)
        if self.session is not None:
            self.review_page.set_keys(self.keys)
            self.session.apply(settings)
            self.session.review.set_clock_times(settings.clock_times)

    def _show_work(self, first: str = "") -> None:
        """Says what goes on: what comes before a recording can be opened, else the queue."""
        if self.session is not None:
            self.bar.show_work(first or job_line(self.session.queue.active))

    def _show_saving(self, state: SaveState) -> None:
        if state.problem:
            self.bar.show_not_saved(state.problem)
        elif state.waiting:
            self.bar.show_saving()
        else:
            self.bar.show_saved()
        self.review_page.verdicts.show_saving(state)

    def _show_bundle(self) -> None:
        subject = self.session.review.subject if self.session else None
        self.bar.show_bundle_notice(subject.bundle_notice if subject else "")

    def _show_title(self) -> None:
        self.setWindowTitle(window_title(self.session.review if self.session else None))
