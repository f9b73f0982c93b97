"""Whether a folder is a safe place for a database: not on a network share, not inside a folder that a cloud copies."""

import re
import subprocess
import sys
from pathlib import Path

from reviewer_app.errors import StoreError

NETWORK = re.compile(
    r"9p|afpfs|afs|beegfs|ceph|cifs|davfs|drvfs|glusterfs|gpfs|lustre|ncpfs|nfs4?|prl_fs|remote|smb[23]|smbfs|vboxsf|webdav"
    r"|fuse\.(ceph|glusterfs|rclone|s3fs|sshfs)"
)
"""File-system types on which a lock held by one machine is not reliably seen by another."""

CLOUD = re.compile(
    r"(onedrive|dropbox|google ?drive|icloud ?drive|mobile documents|cloudstorage|nextcloud|owncloud)", re.I
)
"""Names of folders that a program copies to a cloud, in the middle of a write if need be."""


def refuse_unsafe_place(folder: Path, *, file_system: str) -> None:
    """Refuses a folder where another machine or a cloud program could write to the library unseen.

    Args:
        folder: The library's folder, which need not exist yet.
        file_system: Its file-system type, as ``file_system_type`` tells it.

    Raises:
        StoreError: the folder is no safe place.
    """
    instead = "put the library on a disk of this computer, and copy its backups to the share"
    if NETWORK.fullmatch(file_system.lower()):
        raise StoreError(
            f"The folder {folder} is on a network share ({file_system}), where a database is easily damaged; {instead}."
        )
    cloud = next((part for part in folder.parts if CLOUD.match(part)), None)
    if cloud is not None:
        raise StoreError(
            f'The folder {folder} is inside "{cloud}", which copies files while they are written; {instead}.'
        )


def file_system_type(folder: Path) -> str:
    """The file-system type that a folder lies, or would lie, on; empty where the system does not tell."""
    path = folder.absolute()
    while not path.exists() and path != path.parent:
        path = path.parent
    path = path.resolve()
    if sys.platform == "win32":  # pragma: no cover - Windows
        return _windows_type(path)
    if sys.platform == "darwin":  # pragma: no cover - macOS
        listing = subprocess.run(["/sbin/mount"], capture_output=True, text=True, check=False, timeout=10).stdout
        return type_in_mount_list(listing, path)
    try:
        return type_in_proc_mounts(Path("/proc/mounts").read_text("utf-8", "surrogateescape"), path)
    except OSError:  # pragma: no cover - a Unix that is neither
        return ""


def type_in_proc_mounts(text: str, path: Path) -> str:
    """Finds a path in the text of Linux's /proc/mounts: ``device folder type options``."""
    mounts = [line.split(" ") for line in text.splitlines() if line.count(" ") >= 2]
    unescaped = [(re.sub(r"\\([0-7]{3})", lambda m: chr(int(m[1], 8)), mount[1]), mount[2]) for mount in mounts]
    return _nearest(unescaped, path)


def type_in_mount_list(text: str, path: Path) -> str:
    """Finds a path in what macOS's ``mount`` prints: ``device on folder (type, options)``."""
    return _nearest(re.findall(r"^.+? on (.+) \((\w+)[,)]", text, re.MULTILINE), path)


def _nearest(mounts: list[tuple[str, str]], path: Path) -> str:
    # The later of two mounts on one folder hides the earlier.
    around = [(len(Path(folder).parts), kind) for folder, kind in mounts if path.is_relative_to(folder)]
    deepest = max((depth for depth, _ in around), default=0)
    return next((kind for depth, kind in reversed(around) if depth == deepest), "")


if sys.platform == "win32":  # pragma: no cover - Windows
    import ctypes

    def _windows_type(path: Path) -> str:
        drive_remote = 4
        kind = ctypes.windll.kernel32.GetDriveTypeW(path.anchor)
        return "remote" if path.anchor.startswith("\\\\") or kind == drive_remote else "local"
