import os
import threading
from pathlib import Path

import keyring
import keyring.backend
import keyring.backends.fail
import keyring.backends.null
import keyring.errors
import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.errors import StoreError
from reviewer_app.store.keys import FirstOf, KeyFile, KeyRing, choose_keys, key_from_recovery, new_key, recovery_key

KEY = bytes(range(32))


class MemoryRing(keyring.backend.KeyringBackend):
    """A key ring that works."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self.kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self.kept[service, username] = password


class LockedRing(MemoryRing):
    """A key ring that the person did not unlock."""

    def get_password(self, service: str, username: str) -> str | None:
        raise keyring.errors.KeyringLocked("no")

    def set_password(self, service: str, username: str, password: str) -> None:
        raise keyring.errors.KeyringLocked("no")


def test_a_key_file_gives_back_each_librarys_key(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "new" / "library.key")
    assert file.get("a") is None
    file.put("a", KEY)
    file.put("b", KEY[::-1])
    assert (file.get("a"), file.get("b"), file.get("c")) == (KEY, KEY[::-1], None)


def test_the_last_key_of_a_library_counts_and_the_older_line_stays(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "library.key")
    file.put("a", KEY)
    file.put("a", KEY[::-1])
    assert file.get("a") == KEY[::-1]
    assert KEY.hex() in file.path.read_text()


def test_a_line_that_a_crash_cut_short_takes_no_other_along(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "library.key")
    file.put("a", KEY)
    with file.path.open("a") as written:
        written.write(f"b {KEY.hex()[:20]}")
    file.put("c", KEY)
    assert (file.get("a"), file.get("b"), file.get("c")) == (KEY, None, KEY)


@pytest.mark.skipif(os.name != "posix", reason="POSIX rights")
def test_a_key_file_is_for_its_owner_alone(tmp_path: Path) -> None:
    file = KeyFile(tmp_path / "library.key")
    file.put("a", KEY)
    assert file.path.stat().st_mode & 0o777 == 0o600
    file.path.chmod(0o640)
    with pytest.raises(StoreError, match="chmod 600"):
        file.get("a")


def test_a_key_file_that_is_a_folder_is_refused(tmp_path: Path) -> None:
    file = KeyFile(tmp_path)
    with pytest.raises(StoreError, match="cannot be read"):
        file.get("a")
    with pytest.raises(StoreError, match="cannot be written"):
        file.put("a", KEY)


def test_a_key_ring_gives_back_each_librarys_key() -> None:
    ring = KeyRing(MemoryRing())
    assert ring.get("a") is None
    ring.put("a", KEY)
    assert ring.get("a") == KEY


def test_a_locked_key_ring_is_to_be_unlocked() -> None:
    ring = KeyRing(LockedRing())
    with pytest.raises(StoreError, match="did not give"):
        ring.get("a")
    with pytest.raises(StoreError, match="did not take"):
        ring.put("a", KEY)


def test_a_working_key_ring_is_chosen_and_the_key_file_still_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ring = MemoryRing()
    monkeypatch.setattr(keyring, "get_keyring", lambda: ring)
    KeyFile(tmp_path / "library.key").put("old", KEY)
    keys = choose_keys(tmp_path)
    keys.put("new", KEY[::-1])
    assert list(ring.kept) == [("spasm-reviewer", "new")]
    assert (keys.get("old"), keys.get("new"), keys.get("none")) == (KEY, KEY[::-1], None)


@pytest.mark.parametrize("ring", [keyring.backends.fail.Keyring, keyring.backends.null.Keyring, LockedRing])
def test_without_a_usable_key_ring_keys_go_into_the_file(
    ring: type[keyring.backend.KeyringBackend], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(keyring, "get_keyring", ring)
    choose_keys(tmp_path).put("a", KEY)
    assert KeyFile(tmp_path / "library.key").get("a") == KEY


def test_a_key_ring_that_never_answers_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = threading.Event()

    class DeadRing(MemoryRing):
        def get_password(self, service: str, username: str) -> str | None:
            answer.wait()
            return None

    monkeypatch.setattr(keyring, "get_keyring", DeadRing)
    keys = choose_keys(tmp_path, patience=0.05)
    assert keys == FirstOf((KeyFile(tmp_path / "library.key"),))
    answer.set()
    for thread in threading.enumerate():
        if thread.name == "key ring":
            thread.join()


@given(st.binary(min_size=32, max_size=32))
def test_a_recovery_key_gives_the_key_back(key: bytes) -> None:
    assert key_from_recovery(recovery_key(key)) == key


def test_a_recovery_key_may_be_typed_as_people_type() -> None:
    text = recovery_key(KEY)
    assert [len(group) for group in text.split("-")] == [5] * 11
    assert key_from_recovery(" " + text.lower().replace("-", " ").replace("o", "0").replace("i", "1") + "\n") == KEY


@given(place=st.integers(0, 64), letter=st.sampled_from("ABCXYZ234567"))
def test_a_mistyped_letter_in_a_recovery_key_is_noticed(place: int, letter: str) -> None:
    text = recovery_key(KEY)
    wrong = text[:place] + letter + text[place + 1 :]
    try:
        assert key_from_recovery(wrong) == KEY
    except StoreError:
        assert wrong != text


@pytest.mark.parametrize("text", ["", "ABC", "hello world!", "é" * 55])
def test_what_is_no_recovery_key_is_refused(text: str) -> None:
    with pytest.raises(StoreError, match="mistyped"):
        key_from_recovery(text)


def test_new_keys_are_32_bytes_and_never_the_same() -> None:
    keys = {new_key() for _ in range(50)}
    assert len(keys) == 50
    assert {len(key) for key in keys} == {32}
