"""What is under review: the one state that all views of the window show.

Views listen to its signals and call its methods; they never know each other, the library or threads. A verdict is on
show at once and handed on to be saved; what becomes of that is told by ``Saver.state_changed``.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime

from reviewer_app.domain.annotation import Action, Alteration, Annotation, Label, Matter, Semiology, Statement
from reviewer_app.domain.ledger import reversal
from reviewer_app.domain.quality import NotAnalysable
from reviewer_app.domain.triage import Seek
from reviewer_app.domain.window import Interval, subtract
from reviewer_app.gui import wording
from reviewer_app.gui.adaptive import AdaptiveReading


class Review(AdaptiveReading):
    """A reading in which the reviewer has a say: verdicts, words for them, reviewed time, undo and redo."""

    def judge(self, label: Label, *, stays: bool = False) -> None:
        """Gives the selected candidates a verdict, and goes on to the next open flag if the person wants that.

        Args:
            label: The verdict.
            stays: Whoever asks knows better where to go next.
        """
        chosen = self.selected
        if not chosen:
            self.said.emit(self.tr("Select a flag first, or drag over the timeline to name an interval."))
            return
        alterations = wording.judged(chosen, label)
        if alterations:
            self._act(alterations)
        peaks = {each.peak for each in chosen}
        self._last_judged = tuple(
            each.own.annotation_id for each in self.candidates if each.own is not None and each.peak in peaks
        )
        self.labels_changed.emit()
        if self.manners.auto_advance and not stays and len(chosen) == 1 and chosen[0].is_flag:
            self.next_flag(Seek.UNREVIEWED)

    @property
    def last_judged(self) -> tuple[Annotation, ...]:
        """What the last verdict made; a second keystroke may describe it."""
        found = (self.labels.get(each) for each in self._last_judged)
        return tuple(each for each in found if each is not None and self.is_own(each))

    @property
    def described(self) -> tuple[Annotation, ...]:
        """What a semiology key or a note goes to: the selected candidates' own statements, else the last verdict's."""
        own = tuple(each.own for each in self.selected if each.own is not None)
        return own or self.last_judged

    def describe(self, semiology: Semiology) -> None:
        """Says what ``described`` looked like."""
        self._act(wording.described(self.described, semiology=semiology))

    def note(self, text: str, *, on: Sequence[str] = ()) -> None:
        """Writes a note to ``described``, or to the reviewer's annotations of these ids, as far as they still stand."""
        found = [self.labels.get(each) for each in on]
        own = tuple(each for each in found if each is not None and self.is_own(each))
        self._act(wording.described(own if on else self.described, note=text))

    def annotate(self, interval: Interval, label: Label) -> None:
        """Names an interval that no flag stands for, and selects it."""
        alteration = wording.stated(Statement(interval, label))
        self._act((alteration,))
        self._last_judged = (alteration.key,)
        found = [each for each in self.candidates if each.own and each.own.annotation_id == alteration.key]
        self.select([each.key for each in found])

    def move(self, annotation_id: str, interval: Interval) -> None:
        """Gives one of the reviewer's statements other edges."""
        own = [each for each in self.labels.annotations if each.annotation_id == annotation_id and self.is_own(each)]
        self._act(tuple(wording.restated(each, replace(each.statement, interval=interval)) for each in own))

    def retract(self) -> None:
        """Takes the reviewer's statements on the selected candidates back."""
        own = {each.own.annotation_id: each.own for each in self.selected if each.own is not None}
        self._act(tuple(wording.retracted(each) for each in own.values()))

    def played(self, interval: Interval) -> None:
        """Is told by the player what was really shown; kept as reviewed where it was not yet."""
        self._act(wording.spans(Matter.REVIEWED, subtract((interval,), self.reviewed), played=True))

    def mark_reviewed(self, interval: Interval) -> None:
        """Keeps that the reviewer has looked at an interval, as the reviewer says."""
        self._act(wording.spans(Matter.REVIEWED, subtract((interval,), self.reviewed)))

    def finalise(self) -> None:
        """Lets all reviewed time train from now on."""
        self._act(wording.spans(Matter.FINALISED, subtract(self.reviewed, self.finalised)))

    def accept_suggestion(self, suggestion: NotAnalysable) -> None:
        """Says that nothing can be judged in a suggested stretch."""
        statement = Statement(suggestion.interval, Label.NOT_ANALYSABLE, note=suggestion.reason.value)
        self._act((wording.stated(statement),))

    def refuse_suggestion(self, suggestion: NotAnalysable) -> None:
        """Says that a suggested stretch can be judged."""
        self._act(wording.spans(Matter.REFUSED, (suggestion.interval,)))

    # Undo and redo, which are statements too.

    def undo(self) -> None:
        """Takes back the reviewer's last action that stands."""
        self._reverse(self.history.undo, self.tr("Nothing is left to undo."))

    def redo(self) -> None:
        """Does again what was undone last."""
        self._reverse(self.history.redo, self.tr("Nothing is left to redo."))

    def _reverse(self, action: Action | None, otherwise: str) -> None:
        if action is None:
            self.said.emit(otherwise)
            return
        back = reversal(action, made_at=_now())
        self._keep(back)
        touched = {each.key for each in back.alterations}
        again = [each for each in self.candidates if each.own and each.own.annotation_id in touched]
        if again:
            self.select([each.key for each in again])
            self.show(again[0].interval)

    @property
    def actions(self) -> Sequence[Action]:
        """The ledger, oldest first: the visible history."""
        return self._actions

    def _act(self, alterations: tuple[Alteration, ...]) -> None:
        if self.subject is not None and alterations:
            self._keep(Action(wording.new_key(), self.rater, alterations, _now()))

    def take_in(self, actions: Iterable[Action]) -> None:
        """Shows what is kept of this recording and was said elsewhere; what is known already changes nothing."""
        known = {each.action_id for each in self._actions}
        for action in actions:
            if action.action_id not in known:
                self._add(action)
                self._tell_of(action)

    def _keep(self, action: Action) -> None:
        assert self.subject is not None
        self._add(action)
        self._save(self.subject.number, action)
        self._tell_of(action)

    def _add(self, action: Action) -> None:
        self._actions.append(action)
        self.labels = self.labels.after(action)
        self.history = self.history.after(action)

    def _tell_of(self, action: Action) -> None:
        if any(each.matter is Matter.ANNOTATION for each in action.alterations):
            self._sort_candidates()
            self.candidates_changed.emit()
        if any(_answers_suggestion(each) for each in action.alterations):
            self._recount_trace()
            self.trace_changed.emit()
        self.labels_changed.emit()


def _answers_suggestion(alteration: Alteration) -> bool:
    """Whether it changes which stretches are still suggested as not analysable."""
    said = (alteration.old, alteration.new)
    return alteration.matter is Matter.REFUSED or any(
        isinstance(each, Statement) and each.label is Label.NOT_ANALYSABLE for each in said
    )


def _now() -> str:
    return datetime.now(UTC).isoformat(timespec="milliseconds")
