"""System libraries that Qt needs on Linux; its wheels for Windows and macOS bring all they need."""

import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterable, Sequence

from installer.environment import Environment

QT_FILES = (
    "plugins/platforms/libqxcb.so",
    "plugins/multimedia/libffmpegmediaplugin.so",
    *(f"lib/libQt6{part}.so.6" for part in ("Gui", "Widgets", "OpenGL", "Svg", "Multimedia")),
)

DEBIAN_NAMES = {
    "libdbus-1.so.3": "libdbus-1-3",
    "libglib-2.0.so.0": "libglib2.0-0",
    "libgthread-2.0.so.0": "libglib2.0-0",
    "libgssapi_krb5.so.2": "libgssapi-krb5-2",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11-0",
}

ARCH_NAMES = {
    "libEGL.so.1": "libglvnd",
    "libGL.so.1": "libglvnd",
    "libOpenGL.so.0": "libglvnd",
    "libdbus-1.so.3": "dbus",
    "libglib-2.0.so.0": "glib2",
    "libgthread-2.0.so.0": "glib2",
    "libfontconfig.so.1": "fontconfig",
    "libfreetype.so.6": "freetype2",
    "libpulse.so.0": "libpulse",
    "libxkbcommon.so.0": "libxkbcommon",
    "libxkbcommon-x11.so.0": "libxkbcommon-x11",
    "libxcb-cursor.so.0": "xcb-util-cursor",
    "libxcb-icccm.so.4": "xcb-util-wm",
    "libxcb-image.so.0": "xcb-util-image",
    "libxcb-keysyms.so.1": "xcb-util-keysyms",
    "libxcb-render-util.so.0": "xcb-util-renderutil",
    "libxcb-util.so.1": "xcb-util",
}


def missing_libraries(environment: Environment) -> list[str]:
    """Sonames that Qt's own files ask for and the system does not have."""
    if platform.system() != "Linux" or not shutil.which("ldd"):
        return []
    folders = [packages / "PySide6" / "Qt" for packages in environment.packages()]
    files = [str(path) for folder in folders for name in QT_FILES if (path := folder / name).exists()]
    listed = subprocess.run(["ldd", *files], capture_output=True, text=True, check=False) if files else None
    return sorted(set(re.findall(r"(\S+) => not found", listed.stdout))) if listed else []


def system_packages(libraries: Iterable[str], tool: str) -> list[str]:
    """What a system's package tool calls the libraries."""
    names = []
    for library in libraries:
        if tool == "apt-get":
            stem, _, version = library.partition(".so.")
            separator = "-" if stem[-1].isdigit() else ""
            names.append(DEBIAN_NAMES.get(library, f"{stem.lower()}{separator}{version}"))
        elif tool == "pacman":
            names.append(ARCH_NAMES.get(library, "libxcb" if library.startswith("libxcb") else "libx11"))
        else:
            names.append(f"{library}()(64bit)")  # dnf and zypper find a package by what it provides
    return sorted(set(names))


def install_command(libraries: Sequence[str]) -> list[str]:
    """The one command that installs the libraries on this system; empty where no known tool is found."""
    tools = {
        "apt-get": ["install", "--yes", "--no-install-recommends"],
        "dnf": ["install", "--assumeyes"],
        "zypper": ["--non-interactive", "install", "--capability"],
        "pacman": ["-S", "--needed", "--noconfirm"],
    }
    tool = next((each for each in tools if shutil.which(each)), None)
    return [tool, *tools[tool], *system_packages(libraries, tool)] if tool else []


def provide_qt_libraries(environment: Environment) -> None:
    """Installs what Qt lacks where that is allowed, else says which command does; only the window needs it.

    It speaks beside the program's output, which another program may be reading.
    """
    missing = missing_libraries(environment)
    if not missing:
        return
    command = install_command(missing)
    if command[:1] == ["apt-get"] and os.geteuid() == 0:
        print(f"System libraries for the window: {', '.join(command[4:])}", file=sys.stderr, flush=True)
        with environment.log.open("a", encoding="utf-8") as log:
            quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
            for words in (["apt-get", "update"], command):
                subprocess.call(words, stdout=log, stderr=log, env=quiet)
        missing = missing_libraries(environment)
    if missing:
        hint = f"run: sudo {' '.join(repr(w) if '(' in w else w for w in command)}" if command else "install them"
        print(f"The window needs system libraries ({', '.join(missing)}); {hint}", file=sys.stderr, flush=True)
