"""The virtual environment, and pip within it."""

import importlib.util
import os
import re
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent

ROOM_NEEDED = 9_000_000_000
"""Bytes; the CUDA build of PyTorch takes about 5 GB of the 7 GB that the environment ends with."""


class InstallationError(Exception):
    """The program cannot be installed; the text is one sentence that says why and what to do."""


@dataclass(frozen=True)
class Environment:
    """The virtual environment that everything is installed in."""

    folder: Path

    @property
    def programs(self) -> Path:
        """Where its commands lie."""
        return self.folder / ("Scripts" if os.name == "nt" else "bin")

    def program(self, name: str) -> str:
        """The path of one of its commands."""
        return str(self.programs / (name + (".exe" if os.name == "nt" else "")))

    @property
    def log(self) -> Path:
        """All that pip said, for when something fails."""
        return self.folder / "install.log"

    @property
    def stamp(self) -> Path:
        """Written once everything is in place; says what the environment was made for."""
        return self.folder / "spasm-reviewer.stamp"

    def packages(self) -> list[Path]:
        """The folders that packages are installed in."""
        return [*self.folder.glob("lib/python*/site-packages"), *self.folder.glob("Lib/site-packages")]

    def version(self) -> str:
        """Which Python it runs; empty when it does not run or has no pip."""
        question = "import pip, sys; print('%d.%d' % sys.version_info[:2])"
        try:
            answer = subprocess.run(
                [self.program("python"), "-c", question], capture_output=True, text=True, check=False
            )
        except OSError:
            return ""
        return answer.stdout.strip() if answer.returncode == 0 else ""


def make_environment(environment: Environment) -> None:
    """Makes a virtual environment; one that runs under this Python is kept with all it holds.

    Raises:
        InstallationError: Python lacks its venv module, or the folder cannot be written.
    """
    if environment.version() == "{}.{}".format(*sys.version_info[:2]):
        return
    if not importlib.util.find_spec("venv") or not importlib.util.find_spec("ensurepip"):
        package = "python{}.{}-venv".format(*sys.version_info[:2])
        raise InstallationError(f"this Python cannot make environments; run: sudo apt-get install {package}")
    room = shutil.disk_usage(ROOT).free
    if room < ROOM_NEEDED:
        raise InstallationError(
            f"{ROOT} has {room / 1e9:.1f} GB free, and {ROOM_NEEDED / 1e9:.0f} GB are needed; "
            "make room and run this again."
        )
    made = subprocess.run(
        [sys.executable, "-m", "venv", "--clear", str(environment.folder)], capture_output=True, text=True, check=False
    )
    if made.returncode:
        reason = (made.stderr or made.stdout).strip().splitlines()[-1:]
        raise InstallationError(f"no environment could be made in {environment.folder}: {' '.join(reason)}")


def discard_half_packages(environment: Environment) -> None:
    """Removes what an interrupted pip left: it writes a package's RECORD last, and calls what it replaces ~name."""
    for packages in environment.packages():
        for folder in [*packages.glob("~*"), *packages.glob("*.dist-info")]:
            if folder.is_dir() and (folder.name.startswith("~") or not (folder / "RECORD").is_file()):
                shutil.rmtree(folder)


def pip(environment: Environment, *words: str) -> None:
    """Runs pip with everything it says in the log, and shows the large downloads and what is being unpacked.

    Raises:
        InstallationError: pip failed; the sentence says why.
    """
    settings = {
        "PIP_DISABLE_PIP_VERSION_CHECK": "1",
        "PIP_NO_INPUT": "1",
        "PIP_ROOT_USER_ACTION": "ignore",
        "PIP_USER": "0",
    }
    surroundings = {**os.environ, **settings}
    surroundings.pop("PYTHONPATH", None)
    command = [environment.program("python"), "-m", "pip", *words, "--progress-bar", "off"]
    said: list[str] = []
    with (
        environment.log.open("a", encoding="utf-8") as log,
        subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            encoding="utf-8",
            errors="replace",
            env=surroundings,
        ) as process,
    ):
        assert process.stdout is not None
        for line in process.stdout:
            log.write(line)
            said.append(line)
            if progress := shortened(line):
                print(f"  {progress}", flush=True)
    if process.returncode:
        raise InstallationError(reason_of_failure("".join(said), environment.log))


def shortened(line: str) -> str:
    """What a person wants to see of a line from pip; empty for most of them."""
    if download := re.match(r"\s*Downloading \S*?([^/\s]+)\.whl.* \(([\d.]+) (MB|GB)\)", line):
        name, size, unit = download.groups()
        large = unit == "GB" or float(size) >= 10
        return f"downloading {'-'.join(name.split('-')[:2])} ({size} {unit})" if large else ""
    if line.startswith("Installing collected packages:"):
        return f"unpacking {line.count(',') + 1} packages"
    return ""


def reason_of_failure(said: str, log: Path) -> str:
    """One sentence about why pip failed."""
    lost = ("NewConnectionError", "ConnectTimeoutError", "NameResolutionError", "ReadTimeoutError", "ProxyError")
    if any(word in said for word in lost) and "No matching distribution" in said:
        return (
            "the packages cannot be reached; connect this computer to the internet (or set PIP_INDEX_URL to a mirror) "
            "and run the same command again."
        )
    if "No space left on device" in said or "not enough space on the disk" in said:
        return "the disk is full; make room and run the same command again."
    errors = re.findall(r"^ERROR: (.+)$", said, flags=re.MULTILINE)
    return f"a package could not be installed ({errors[-1] if errors else 'pip failed'}); the whole story is in {log}"
