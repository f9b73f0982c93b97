"""How the player writes times and speeds."""

from datetime import timedelta

from PySide6.QtCore import QCoreApplication, QLocale

from reviewer_app.domain.recording import Recording
from reviewer_app.gui.media_words import in_words
from reviewer_app.gui.player.decode_thread import FrameFacts
from reviewer_app.media.viewer import Lack

_HOUR = 3600


def time_text(recording: Recording, time: float, *, clock: bool, parts: int = 0) -> str:
    """A recording second by the wall clock, or as time since the beginning, with decimals cut and not rounded."""
    cut = int(time * 10**parts + 1e-6) / 10**parts
    if clock:
        moment = recording.clock(0) + timedelta(seconds=cut) if cut < 0 else recording.clock(cut)
        text, fraction = f"{moment:%H:%M:%S}", moment.microsecond / 1e6
    else:
        whole = int(cut)
        text, fraction = f"{whole // _HOUR}:{whole // 60 % 60:02}:{whole % 60:02}", cut - whole
    return text + (f"{fraction + 1e-7:.7f}"[1 : 2 + parts] if parts else "")


def rate_text(rate: float) -> str:
    """A speed, such as 0.25×, as this person's country writes numbers."""
    return QCoreApplication.translate("Player", "{rate}×").format(rate=QLocale().toString(abs(float(rate)), "g", 3))


def missing_text(recording: Recording, facts: FrameFacts, *, clock: bool) -> str:
    """Why there is no picture, and for which time."""
    if facts.trouble:
        return in_words(facts.trouble)
    start = time_text(recording, facts.interval.start, clock=clock)
    stop = time_text(recording, facts.interval.stop, clock=clock)
    sentence = (
        QCoreApplication.translate("Player", "no video {start}–{stop}")
        if facts.missing is Lack.GAP
        else QCoreApplication.translate("Player", "video cannot be read {start}–{stop}")
    )
    return sentence.format(start=start, stop=stop)
