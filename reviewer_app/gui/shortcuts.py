"""Every action of the window in one table: its name, its keys, its text.

No key needs a keypad, and all lie on German and American keyboards alike: where one of the two hides a sign behind
AltGr, the action has a second key.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from PySide6.QtCore import QCoreApplication, QKeyCombination, QObject, Qt
from PySide6.QtGui import QAction, QKeySequence

from reviewer_app.errors import RequestError


def QT_TRANSLATE_NOOP(context: str, text: str) -> str:  # noqa: N802
    """Marks a text for lupdate, which looks for this name; Qt's own function of the name has no types."""
    assert context
    return text


class Group(Enum):
    """Under which heading the key sheet shows an action."""

    PLAY = QT_TRANSLATE_NOOP("Keys", "Playing")
    TRIAGE = QT_TRANSLATE_NOOP("Keys", "From flag to flag")
    VERDICT = QT_TRANSLATE_NOOP("Keys", "Verdict")
    SEMIOLOGY = QT_TRANSLATE_NOOP("Keys", "What it looked like")
    LABELS = QT_TRANSLATE_NOOP("Keys", "Labels")
    TIMELINE = QT_TRANSLATE_NOOP("Keys", "Timeline")
    PICTURE = QT_TRANSLATE_NOOP("Keys", "Picture")
    WINDOW = QT_TRANSLATE_NOOP("Keys", "Window")

    @property
    def title(self) -> str:
        """The heading in the person's language."""
        return QCoreApplication.translate("Keys", str(self.value))


@dataclass(frozen=True, slots=True)
class Shortcut:
    """One action: what it is called in code, on which keys it lies unless changed, what the person reads."""

    action_id: str
    keys: tuple[str, ...]  # Qt's portable names; the first is the one shown
    source: str  # English; ``text`` is what to show
    group: Group
    repeats: bool = False  # while the key is held down

    @property
    def text(self) -> str:
        """The action in the person's language."""
        return QCoreApplication.translate("Keys", self.source)


SHORTCUTS: Final = (
    Shortcut("play_pause", ("Space",), QT_TRANSLATE_NOOP("Keys", "Play or pause"), Group.PLAY),
    Shortcut("reverse", ("J",), QT_TRANSLATE_NOOP("Keys", "Play backwards"), Group.PLAY),
    Shortcut("stop", ("K",), QT_TRANSLATE_NOOP("Keys", "Stop; hold with J or L for slow"), Group.PLAY),
    Shortcut("forward", ("L",), QT_TRANSLATE_NOOP("Keys", "Play forwards"), Group.PLAY),
    Shortcut("step_back", (",",), QT_TRANSLATE_NOOP("Keys", "One frame back"), Group.PLAY, repeats=True),
    Shortcut("step_forward", (".",), QT_TRANSLATE_NOOP("Keys", "One frame on"), Group.PLAY, repeats=True),
    Shortcut("slower", ("[", "-"), QT_TRANSLATE_NOOP("Keys", "Slower"), Group.PLAY),
    Shortcut("faster", ("]", "+"), QT_TRANSLATE_NOOP("Keys", "Faster"), Group.PLAY),
    Shortcut("loop_event", ("R",), QT_TRANSLATE_NOOP("Keys", "Repeat the event"), Group.PLAY),
    Shortcut("next_flag", ("N",), QT_TRANSLATE_NOOP("Keys", "Next flag"), Group.TRIAGE, repeats=True),
    Shortcut("previous_flag", ("P",), QT_TRANSLATE_NOOP("Keys", "Previous flag"), Group.TRIAGE, repeats=True),
    Shortcut("next_unreviewed", ("U",), QT_TRANSLATE_NOOP("Keys", "Next flag without a verdict"), Group.TRIAGE),
    Shortcut("next_cluster", ("C",), QT_TRANSLATE_NOOP("Keys", "Next cluster"), Group.TRIAGE),
    Shortcut("gap_review", ("X",), QT_TRANSLATE_NOOP("Keys", "Review what was not flagged"), Group.TRIAGE),
    Shortcut("why", ("W",), QT_TRANSLATE_NOOP("Keys", "Why was this flagged?"), Group.TRIAGE),
    Shortcut("teach_me", ("Shift+T",), QT_TRANSLATE_NOOP("Keys", "Teach me: the most telling moment"), Group.TRIAGE),
    Shortcut("adapted", ("Shift+D",), QT_TRANSLATE_NOOP("Keys", "Flags from adapted scores"), Group.TRIAGE),
    Shortcut("blind_mode", ("Ctrl+B",), QT_TRANSLATE_NOOP("Keys", "Hide what others and the model say"), Group.TRIAGE),
    Shortcut("verdict_spasm", ("1", "S"), QT_TRANSLATE_NOOP("Keys", "Spasm"), Group.VERDICT),
    Shortcut("verdict_not_spasm", ("2",), QT_TRANSLATE_NOOP("Keys", "Not a spasm"), Group.VERDICT),
    Shortcut("verdict_unsure", ("3",), QT_TRANSLATE_NOOP("Keys", "Unsure"), Group.VERDICT),
    Shortcut("verdict_other_seizure", ("4",), QT_TRANSLATE_NOOP("Keys", "Other seizure"), Group.VERDICT),
    Shortcut("verdict_artefact", ("5",), QT_TRANSLATE_NOOP("Keys", "Artefact"), Group.VERDICT),
    Shortcut("verdict_not_analysable", ("6",), QT_TRANSLATE_NOOP("Keys", "Not analysable"), Group.VERDICT),
    Shortcut("form_flexor", ("F",), QT_TRANSLATE_NOOP("Keys", "Flexor"), Group.SEMIOLOGY),
    Shortcut("form_extensor", ("E",), QT_TRANSLATE_NOOP("Keys", "Extensor"), Group.SEMIOLOGY),
    Shortcut("form_mixed", ("M",), QT_TRANSLATE_NOOP("Keys", "Mixed"), Group.SEMIOLOGY),
    Shortcut("form_subtle", ("B",), QT_TRANSLATE_NOOP("Keys", "Subtle"), Group.SEMIOLOGY),
    Shortcut("side_symmetric", ("Shift+S", "="), QT_TRANSLATE_NOOP("Keys", "Symmetric"), Group.SEMIOLOGY),
    Shortcut("side_left", ("Shift+L",), QT_TRANSLATE_NOOP("Keys", "More on the infant's left"), Group.SEMIOLOGY),
    Shortcut("side_right", ("Shift+R",), QT_TRANSLATE_NOOP("Keys", "More on the infant's right"), Group.SEMIOLOGY),
    Shortcut("arousal_awake", ("Shift+A",), QT_TRANSLATE_NOOP("Keys", "Awake"), Group.SEMIOLOGY),
    Shortcut("arousal_asleep", ("Shift+Z",), QT_TRANSLATE_NOOP("Keys", "Asleep"), Group.SEMIOLOGY),
    Shortcut("arousal_on_waking", ("Shift+W",), QT_TRANSLATE_NOOP("Keys", "On waking"), Group.SEMIOLOGY),
    Shortcut("cry", ("Shift+C",), QT_TRANSLATE_NOOP("Keys", "Cry afterwards"), Group.SEMIOLOGY),
    Shortcut("note", ("D",), QT_TRANSLATE_NOOP("Keys", "Write a note"), Group.LABELS),
    Shortcut("undo", ("Ctrl+Z",), QT_TRANSLATE_NOOP("Keys", "Undo"), Group.LABELS, repeats=True),
    Shortcut("redo", ("Ctrl+Shift+Z", "Ctrl+Y"), QT_TRANSLATE_NOOP("Keys", "Redo"), Group.LABELS, repeats=True),
    Shortcut("mark_reviewed", ("V",), QT_TRANSLATE_NOOP("Keys", "Mark the view as looked at"), Group.LABELS),
    Shortcut("finalise", ("Shift+V",), QT_TRANSLATE_NOOP("Keys", "Finalise what was looked at"), Group.LABELS),
    Shortcut("fit_event", ("Z",), QT_TRANSLATE_NOOP("Keys", "Zoom to the event"), Group.TIMELINE),
    Shortcut("fit_hour", ("H",), QT_TRANSLATE_NOOP("Keys", "Show one hour"), Group.TIMELINE),
    Shortcut("fit_all", ("A",), QT_TRANSLATE_NOOP("Keys", "Show everything"), Group.TIMELINE),
    Shortcut("clock_or_elapsed", ("T",), QT_TRANSLATE_NOOP("Keys", "Clock or elapsed time"), Group.TIMELINE),
    Shortcut("go_to", ("G",), QT_TRANSLATE_NOOP("Keys", "Go to a time"), Group.TIMELINE),
    Shortcut("full_screen", ("F11",), QT_TRANSLATE_NOOP("Keys", "Full screen"), Group.PICTURE),
    Shortcut("rotate_picture", ("O",), QT_TRANSLATE_NOOP("Keys", "Rotate the picture"), Group.PICTURE),
    Shortcut("reset_picture", ("0",), QT_TRANSLATE_NOOP("Keys", "Picture as recorded"), Group.PICTURE),
    Shortcut("show_crop", ("Y",), QT_TRANSLATE_NOOP("Keys", "Show what the model sees"), Group.PICTURE),
    Shortcut("draw_crop", ("Shift+Y",), QT_TRANSLATE_NOOP("Keys", "Draw what the model shall see"), Group.PICTURE),
    Shortcut("help", ("?", "F1"), QT_TRANSLATE_NOOP("Keys", "All keys"), Group.WINDOW),
    Shortcut("recordings_page", ("F2",), QT_TRANSLATE_NOOP("Keys", "Recordings"), Group.WINDOW),
    Shortcut("review_page", ("F3",), QT_TRANSLATE_NOOP("Keys", "Review"), Group.WINDOW),
    Shortcut("learning_page", ("F4",), QT_TRANSLATE_NOOP("Keys", "Learning"), Group.WINDOW),
    Shortcut("settings", ("Ctrl+,",), QT_TRANSLATE_NOOP("Keys", "Settings"), Group.WINDOW),
    Shortcut("open", ("Ctrl+O",), QT_TRANSLATE_NOOP("Keys", "Open files"), Group.WINDOW),
    Shortcut("scan", ("Ctrl+R",), QT_TRANSLATE_NOOP("Keys", "Scan"), Group.WINDOW),
    Shortcut("export", ("Ctrl+E",), QT_TRANSLATE_NOOP("Keys", "Export"), Group.WINDOW),
    Shortcut("report", ("Ctrl+P",), QT_TRANSLATE_NOOP("Keys", "Report for the file"), Group.WINDOW),
    Shortcut("import_labels", ("Ctrl+I",), QT_TRANSLATE_NOOP("Keys", "Import labels"), Group.WINDOW),
    Shortcut("quit", ("Ctrl+Q",), QT_TRANSLATE_NOOP("Keys", "Quit"), Group.WINDOW),
)

_BY_ID: Final = {each.action_id: each for each in SHORTCUTS}

# Without these nobody could move within lists, boxes and dialogs.
_RESERVED: Final = frozenset(
    {
        Qt.Key.Key_Tab,
        Qt.Key.Key_Backtab,
        Qt.Key.Key_Return,
        Qt.Key.Key_Enter,
        Qt.Key.Key_Escape,
        Qt.Key.Key_Up,
        Qt.Key.Key_Down,
    }
)


@dataclass(frozen=True, slots=True)
class Keys:
    """Which keys stand for which action: the table's, except where a person chose another.

    Raises:
        RequestError: a change names no action or no key, or two actions would have the same key.
    """

    changes: Mapping[str, str] = field(default_factory=dict)  # action's id -> portable name; empty takes the key away

    def __post_init__(self) -> None:
        for action_id, key in self.changes.items():
            if action_id not in _BY_ID:
                raise RequestError(
                    QCoreApplication.translate("Keys", "There is no action “{action}” to give a key.").format(
                        action=action_id
                    )
                )
            _check(key)
        owners: dict[str, Shortcut] = {}
        # Changed ones last, so that the sentence names the action that had the key before.
        for each in sorted(SHORTCUTS, key=lambda each: each.action_id in self.changes):
            for key in self.of(each.action_id):
                if key in owners:
                    sentence = QCoreApplication.translate(
                        "Keys", "The key {key} already stands for “{action}”. Give that another key first."
                    )
                    raise RequestError(sentence.format(key=shown(key), action=owners[key].text))
                owners[key] = each

    def of(self, action_id: str) -> tuple[str, ...]:
        """The keys of an action by their portable names, the one to show first."""
        if (changed := self.changes.get(action_id)) is None:
            return _BY_ID[action_id].keys
        return (portable(changed),) if changed else ()

    def text(self, action_id: str) -> str:
        """The action's first key as this system writes it; empty where it has none."""
        keys = self.of(action_id)
        return shown(keys[0]) if keys else ""

    def texts(self, action_id: str) -> tuple[str, ...]:
        """All keys of an action as this system writes them."""
        return tuple(shown(key) for key in self.of(action_id))

    def rebound(self, action_id: str, key: str) -> "Keys":
        """The same keys, but for one action; an empty key takes its keys away.

        Raises:
            RequestError: the key is none, is reserved, or stands for another action.
        """
        return Keys({**self.changes, action_id: portable(key) if key else ""})

    def restored(self, action_id: str) -> "Keys":
        """The same keys, but for one action, which gets the table's again.

        Raises:
            RequestError: another action has that key meanwhile.
        """
        return Keys({each: key for each, key in self.changes.items() if each != action_id})


def usable_keys(changes: Mapping[str, str]) -> tuple[Keys, str]:
    """The keys with a person's changes; where these make no sense, the table's, and a sentence that says why."""
    try:
        return Keys(dict(changes)), ""
    except RequestError as refusal:
        sentence = QCoreApplication.translate("Keys", "All keys are the usual ones: {why}")
        return Keys(), sentence.format(why=refusal)


def keys_or_usual(changes: Mapping[str, str]) -> Keys:
    """A person's keys; the usual ones where they contradict each other, so that no start fails for that."""
    try:
        return Keys(changes)
    except RequestError:
        return Keys()


def shortcut(action_id: str) -> Shortcut:
    """The table's line of an action."""
    return _BY_ID[action_id]


def shown(key: str) -> str:
    """A key as this system writes it, from its portable name."""
    return QKeySequence(key, QKeySequence.SequenceFormat.PortableText).toString(QKeySequence.SequenceFormat.NativeText)


def portable(key: str | QKeySequence) -> str:
    """The one portable name of a key.

    Keyboards differ in which signs need Shift ("/" does on a German one only), so it does not count
    for signs: the sign itself is the key. For letters it does.
    """
    sequence = QKeySequence(key, QKeySequence.SequenceFormat.PortableText) if isinstance(key, str) else key
    if sequence.count() != 1:
        return sequence.toString(QKeySequence.SequenceFormat.PortableText)
    pressed = _combination(sequence)
    code, modifiers = pressed.key(), pressed.keyboardModifiers()
    if Qt.Key.Key_Space.value < code.value <= Qt.Key.Key_ydiaeresis.value and not chr(code.value).isalpha():
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    plain = QKeySequence(modifiers.value | code.value)
    return plain.toString(QKeySequence.SequenceFormat.PortableText)


def make_actions(parent: QObject, keys: Keys) -> dict[str, QAction]:
    """An action for each line of the table, by its id, with text, keys and a tip that names them."""
    actions = {each.action_id: QAction(parent) for each in SHORTCUTS}
    for action_id, action in actions.items():
        action.setObjectName(action_id)
        # A verdict must not fall on the next flag, too, because a finger was slow.
        action.setAutoRepeat(_BY_ID[action_id].repeats)
    bind_actions(actions, keys)
    return actions


def bind_actions(actions: Mapping[str, QAction], keys: Keys) -> None:
    """Gives actions their texts and keys anew: after a rebinding, or in another language."""
    for action_id, action in actions.items():
        action.setText(_BY_ID[action_id].text)
        action.setShortcuts([QKeySequence(key, QKeySequence.SequenceFormat.PortableText) for key in keys.of(action_id)])
        action.setToolTip(tip(_BY_ID[action_id].text, keys.texts(action_id)))
        action.setStatusTip(_BY_ID[action_id].text)


def tip(text: str, keys: tuple[str, ...]) -> str:
    """A tooltip: the text, and the keys where there are any."""
    return (
        QCoreApplication.translate("Keys", "{action} ({keys})").format(action=text, keys=" · ".join(keys))
        if keys
        else text
    )


def _check(key: str) -> None:
    sequence = QKeySequence(key, QKeySequence.SequenceFormat.PortableText)
    if not key:
        return
    if sequence.count() != 1 or _combination(sequence).key() in (Qt.Key.Key_unknown, Qt.Key(0)):
        raise RequestError(QCoreApplication.translate("Keys", "“{key}” is not one key.").format(key=key))
    if _combination(sequence).key() in _RESERVED:
        raise RequestError(
            QCoreApplication.translate("Keys", "The key {key} is needed to move within lists and boxes.").format(
                key=shown(key)
            )
        )


def _combination(sequence: QKeySequence) -> QKeyCombination:
    first: QKeyCombination = sequence[0]  # type: ignore[index]  # Qt's stubs forget it
    return first
