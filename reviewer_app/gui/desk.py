"""The window's way to the library: what lies in it, and what is brought under review from it."""

from collections.abc import Mapping

from reviewer_app.domain.adaptation import Adaptation
from reviewer_app.domain.annotation import Action, Rater
from reviewer_app.gui.subject import Shown, Subject
from reviewer_app.jobs.message import BundleFacts
from reviewer_app.jobs.request import LibraryPlace
from reviewer_app.jobs.trainings import sweep
from reviewer_app.store import adaptations, ledger, promotions, raters, recordings, traces
from reviewer_app.store.keys import choose_keys
from reviewer_app.store.library import Library


class Desk:
    """An open library, held for the window; its jobs open it beside the window."""

    def __init__(self, place: LibraryPlace) -> None:
        """Opens the library, which is made where there is none.

        Raises:
            StoreError: it cannot be opened; the sentence says why, and who holds it.
        """
        self.place = LibraryPlace(place.folder, place.key_folder, held=True)
        self.library = Library.open(place.folder, keys=choose_keys(place.key_folder))
        sweep(place.folder)
        self.bundles: Mapping[str, BundleFacts] = {}  # by identity, as far as they are known

    def raters(self) -> tuple[Rater, ...]:
        """Everybody who ever reviewed in this library."""
        return raters.all_raters(self.library)

    def rater(self, name: str) -> Rater:
        """The rater of this name; a new one where the library knows none.

        Raises:
            StoreError: NOT SAVED.
        """
        known = next((each for each in self.raters() if each.name.casefold() == name.casefold()), None)
        return known or raters.add(self.library, name)

    def current_bundle(self, patient: str) -> str:
        """The identity of the bundle that was promoted for a patient's recordings; empty where none was.

        Raises:
            StoreError: the library cannot be read.
        """
        known = promotions.current(promotions.history(self.library), patient=patient)
        return "" if known is None else known.identity

    def append(self, number: int, action: Action) -> Action:
        """Keeps an action for good.

        Raises:
            StoreError: NOT SAVED.
        """
        return ledger.append(self.library, number, action)

    def said(self, number: int) -> tuple[Action, ...]:
        """All that was said of a recording and is kept, oldest first.

        Raises:
            StoreError: its ledger is damaged.
        """
        return ledger.load(self.library, number)

    def ledger_head(self, number: int) -> str:
        """The digest that stands for all that was said of a recording so far."""
        return ledger.head(self.library, number)

    def subject(self, number: int) -> Subject:
        """All that is under review when a recording is opened.

        Raises:
            StoreError: the library has no such recording, or it is damaged.
        """
        subject = Subject(number, recordings.load(self.library, number), self.said(number))
        shown = self.shown_trace(number)
        if shown is None:
            return subject
        facts = self.bundles.get(shown.identity.bundle)
        return subject.showing(shown, facts.notice if facts else "", facts.operating_points if facts else ())

    def shown_trace(self, number: int) -> Shown | None:
        """The newest trace of a recording; None before its first scan."""
        summaries = traces.summaries(self.library, recording_id=number)
        if not summaries:
            return None
        newest = summaries[-1]
        return Shown(
            traces.load(self.library, newest.trace_id),
            tuple(span for span, _ in traces.skips(self.library, newest.trace_id)),
            newest.identity,
            newest.bundle_name,
        )

    def adaptation(self, number: int, rater_id: int) -> Adaptation | None:
        """Scores of a recording's newest trace, adapted by a rater's verdicts; None where none are offered.

        Raises:
            StoreError: they are damaged.
        """
        summaries = traces.summaries(self.library, recording_id=number)
        return adaptations.find(self.library, summaries[-1].trace_id, rater_id) if summaries else None

    def close(self) -> None:
        """Lets other programs have the library."""
        self.library.close()
