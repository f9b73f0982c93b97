"""Downloads a Kinetics-400 checkpoint, only when asked, only over https, only from the hub's own hosts.

Two steps, so that a person can decide in between: ``look_up`` asks the hub what it offers and under which hash;
``download`` takes it once the licence is accepted. What arrives is a file that ``import_checkpoint`` reads: numbers, no
code.
"""

import hashlib
import http.client
import json
import re
import shutil
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any, Protocol

from reviewer_app.errors import BundleError, RequestError
from reviewer_app.learning.kinetics import LICENCE, Checkpoint
from reviewer_app.learning.manifest import Licence

HUB = "https://huggingface.co"
HOSTS = ("huggingface.co", "hf.co")
"""The hub and what it keeps large files on; subdomains included. A redirect anywhere else is refused."""

PATIENCE = 30.0  # seconds without a byte
CHUNK = 1024**2
LONGEST_ANSWER = 4 * 1024**2
POINTER = re.compile(
    r"version https://git-lfs\.github\.com/spec/v1\noid sha256:(?P<sha256>[0-9a-f]{64})\nsize (?P<size>\d{1,12})\n"
)
FULL_REVISION = re.compile(r"[0-9a-f]{40}")


class OnlyKnownHosts(urllib.request.HTTPRedirectHandler):
    """Follows redirects within the hub's hosts, over https, and no other."""

    def redirect_request(
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: Any, newurl: str
    ) -> urllib.request.Request | None:
        """The request to go on with.

        Raises:
            BundleError: The redirect leaves the hub.
        """
        check_address(newurl)
        return super().redirect_request(req, fp, code, msg, headers, newurl)


class Opener(Protocol):
    """Opens addresses: urllib's, or a test's."""

    def open(self, fullurl: str, data: None = None, timeout: float = ...) -> Any:
        """The answer, to be read and closed."""
        ...


def https_opener() -> urllib.request.OpenerDirector:
    """Opens https addresses of the hub; the system's proxy settings hold."""
    return urllib.request.build_opener(OnlyKnownHosts())


@dataclass(frozen=True, slots=True)
class Offer:
    """What the hub has, for a person to accept or not.

    Attributes:
        checkpoint: What was asked for.
        revision: The full commit it will be taken from.
        sha256: What the file must hash to.
        size: Of the file, in bytes.
        licence: To be accepted before the download.
        is_vouched_for: Whether the hash was known before the hub was asked. Otherwise it is the hub's own word, and a
            good download proves only that nothing changed on the way.
    """

    checkpoint: Checkpoint
    revision: str
    sha256: str
    size: int
    licence: Licence
    is_vouched_for: bool

    @property
    def terms(self) -> str:
        """What a person must read before accepting."""
        told = (
            "known beforehand"
            if self.is_vouched_for
            else "as the hub states it now; this program could not know it beforehand, so compare it if you can"
        )
        return (
            f"{self.checkpoint.name}: {self.size / 1e6:.0f} MB from {HUB}/{self.checkpoint.repository}, revision "
            f"{self.revision}.\nLicence {self.licence.spdx}. {self.licence.notes}\nsha256 {self.sha256} ({told})."
        )


def look_up(checkpoint: Checkpoint, *, sha256: str | None = None, opener: Opener | None = None) -> Offer:
    """Asks the hub for the pinned revision and the hash it states for the file; nothing large is downloaded.

    Args:
        checkpoint: What to ask for.
        sha256: What the person says the file must hash to, where they know it.
        opener: Opens addresses.

    Raises:
        BundleError: The hub has another file than it should, or answers nonsense.
        RequestError: The hub cannot be reached.
    """
    opener = opener or https_opener()
    revision = _full_revision(checkpoint, opener)
    address = f"{HUB}/{checkpoint.repository}/raw/{revision}/{checkpoint.file}"
    pointer = POINTER.fullmatch(_text(address, opener))
    if pointer is None:
        raise BundleError(f"The hub does not say what {checkpoint.name} must hash to, so it was not downloaded.")
    stated, size = pointer["sha256"], int(pointer["size"])
    expected = [each.lower() for each in (checkpoint.sha256, sha256) if each is not None]
    if any(each != stated for each in expected):
        raise BundleError(
            f"The hub's {checkpoint.name} is another file than expected (sha256 {stated}); not downloaded."
        )
    if not 0 < size <= checkpoint.largest_bytes:
        raise BundleError(f"The hub's {checkpoint.name} has {size} bytes, which it cannot have; not downloaded.")
    return Offer(checkpoint, revision, stated, size, LICENCE, bool(expected))


def download(
    offer: Offer, to: Path, *, accepted_licence: str, opener: Opener | None = None
) -> Generator[int, None, None]:
    """Downloads what was offered, yielding the bytes that have arrived; closing the generator cancels.

    The file appears under its name only when it is complete and has the offered hash; what arrived before goes.

    Args:
        offer: What ``look_up`` found.
        to: The file to be.
        accepted_licence: The SPDX name of the licence that the person accepted.
        opener: Opens addresses.

    Raises:
        RequestError: The licence was not accepted, the disk is full, or the connection broke.
        BundleError: What arrived is not what was offered.
    """
    if accepted_licence != offer.licence.spdx:
        raise RequestError(f"{offer.checkpoint.name} is under {offer.licence.spdx}; accept it to download the weights.")
    opener = opener or https_opener()
    address = f"{HUB}/{offer.checkpoint.repository}/resolve/{offer.revision}/{offer.checkpoint.file}"
    part = to.with_name(to.name + ".part")
    try:
        to.parent.mkdir(parents=True, exist_ok=True)
        if shutil.disk_usage(to.parent).free < offer.size:
            raise RequestError(f"There is no space for {offer.size / 1e6:.0f} MB in {to.parent}.")
        with part.open("wb") as stream:
            yield from _received(address, stream, offer, opener)
        part.replace(to)
    except OSError as error:
        raise RequestError(f"{to} cannot be written: {error.strerror}.") from error
    finally:
        part.unlink(missing_ok=True)


def _received(address: str, stream: IO[bytes], offer: Offer, opener: Opener) -> Generator[int, None, None]:
    digest, done = hashlib.sha256(), 0
    with _opened(address, opener) as answer:
        while chunk := _chunk(answer):
            done += len(chunk)
            if done > offer.size:
                raise BundleError(f"The hub sent more than the {offer.size} bytes it offered; nothing was kept.")
            digest.update(chunk)
            stream.write(chunk)
            yield done
    if done < offer.size:
        raise RequestError(f"The connection ended after {done} of {offer.size} bytes; nothing was kept. Try again.")
    if digest.hexdigest() != offer.sha256:
        raise BundleError(f"What arrived as {offer.checkpoint.name} has another sha256 than offered; nothing was kept.")


def _full_revision(checkpoint: Checkpoint, opener: Opener) -> str:
    if FULL_REVISION.fullmatch(checkpoint.revision):
        return checkpoint.revision
    address = f"{HUB}/api/models/{checkpoint.repository}/commits/main"
    try:
        commits = [str(commit["id"]) for commit in json.loads(_text(address, opener))]
    except (ValueError, KeyError, TypeError, RecursionError) as error:
        raise BundleError(
            f"The hub's list of versions of {checkpoint.name} cannot be read; try again later."
        ) from error
    found = [each for each in commits if FULL_REVISION.fullmatch(each) and each.startswith(checkpoint.revision)]
    if len(found) != 1:
        raise BundleError(f"The hub no longer has revision {checkpoint.revision} of {checkpoint.name}; not downloaded.")
    return found[0]


def _text(address: str, opener: Opener) -> str:
    with _opened(address, opener) as answer:
        body = bytearray()
        while len(body) <= LONGEST_ANSWER and (chunk := _chunk(answer)):
            body += chunk
    return body[:LONGEST_ANSWER].decode(errors="replace")


def _opened(address: str, opener: Opener) -> Any:
    check_address(address)
    try:
        return opener.open(address, None, PATIENCE)
    except urllib.error.HTTPError as error:
        error.close()
        raise BundleError(f"The hub answered {error.code} for {address}.") from error
    except (OSError, http.client.HTTPException) as error:
        raise RequestError("The hub cannot be reached; is this machine connected? Nothing was downloaded.") from error


def _chunk(answer: Any) -> bytes:
    try:
        return bytes(answer.read(CHUNK))
    except (OSError, http.client.HTTPException) as error:
        raise RequestError("The connection to the hub broke; nothing was kept. Try again.") from error


def check_address(address: str) -> None:
    """Refuse an address that is not the hub's.

    Raises:
        BundleError: It is not https, or another host's.
    """
    parts = urllib.parse.urlsplit(address)
    host = parts.hostname or ""
    if parts.scheme != "https" or not any(host == known or host.endswith(f".{known}") for known in HOSTS):
        raise BundleError(f"The hub sends elsewhere ({parts.scheme}://{host}), which is not followed; not downloaded.")
