"""The ledger as a person reads it: newest first, each action in words, played time told together."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from PySide6.QtCore import QAbstractListModel, QCoreApplication, QModelIndex, QPersistentModelIndex, Qt

from reviewer_app.domain.annotation import Action, Alteration, Matter, Rater, Span, Statement
from reviewer_app.domain.window import total_seconds
from reviewer_app.gui.review import Review
from reviewer_app.gui.triage.words import (
    duration_text,
    interval_of,
    label_text,
    plain_tip,
    semiology_text,
    statement_text,
)

Index = QModelIndex | QPersistentModelIndex
_NOWHERE = QModelIndex()


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the history: an action, or several of one rater that only tell of played time."""

    actions: tuple[Action, ...]

    @property
    def rater(self) -> Rater:
        """Who did it."""
        return self.actions[0].rater

    @property
    def is_watching(self) -> bool:
        """Whether nothing but played time is in it."""
        return all(_only_played(each) for each in self.actions)

    @property
    def made_at(self) -> str:
        """When the last of it happened, by this machine's clock."""
        return f"{datetime.fromisoformat(self.actions[-1].made_at).astimezone():%Y-%m-%d %H:%M:%S}"


def joined(entries: Sequence[Entry], actions: Sequence[Action]) -> list[Entry]:
    """The history, oldest first, with more actions at its end; watched time in a row becomes one entry."""
    found = list(entries)
    for action in actions:
        last = found[-1] if found else None
        if last is not None and last.is_watching and _only_played(action) and last.rater == action.rater:
            found[-1] = Entry((*last.actions, action))
        else:
            found.append(Entry((action,)))
    return found


def _only_played(action: Action) -> bool:
    return not action.reverses and all(
        each.matter is Matter.REVIEWED and isinstance(each.new, Span) and each.new.played for each in action.alterations
    )


class HistoryModel(QAbstractListModel):
    """Lines of the visible history; another rater's are hidden in blind mode."""

    def __init__(self, review: Review) -> None:
        super().__init__()
        self._review = review
        self._told = 0  # actions of the ledger that are in the entries
        self._entries: list[Entry] = []
        self._by_id: dict[str, Action] = {}
        self.start_again()

    def start_again(self) -> None:
        """Reads the whole ledger, as when another recording or rater is under review."""
        self.beginResetModel()
        self._told, self._entries, self._by_id = 0, [], {}
        self._read()
        self.endResetModel()

    def grow(self) -> None:
        """Adds what was done since."""
        before = len(self._entries)
        new = self._new_actions()
        after = joined(self._entries[-1:], new)
        added = len(after) - min(before, 1)
        if added:
            self.beginInsertRows(_NOWHERE, 0, added - 1)
        self._entries[before - min(before, 1) :] = after
        if added:
            self.endInsertRows()
        if new and before:
            changed = self.index(added)
            self.dataChanged.emit(changed, changed)

    def _read(self) -> None:
        self._entries = joined((), self._new_actions())

    def _new_actions(self) -> list[Action]:
        new = list(self._review.actions[self._told :])
        self._told += len(new)
        self._by_id.update((each.action_id, each) for each in new)
        return [each for each in new if not self._review.blind or each.rater.rater_id == self._review.rater.rater_id]

    def retell(self) -> None:
        """Writes all lines anew, as after a change of the clock."""
        if self._entries:
            self.dataChanged.emit(self.index(0), self.index(len(self._entries) - 1))

    def entry(self, row: int) -> Entry:
        """The entry in a row; the newest is in row 0."""
        return self._entries[-1 - row]

    def rowCount(self, parent: Index = _NOWHERE) -> int:  # noqa: N802
        """One for each entry."""
        return 0 if parent.isValid() else len(self._entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A line; always plain text."""
        if not index.isValid():
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self._line(self.entry(index.row()))
        if role == Qt.ItemDataRole.ToolTipRole:
            return plain_tip(self._line(self.entry(index.row())))
        return None

    def _line(self, entry: Entry) -> str:
        return self.tr("{when}  {rater}: {what}").format(
            when=entry.made_at, rater=entry.rater.name, what=told_entry(self._review, entry, self._by_id)
        )


def told_entry(review: Review, entry: Entry, by_id: dict[str, Action]) -> str:
    """An entry in words."""
    if entry.is_watching:
        watched = [
            each.new.interval for action in entry.actions for each in action.alterations if isinstance(each.new, Span)
        ]
        return QCoreApplication.translate("History", "watched {duration} of video").format(
            duration=duration_text(total_seconds(watched))
        )
    return told_action(review, entry.actions[0], by_id)


def told_action(review: Review, action: Action, by_id: dict[str, Action]) -> str:
    """An action in words; undoing and redoing are told by what they undo or redo, however often that was done."""
    root, turns = action, 0
    while (before := by_id.get(root.reverses)) is not None:
        root, turns = before, turns + 1
    what = _told_alterations(review, root.alterations)
    if turns == 0:
        return what
    sentence = (
        QCoreApplication.translate("History", "undone: {what}")
        if turns % 2
        else QCoreApplication.translate("History", "redone: {what}")
    )
    return sentence.format(what=what)


def _told_alterations(review: Review, alterations: Sequence[Alteration]) -> str:
    first = _told(review, alterations[0])
    if len(alterations) == 1:
        return first
    return QCoreApplication.translate("History", "{what}, and {more} more alike").format(
        what=first, more=len(alterations) - 1
    )


def _told(review: Review, alteration: Alteration) -> str:
    old, new = alteration.old, alteration.new
    if isinstance(old, Statement) and isinstance(new, Statement):
        return _changed(review, old, new)
    if isinstance(new, Statement):
        return statement_text(review, new)
    if isinstance(old, Statement):
        return QCoreApplication.translate("History", "{statement} → taken back").format(
            statement=statement_text(review, old)
        )
    span = new or old
    assert isinstance(span, Span)
    sentence = _told_span(alteration.matter) if new else QCoreApplication.translate("History", "{interval}: taken back")
    return sentence.format(interval=interval_of(review, span.interval))


def _changed(review: Review, old: Statement, new: Statement) -> str:
    before = statement_text(review, old)
    if old.label is not new.label:
        return QCoreApplication.translate("History", "{before} → {after}").format(
            before=before, after=label_text(new.label)
        )
    if old.interval != new.interval:
        return QCoreApplication.translate("History", "{before}: moved to {interval}").format(
            before=before, interval=interval_of(review, new.interval)
        )
    if old.semiology != new.semiology:
        looks = semiology_text(new.semiology) or QCoreApplication.translate("History", "looks no longer said")
        return QCoreApplication.translate("History", "{before}: {looks}").format(before=before, looks=looks)
    return QCoreApplication.translate("History", "{before}: note “{note}”").format(before=before, note=new.note)


def _told_span(matter: Matter) -> str:
    match matter:
        case Matter.REVIEWED:
            return QCoreApplication.translate("History", "marked {interval} as looked at")
        case Matter.FINALISED:
            return QCoreApplication.translate("History", "finalised {interval}")
        case _:
            return QCoreApplication.translate("History", "{interval} can be judged")
