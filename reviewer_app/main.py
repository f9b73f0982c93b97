"""The command ``spasm-reviewer``: without words it opens the window, with words it is the command line.

Each door is imported only when it is gone through: the window needs no command line, and a scan over night on a server
needs no Qt.
"""

import os
import sys
from collections.abc import Sequence


def main() -> None:
    """Goes through the door that the person's words ask for."""
    words = sys.argv[1:]
    shows = has_display()
    if not words and not shows:
        # Qt would end the program with an abort.
        sys.exit(refusal())
    if wants_window(words, shows=shows):
        from reviewer_app.gui.app import run_window

        sys.exit(run_window(demo=bool(words)))
    from reviewer_app.cli.app import main as run_command_line

    run_command_line()


def refusal() -> int:
    """Says that no window can be shown, and what can be done; gives the exit code of a request that cannot be done."""
    sys.stderr.write(
        "spasm-reviewer: There is no display to show the window on. 'spasm-reviewer scan PATH' works without one, and "
        "'spasm-reviewer --help' lists what else does.\n"
    )
    return 2


def wants_window(words: Sequence[str], *, shows: bool) -> bool:
    """Whether the window is meant: no words at all, or ``demo`` alone where a window can be shown."""
    return not words or (list(words) == ["demo"] and shows)


def has_display() -> bool:
    """Whether a window can be shown here."""
    if sys.platform in ("win32", "darwin"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"))
