"""One program holds a library at a time. The lock is the operating system's, so it dies with the process."""

import json
import os
import sys
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path

from reviewer_app.errors import StoreError

if sys.platform == "win32":  # pragma: no cover - Windows
    import msvcrt

    def _try_lock(file: int) -> bool:
        # A byte far behind the text: Windows keeps others from reading a locked byte, and they shall read who holds it.
        os.lseek(file, 1 << 30, os.SEEK_SET)
        with suppress(OSError):
            msvcrt.locking(file, msvcrt.LK_NBLCK, 1)
            return True
        return False
else:
    import fcntl

    def _try_lock(file: int) -> bool:
        with suppress(BlockingIOError):
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            return True
        return False


class Hold:
    """A library held by this process until it is released or the process ends, however it ends."""

    def __init__(self, path: Path) -> None:
        """Takes the lock.

        Args:
            path: The lock file; made where it is missing.

        Raises:
            StoreError: another program holds the library; the text says which.
        """
        self._path = path
        self._file = _locked(path)
        # Whoever held it before may have removed the file meanwhile: a lock on that one would keep nobody out.
        while not _is_there(path, self._file):
            os.close(self._file)
            self._file = _locked(path)
        now = datetime.now(UTC).isoformat(timespec="seconds")
        os.ftruncate(self._file, 0)
        os.lseek(self._file, 0, os.SEEK_SET)
        os.write(self._file, json.dumps({"process": os.getpid(), "since": now}).encode("ascii"))

    def release(self) -> None:
        """Lets the next program in."""
        os.close(self._file)

    def remove(self) -> None:
        """The same, and leaves no file behind."""
        if sys.platform == "win32":  # pragma: no cover - Windows does not remove what is open, by whomever
            os.close(self._file)
            with suppress(OSError):
                self._path.unlink()
        else:
            with suppress(OSError):
                self._path.unlink()
            os.close(self._file)


def _locked(path: Path) -> int:
    try:
        file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    except OSError as error:
        raise StoreError(f"The library folder {path.parent} cannot be written: {error.strerror}.") from error
    if not _try_lock(file):
        holder = _holder(file)
        os.close(file)
        raise StoreError(f"The library {path.parent} is open in another program ({holder}); close it there first.")
    return file


def _is_there(path: Path, file: int) -> bool:
    """Whether the path still names the open file."""
    try:
        return os.path.samestat(os.fstat(file), path.stat())
    except FileNotFoundError:
        return False


def _holder(file: int) -> str:
    try:
        os.lseek(file, 0, os.SEEK_SET)
        told = json.loads(os.read(file, 1000))
        return f"process {int(told['process'])}, since {datetime.fromisoformat(told['since']).astimezone():%d %b %H:%M}"
    except (ValueError, KeyError, TypeError):
        return "it has not said which"  # it took the lock a moment ago
