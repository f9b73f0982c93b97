"""Where a library's key is kept, and the recovery key that a person can write down."""

import base64
import contextlib
import hashlib
import os
import re
import secrets
import stat
import threading
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import keyring
import keyring.backend
import keyring.errors

from reviewer_app.errors import StoreError

KEY_BYTES = 32
SERVICE = "spasm-reviewer"
PATIENCE = 5.0
"""Seconds that a key ring may take: one on a dead session bus waits for ever."""


class KeySource(Protocol):
    """Anything that keeps the keys of libraries."""

    def get(self, library_id: str) -> bytes | None:
        """The key of a library; None where it is not kept here."""
        ...

    def put(self, library_id: str, key: bytes) -> None:
        """Keeps a library's key."""
        ...


@dataclass(frozen=True, slots=True)
class KeyFile:
    """Keys in a text file that only its owner may read, for systems without a key ring.

    Lines are only ever added, so two programs that put keys at once lose none; the last line of a library counts.
    """

    path: Path

    def get(self, library_id: str) -> bytes | None:
        """The key of a library; None where the file or the line is missing.

        Raises:
            StoreError: others may read the file, or it cannot be read.
        """
        try:
            mode = self.path.stat().st_mode
            text = self.path.read_text("utf-8", "replace")
        except FileNotFoundError:
            return None
        except OSError as error:
            raise StoreError(f"The key file {self.path} cannot be read: {error.strerror}.") from error
        if os.name == "posix" and stat.S_IMODE(mode) & 0o077:
            raise StoreError(f"Others may read the key file {self.path}; protect it with: chmod 600 '{self.path}'")
        found = re.findall(rf"^{re.escape(library_id)} ([0-9a-f]{{{2 * KEY_BYTES}}})$", text, re.MULTILINE)
        return bytes.fromhex(found[-1]) if found else None

    def put(self, library_id: str, key: bytes) -> None:
        """Adds a line and makes sure that it is on the disk.

        Raises:
            StoreError: the file cannot be written.
        """
        # The line break in front ends a line that a crash may have left unfinished.
        line = f"\n{library_id} {key.hex()}\n".encode("ascii")
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            file = os.open(self.path, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
            try:
                os.write(file, line)
                os.fsync(file)
            finally:
                os.close(file)
        except OSError as error:
            raise StoreError(f"The key file {self.path} cannot be written: {error.strerror}.") from error


@dataclass(frozen=True, slots=True)
class KeyRing:
    """Keys in the operating system's key ring."""

    ring: keyring.backend.KeyringBackend

    def get(self, library_id: str) -> bytes | None:
        """The key of a library; None where the ring holds none.

        Raises:
            StoreError: the key ring is locked or fails.
        """
        try:
            text = self.ring.get_password(SERVICE, library_id)
        except keyring.errors.KeyringError as error:
            raise StoreError(
                "The system's key ring did not give the library's key; unlock it and try again."
            ) from error
        return bytes.fromhex(text) if text else None

    def put(self, library_id: str, key: bytes) -> None:
        """Keeps a library's key in the ring.

        Raises:
            StoreError: the key ring is locked or fails.
        """
        try:
            self.ring.set_password(SERVICE, library_id, key.hex())
        except keyring.errors.KeyringError as error:
            raise StoreError(
                "The system's key ring did not take the library's key; unlock it and try again."
            ) from error


@dataclass(frozen=True, slots=True)
class FirstOf:
    """Several sources as one: keys go into the first, and are looked for in each, so that none seems lost."""

    sources: tuple[KeySource, ...]

    def get(self, library_id: str) -> bytes | None:
        """The first key found."""
        return next((key for source in self.sources if (key := source.get(library_id)) is not None), None)

    def put(self, library_id: str, key: bytes) -> None:
        """Keeps the key in the first source."""
        self.sources[0].put(library_id, key)


def choose_keys(folder: Path, *, patience: float = PATIENCE) -> KeySource:
    """Where this computer keeps keys: its key ring where a real one answers in time, with a key file behind it.

    Args:
        folder: Where the key file ``library.key`` lies or is made: the person's own settings folder.
        patience: Seconds to wait for the key ring.
    """
    file = KeyFile(folder / "library.key")
    answered: list[KeySource] = []

    def ask() -> None:
        # RuntimeError is what a backend's priority raises where it cannot work.
        with contextlib.suppress(StoreError, keyring.errors.KeyringError, RuntimeError):
            ring = KeyRing(keyring.get_keyring())
            # Stand-ins ("null", "fail") have a priority of 0 or less.
            if ring.ring.priority > 0:
                ring.get("is anybody there?")
                answered.append(ring)

    # A daemon, because a call into a dead session bus can be neither cancelled nor waited for.
    asking = threading.Thread(target=ask, name="key ring", daemon=True)
    asking.start()
    asking.join(patience)
    return FirstOf((*answered, file))


def recovery_key(key: bytes) -> str:
    """A library's key as groups of letters and digits to be written down, with a check against slips of the pen."""
    text = base64.b32encode(key + _check(key)).decode("ascii").rstrip("=")
    return "-".join(text[i : i + 5] for i in range(0, len(text), 5))


def key_from_recovery(text: str) -> bytes:
    """The key that a recovery key stands for; case, spaces and dashes do not matter.

    Raises:
        StoreError: it was mistyped.
    """
    # Base 32 knows no 0, 1 and 8; people read O, I and B as such.
    plain = re.sub(r"[\s-]", "", text).upper().translate(str.maketrans("018", "OIB"))
    try:
        both = base64.b32decode(plain + "=" * (-len(plain) % 8))
    except ValueError:
        both = b""
    key, check = both[:KEY_BYTES], both[KEY_BYTES:]
    if len(key) != KEY_BYTES or check != _check(key):
        raise StoreError("This recovery key is mistyped: it has 11 groups of 5 letters and digits; compare them.")
    return key


def new_key() -> bytes:
    """A key that nobody can guess."""
    return secrets.token_bytes(KEY_BYTES)


def _check(key: bytes) -> bytes:
    return hashlib.sha256(key).digest()[:2]
