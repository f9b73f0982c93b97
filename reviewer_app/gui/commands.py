"""What each action of the key table does to the review, the player and the page; the window's own are in the window."""

from collections.abc import Callable, Mapping

from PySide6.QtCore import QCoreApplication

from reviewer_app.domain.annotation import Arousal, Form, Label, Side
from reviewer_app.domain.triage import Seek
from reviewer_app.gui.player.player import Player
from reviewer_app.gui.review import Review
from reviewer_app.gui.review_page import ReviewPage
from reviewer_app.gui.triage.semiology_rows import toggled

Command = Callable[[], object]

VERDICTS: Mapping[str, Label] = {f"verdict_{label.value}": label for label in Label}

SEMIOLOGY: Mapping[str, tuple[str, Form | Side | Arousal]] = {
    **{f"form_{each.value}": ("form", each) for each in Form},
    **{f"side_{each.value}": ("side", each) for each in Side},
    **{f"arousal_{each.value}": ("arousal", each) for each in Arousal},
}


def review_commands(review: Review, player: Player, page: ReviewPage) -> dict[str, Command]:
    """By the action's id."""
    return {
        **_playing(review, player),
        **_triage(review, page),
        **{name: _judging(page, label) for name, label in VERDICTS.items()},
        **{name: _describing(review, aspect, value) for name, (aspect, value) in SEMIOLOGY.items()},
        "cry": lambda: describe(review, "cry", True),
        **_looking(review, page),
    }


def _playing(review: Review, player: Player) -> dict[str, Command]:
    return {
        "play_pause": player.toggle,
        "reverse": player.press_reverse,
        "stop": player.press_stop,
        "forward": player.press_forward,
        "step_back": lambda: player.step(-1),
        "step_forward": lambda: player.step(1),
        "slower": player.slower,
        "faster": player.faster,
        "loop_event": lambda: _toggle_loop(review, player),
    }


def _triage(review: Review, page: ReviewPage) -> dict[str, Command]:
    return {
        "next_flag": review.next_flag,
        "previous_flag": lambda: review.next_flag(Seek.PREVIOUS),
        "next_unreviewed": lambda: review.next_flag(Seek.UNREVIEWED),
        "next_cluster": lambda: review.next_flag(Seek.CLUSTER),
        "gap_review": lambda: page.show_tab(page.gap_review),
        "why": lambda: page.show_tab(page.why),
        "teach_me": page.teach_me,
        "adapted": lambda: _toggle_adapted(review),
        "blind_mode": lambda: review.set_blind(not review.blind),
        "note": page.verdicts.focus_note,
        "undo": review.undo,
        "redo": review.redo,
        "mark_reviewed": lambda: review.mark_reviewed(page.timeline.visible_interval()),
        "finalise": review.finalise,
    }


def _looking(review: Review, page: ReviewPage) -> dict[str, Command]:
    picture = page.player_view
    return {
        "fit_event": page.timeline.fit_event,
        "fit_hour": page.timeline.fit_hour,
        "fit_all": page.timeline.fit_all,
        "clock_or_elapsed": lambda: review.set_clock_times(not review.clock_times),
        "go_to": page.timeline.focus_go_to,
        "rotate_picture": picture.rotate,
        "reset_picture": picture.reset,
        "show_crop": picture.toggle_crop,
        "draw_crop": picture.draw_crop,
    }


def _judging(page: ReviewPage, label: Label) -> Command:
    return lambda: page.judge(label)


def _describing(review: Review, aspect: str, value: Form | Side | Arousal) -> Command:
    return lambda: describe(review, aspect, value)


def describe(review: Review, aspect: str, value: object) -> None:
    """Adds to what was said of the candidate at hand; the same word again takes it back."""
    if not review.described:
        review.said.emit(QCoreApplication.translate("Commands", "Give a verdict first; then say what it looked like."))
        return
    review.describe(toggled(review.described[0].statement.semiology, aspect, value))


def _toggle_adapted(review: Review) -> None:
    if review.adapted is None:
        sentence = QCoreApplication.translate("Commands", "Scores adapted to this recording are not offered yet.")
        review.said.emit(review.offer.told or sentence)
    review.follow_adapted(not review.follows_adapted)


def _toggle_loop(review: Review, player: Player) -> None:
    current = review.current
    if player.looping is None and current is not None:
        review.loop(current.interval)
    else:
        review.loop(None)
