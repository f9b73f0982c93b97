"""Looks at a machine and says what is missing for the program and how to get it."""

import os
import platform
import shutil
import subprocess
import sys
from collections.abc import Callable, Generator, Iterable
from functools import partial
from pathlib import Path

from reviewer_app.domain.phrases import counted
from reviewer_app.errors import SpasmReviewerError
from reviewer_app.jobs.beat import beating
from reviewer_app.jobs.left_behind import leftovers
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.message import Finding, Message
from reviewer_app.jobs.request import DoctorRequest, LibraryPlace
from reviewer_app.learning.bundle import Bundle, list_bundles, verify_bundle
from reviewer_app.learning.engines import graphics_cards, openvino_is_here, pytorch_knows_nvidia
from reviewer_app.learning.predictor import Predictor
from reviewer_app.media.container import missing_codecs
from reviewer_app.store import recordings
from reviewer_app.store.forget import forgotten_recordings
from reviewer_app.store.library import Library

LEAST_FREE = 2e9
"""Bytes that should be free where the library lies; the shipped bundle's scans of fifty nights of 8 hours take less."""

INSTALL = "run 'python3 installer/bootstrap.py doctor': it installs what is missing or names the command"

ANOTHER_PYTORCH = (
    "delete the folder .venv beside 'installer' and run 'python3 installer/bootstrap.py doctor': it then takes the "
    "PyTorch for NVIDIA graphics cards"
)

DRIVER = "run 'nvidia-smi': if it fails, or names an old driver, install NVIDIA's newest driver and start anew"

_QT_TRIAL = "from PySide6.QtGui import QGuiApplication as A; a = A(['x']); print(a.platformName())"


def examine(request: DoctorRequest) -> Generator[Message, None, tuple[Finding, ...]]:
    """Everything looked at, fine or not."""
    looks: tuple[tuple[str, Callable[[], Iterable[Finding]]], ...] = (
        ("Python", _python),
        ("codecs", _codecs),
        ("window", _qt),
        ("graphics card", _graphics_card),
        ("network", partial(_bundles, request)),
        ("library", partial(_library, request.library)),
        ("disk", partial(_disk, request.library)),
    )
    found: list[Finding] = []
    for name, look in looks:
        found += yield from beating(f"Looking at: {name}", lambda look=look: list(look()))  # type: ignore[misc]
    return tuple(found)


def _python() -> Iterable[Finding]:
    words = f"{platform.python_version()} on {platform.system()} {platform.machine()}, {os.cpu_count()} cores"
    yield Finding("Python", sys.version_info >= (3, 11), words, "install Python 3.11 or newer")


def _codecs() -> Iterable[Finding]:
    missing = missing_codecs()
    words = f"cannot decode {', '.join(missing)}" if missing else "all that cameras and recorders use"
    yield Finding("codecs", not missing, words, INSTALL if missing else "")


def _qt() -> Iterable[Finding]:
    """Tries Qt in a process of its own: a missing system library ends the process that wants it."""
    has_screen = sys.platform in ("win32", "darwin") or "DISPLAY" in os.environ or "WAYLAND_DISPLAY" in os.environ
    environment = os.environ if has_screen else {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    command = [sys.executable, "-c", _QT_TRIAL]
    trial = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=60, check=False)  # noqa: S603
    if trial.returncode == 0:
        where = "a screen" if has_screen else "no screen, so only the command line will be of use"
        yield Finding("window", True, f"Qt starts ({trial.stdout.strip()}); {where}")
    else:
        reason = (trial.stderr.strip() or "it ended without a word").splitlines()[-1]
        yield Finding("window", False, f"Qt does not start: {reason}", INSTALL)


def _graphics_card() -> Iterable[Finding]:
    """A card that nobody computes on is not fine: the same scan takes many times as long."""
    cards = graphics_cards()
    if cards:
        yield Finding("graphics card", True, f"{', '.join(cards)}; networks run on it")
    elif not nvidia_seen():
        library = "OpenVINO" if openvino_is_here() else "PyTorch"
        yield Finding("graphics card", True, f"no graphics card: {library} on the processor")
    elif pytorch_knows_nvidia():
        yield Finding("graphics card", False, "an NVIDIA driver is here, but PyTorch cannot use its card", DRIVER)
    else:
        words = "an NVIDIA driver is here, but this PyTorch is one for processors alone"
        yield Finding("graphics card", False, words, ANOTHER_PYTORCH)


def nvidia_seen() -> bool:
    """Whether this machine has an NVIDIA driver; the installer looks for the same."""
    driver = Path(os.environ.get("SYSTEMROOT", "C:\\Windows"), "System32", "nvcuda.dll")
    return bool(shutil.which("nvidia-smi")) or Path("/proc/driver/nvidia/version").exists() or driver.exists()


def _bundles(request: DoctorRequest) -> Iterable[Finding]:
    bundles = list_bundles(request.bundle_folders)
    if not bundles:
        yield Finding("bundles", False, "none", "get the shipped one again, or 'spasm-reviewer bundle import FILE'")
    for each in bundles:
        try:
            if not isinstance(each, Bundle):
                raise each
            device = Predictor(verify_bundle(each.folder)).device_name
        except SpasmReviewerError as error:
            yield Finding("bundle", False, str(error), "remove it or get it again")
        else:
            yield Finding(f"bundle {each.name}", True, f"scores its golden clip as it should on {device}")


def _library(place: LibraryPlace) -> Iterable[Finding]:
    if not place.folder.exists():
        yield Finding("library", True, "none yet; the first scan makes it")
        return
    try:
        with open_library(place) as library:
            library.check()
            words = [counted(len(recordings.summaries(library)), "recordings"), *_deleted(library)]
    except SpasmReviewerError as error:
        yield Finding("library", False, str(error), "see the sentence beside")
    else:
        yield Finding("library", True, f"every page reads back right; {'; '.join(words)}")
        yield from _left(place.folder)


def _deleted(library: Library) -> Iterable[str]:
    gone = forgotten_recordings(library)
    if gone:
        labels = counted(sum(each.annotations for each in gone), "labels")
        last = max(each.forgotten_at for each in gone)
        yield f"{counted(len(gone), 'recordings')} with {labels} deleted, the last on {last:%d %b %Y}"


def _left(library: Path) -> Iterable[Finding]:
    """What lies beside the database, unencrypted; nothing is wrong with that, but somebody should know."""
    found = [each for each in leftovers(library) if not each.in_use]
    if found:
        told = ", ".join(f"{each.name} ({each.size / 1e6:.0f} MB)" for each in found)
        advice = "'spasm-reviewer trainings list' tells what for, and how to remove it"
        yield Finding("trainings", True, f"left in the library's folder, unencrypted: {told}; {advice}")


def _disk(place: LibraryPlace) -> Iterable[Finding]:
    folder = next(each for each in (place.folder.absolute(), *place.folder.absolute().parents) if each.exists())
    free = shutil.disk_usage(folder).free
    yield Finding("disk", free >= LEAST_FREE, f"{free / 1e9:.1f} GB free for the library", "free at least 2 GB")
