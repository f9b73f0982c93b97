"""How recordings get under review: opened from the library, from files, or made for the demo; and how scans begin."""

from collections.abc import Sequence

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from reviewer_app.errors import SpasmReviewerError
from reviewer_app.gui.session import Session
from reviewer_app.gui.start import Start
from reviewer_app.gui.work.scan_dialog import ScanDialog
from reviewer_app.gui.work.scan_order import ScanOrder
from reviewer_app.gui.work.shelf import Shelf
from reviewer_app.jobs.library_request import Opened
from reviewer_app.jobs.message import Message, PhantomMade, StepsDone
from reviewer_app.jobs.request import demo_phantom


class Opening(QObject):
    """Brings recordings under review and orders their scans.

    Signals:
        opened: A recording is under review now.
        said: A sentence for the status bar.
        working: What goes on before a recording can be opened; empty when nothing does.
    """

    opened = Signal()
    said = Signal(str)
    working = Signal(str)

    def __init__(self, session: Session, shelf: Shelf, start: Start, window: QWidget) -> None:
        super().__init__(window)
        self._session = session
        self._shelf = shelf
        self._start = start
        self._window = window
        self._demo_is_wanted = False
        shelf.opened.connect(self._take_opened)

    def open_number(self, number: int) -> None:
        """Brings a recording of the library under review."""
        if self._session.open(number):
            self.opened.emit()
            row = self._shelf.row(number)
            if row is not None and row.is_broken:
                self.said.emit(row.status)

    def open_demo(self) -> None:
        """Makes the demo's recording where it is not there yet, opens it and scans it."""
        folder = self._start.demo_folder
        self._demo_is_wanted = True
        if (folder / "complete").exists():
            self._shelf.open((folder,))
            return
        self.working.emit(self.tr("Making the demo recording…"))
        self._session.queue.ask(demo_phantom(folder), self._take_demo, self._refuse_demo, told=self._tell_demo)

    def order_scan_of_review(self) -> None:
        """Asks how the recording under review shall be scanned."""
        subject = self._session.review.subject
        if subject is None:
            self.said.emit(self.tr("Open a recording first."))
        else:
            self.order_scans((subject.number,))

    def order_scans(self, numbers: Sequence[int]) -> None:
        """Asks how recordings of the library shall be scanned, and puts them into the queue."""
        rows = [row for number in numbers if (row := self._shelf.row(number)) is not None]
        if not rows:
            return
        session, settings = self._session, self._start.settings
        dialog = ScanDialog(
            rows,
            bundles=session.bundles,
            bundle=session.current_bundle(rows[0].patient),
            stride=settings.stride,
            drawn=session.review.crop,
            book=session.pace_book,
            parent=self._window,
        )
        if dialog.exec():
            for order in dialog.orders:
                session.queue.add(order)

    def _take_opened(self, opened: Opened) -> None:
        self.open_number(opened.number)
        if self._demo_is_wanted:
            self._demo_is_wanted = False
            self._scan_plainly(opened)
        elif opened.is_new:
            self.order_scans((opened.number,))

    def _scan_plainly(self, opened: Opened) -> None:
        """Scans as the settings say, without asking; what is scanned already is not computed again."""
        settings, subject = self._start.settings, self._session.review.subject
        if subject is not None and subject.trace is not None and subject.trace.finished:
            return
        paths = tuple(segment.path for segment in opened.recording.segments)
        title, bundle = self.tr("Demo recording"), self._session.current_bundle(opened.recording.patient)
        self._session.queue.add(ScanOrder(title, paths, bundle, settings.stride, number=opened.number))

    def _take_demo(self, _: PhantomMade) -> None:
        self.working.emit("")
        folder = self._start.demo_folder
        (folder / "complete").touch()
        self._shelf.open((folder,))

    def _refuse_demo(self, error: SpasmReviewerError) -> None:
        self._demo_is_wanted = False
        self.working.emit("")
        self.said.emit(str(error))

    def _tell_demo(self, message: Message) -> None:
        if isinstance(message, StepsDone) and message.total:
            share = round(100 * message.done / message.total)
            self.working.emit(self.tr("Making the demo recording: {share} %").format(share=share))
