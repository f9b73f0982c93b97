"""What is written down when something breaks: where in the program, in which versions, and nothing about anybody.

A report holds names of program files without their folders, line numbers and kinds of errors. It holds no message of
an error, because messages quote paths and what people wrote.
"""

import platform
import re
import traceback
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path, PurePosixPath, PureWindowsPath

from PySide6 import __version__ as qt_version

from reviewer_app import __version__

KEPT = 20
"""Reports kept; older ones go."""
_NAME = "crash-{moment:%Y%m%dT%H%M%SZ}-{number:02}.txt"
_FRAME = re.compile(r'^\s*File "(?P<file>.*)", line (?P<line>\d+) in (?P<function>[\w<>.]+)\s*$')
_NATIVE = re.compile(r"^(?:Fatal Python error|Windows fatal exception|Current thread|Thread)\b[\w :,.()]*")
_ORIGIN = re.compile(r"^Q[A-Z]\w*(?:::\w+)*(?=[:(])")  # all of Qt's classes begin so


def write_report(folder: Path, lines: Iterable[str], *, now: datetime | None = None) -> Path:
    """Writes a report of its own name and lets the oldest go.

    Raises:
        OSError: there is no room, or the folder cannot be written.
    """
    moment = now or datetime.now(UTC)
    folder.mkdir(parents=True, exist_ok=True)
    number = 1
    while (path := folder / _NAME.format(moment=moment, number=number)).exists():
        number += 1
    path.write_text("\n".join((*_head(moment), *lines)) + "\n", encoding="utf-8")
    for old in sorted(folder.glob("crash-*.txt"))[:-KEPT]:
        old.unlink(missing_ok=True)
    return path


def error_lines(error: BaseException, *, thread: str) -> list[str]:
    """An error and those that led to it: their kinds, and where in the program each went through."""
    lines = [f"In the {thread} thread."]
    for each in _chain(error):
        lines.append(f"{type(each).__module__}.{type(each).__qualname__}")
        lines += [
            f"  {_bare(frame.filename)}:{frame.lineno} in {frame.name}"
            for frame in traceback.extract_tb(each.__traceback__)
        ]
    return lines


def native_lines(dump: str) -> list[str]:
    """What faulthandler left of a program that died, without the folders of its files."""
    lines = []
    for line in dump.splitlines():
        if frame := _FRAME.match(line):
            lines.append(f"  {_bare(frame['file'])}:{frame['line']} in {frame['function']}")
        elif head := _NATIVE.match(line):
            lines.append(head[0].strip())
    return lines


def qt_line(kind: str, category: str, message: str) -> str:
    """A message of Qt's: how grave, and which of Qt's classes spoke, but not what it said."""
    origin = _ORIGIN.match(message)
    plain = re.sub(r"[^\w.]", "", category)[:40]
    return f"Qt {kind} [{plain}] {origin[0] if origin else 'without a name'}"


def _head(moment: datetime) -> Iterator[str]:
    yield "Spasm Reviewer: report of a failure"
    yield "It holds no names, folders, messages or anything that a person wrote. Read it before you send it."
    yield f"at {moment:%Y-%m-%d %H:%M:%S} UTC"
    yield f"version {__version__}, Python {platform.python_version()}, Qt {qt_version}"
    # The release alone: platform.platform() and uname() go on with the computer's name.
    yield f"{platform.system()} {platform.release()} {platform.machine()}"
    yield ""


def _chain(error: BaseException) -> Iterator[BaseException]:
    """The error's causes before it; a ring of causes ends where it began."""
    seen: list[BaseException] = []
    each: BaseException | None = error
    while each is not None and all(each is not other for other in seen):
        seen.append(each)
        each = each.__cause__ or (None if each.__suppress_context__ else each.__context__)
    yield from reversed(seen)


def _bare(file: str) -> str:
    return PureWindowsPath(PurePosixPath(file).name).name
