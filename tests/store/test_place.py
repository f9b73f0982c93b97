from pathlib import Path

import pytest

from reviewer_app.errors import StoreError
from reviewer_app.store.place import file_system_type, refuse_unsafe_place, type_in_mount_list, type_in_proc_mounts

PROC_MOUNTS = r"""/dev/sda1 / ext4 rw,relatime 0 0
proc /proc proc rw 0 0
server:/export /mnt/lab nfs4 rw,vers=4.2 0 0
//nas/share /mnt/lab\040share cifs rw 0 0
/dev/sdb1 /mnt/lab/local ext4 rw 0 0
tmpfs /mnt/twice tmpfs rw 0 0
server:/x /mnt/twice nfs rw 0 0
"""

MOUNT_LIST = """/dev/disk3s1s1 on / (apfs, sealed, local, read-only)
//guest@nas/share on /Volumes/lab share (smbfs, nodev, nosuid)
map auto_home on /System/Volumes/Data/home (autofs, automounted)
"""


@pytest.mark.parametrize("kind", ["nfs", "nfs4", "cifs", "smb3", "fuse.sshfs", "9p", "CIFS", "remote", "vboxsf"])
def test_a_network_share_is_refused_with_the_reason_and_what_to_do(kind: str) -> None:
    with pytest.raises(StoreError, match=rf"network share \({kind}\).*disk of this computer"):
        refuse_unsafe_place(Path("/mnt/lab"), file_system=kind)


@pytest.mark.parametrize("kind", ["ext4", "xfs", "btrfs", "tmpfs", "apfs", "local", "fuseblk", ""])
def test_a_disk_of_this_computer_is_accepted(kind: str) -> None:
    refuse_unsafe_place(Path("/home/anna/spasms"), file_system=kind)


@pytest.mark.parametrize(
    "folder",
    [
        "/home/anna/Dropbox/lab",
        "/Users/anna/OneDrive - Clinic/lab",
        "/Users/anna/Library/CloudStorage/GoogleDrive-anna/lab",
        "/Users/anna/Library/Mobile Documents/lab",
        "/home/anna/Nextcloud",
    ],
)
def test_a_folder_that_a_cloud_copies_is_refused(folder: str) -> None:
    with pytest.raises(StoreError, match="copies files while they are written"):
        refuse_unsafe_place(Path(folder), file_system="ext4")


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("/home/anna", "ext4"),
        ("/mnt/lab/night", "nfs4"),
        ("/mnt/lab share/night", "cifs"),
        ("/mnt/lab/local/night", "ext4"),
        ("/mnt/labour", "ext4"),
        ("/mnt/twice/night", "nfs"),
    ],
)
def test_the_innermost_and_latest_mount_counts_on_linux(path: str, kind: str) -> None:
    assert type_in_proc_mounts(PROC_MOUNTS, Path(path)) == kind


@pytest.mark.parametrize(("path", "kind"), [("/Users/anna", "apfs"), ("/Volumes/lab share/night", "smbfs")])
def test_the_innermost_mount_counts_on_macos(path: str, kind: str) -> None:
    assert type_in_mount_list(MOUNT_LIST, Path(path)) == kind


def test_a_system_that_does_not_tell_gives_no_type() -> None:
    assert type_in_proc_mounts("", Path("/home")) == ""


def test_the_type_of_a_folder_that_does_not_exist_yet_is_its_parents(tmp_path: Path) -> None:
    kind = file_system_type(tmp_path)
    assert kind
    assert file_system_type(tmp_path / "not" / "yet") == kind
