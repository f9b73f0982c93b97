"""Fetching: the pinned revision, the stated hash, the hub's hosts, an accepted licence, or nothing at all."""

import errno
import hashlib
import http.client
import io
import json
import shutil
import urllib.request
import urllib.response
from collections import namedtuple
from collections.abc import Callable
from dataclasses import replace
from email.message import Message
from pathlib import Path

import pytest

from reviewer_app.errors import BundleError, RequestError
from reviewer_app.learning.fetch import OnlyKnownHosts, check_address, download, look_up
from tests.learning.test_kinetics import SMALL

WEIGHTS = bytes(range(256)) * 10_000
SHA256 = hashlib.sha256(WEIGHTS).hexdigest()
REVISION = "abcdef0" + "1" * 33
CHECKPOINT = replace(SMALL, repository="facebook/hiera", revision="abcdef0")

API = "https://huggingface.co/api/models/facebook/hiera/commits/main"
RAW = f"https://huggingface.co/facebook/hiera/raw/{REVISION}/model.safetensors"
RESOLVE = f"https://huggingface.co/facebook/hiera/resolve/{REVISION}/model.safetensors"
STORE = "https://cas-bridge.xethub.hf.co/somewhere?signed=1"


def pointer(sha256: str = SHA256, size: int = len(WEIGHTS)) -> bytes:
    return f"version https://git-lfs.github.com/spec/v1\noid sha256:{sha256}\nsize {size}\n".encode()


class Web(urllib.request.HTTPSHandler):
    """The hub as a table of addresses; a text that starts with https is a redirect."""

    def __init__(self, **changes: object) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.pages: dict[str, object] = {
            API: json.dumps([{"id": "9" * 40}, {"id": REVISION}]).encode(),
            RAW: pointer(),
            RESOLVE: STORE,
            STORE: WEIGHTS,
        }
        names = {"api": API, "raw": RAW, "resolve": RESOLVE, "store": STORE}
        self.pages.update({names[key]: page for key, page in changes.items()})

    def https_open(self, req: urllib.request.Request) -> http.client.HTTPResponse:
        self.asked.append(req.full_url)
        page = self.pages.get(req.full_url, 404)
        if isinstance(page, Exception):
            raise page
        headers = Message()
        code, body = (page, b"") if isinstance(page, int) else (200, page)
        if isinstance(page, str):
            headers["Location"] = page
            code, body = 302, b""
        stream = body if isinstance(body, io.RawIOBase) else io.BytesIO(body)  # type: ignore[arg-type]
        answer = urllib.response.addinfourl(stream, headers, req.full_url, code)  # type: ignore[arg-type]
        answer.msg = "said"  # type: ignore[attr-defined]
        return answer  # type: ignore[return-value]


def opener(web: Web) -> urllib.request.OpenerDirector:
    """The program's own redirect rules over the table."""
    return urllib.request.build_opener(web, OnlyKnownHosts())


def get(web: Web, to: Path, *, sha256: str | None = None) -> list[int]:
    offer = look_up(CHECKPOINT, sha256=sha256, opener=opener(web))
    return list(download(offer, to, accepted_licence="CC-BY-NC-4.0", opener=opener(web)))


def test_a_checkpoint_arrives_as_the_hub_states_it(tmp_path: Path) -> None:
    web = Web()

    progress = get(web, tmp_path / "deep" / "model.safetensors")

    assert (tmp_path / "deep" / "model.safetensors").read_bytes() == WEIGHTS
    assert progress == sorted(progress)
    assert progress[-1] == len(WEIGHTS)
    assert web.asked == [API, RAW, RESOLVE, STORE]
    assert [path.name for path in (tmp_path / "deep").iterdir()] == ["model.safetensors"]


def test_the_offer_tells_licence_size_hash_and_whose_word_that_is() -> None:
    offer = look_up(CHECKPOINT, opener=opener(Web()))

    assert not offer.is_vouched_for
    for told in ("3 MB", "CC-BY-NC-4.0", SHA256, REVISION, "as the hub states it now", "Not for commercial use"):
        assert told in offer.terms


@pytest.mark.parametrize("known_by", ["program", "person"])
def test_a_hash_known_beforehand_vouches_for_the_offer(known_by: str) -> None:
    checkpoint = replace(CHECKPOINT, sha256=SHA256 if known_by == "program" else None)

    offer = look_up(checkpoint, sha256=SHA256.upper() if known_by == "person" else None, opener=opener(Web()))

    assert offer.is_vouched_for
    assert "known beforehand" in offer.terms


@pytest.mark.parametrize("known_by", ["program", "person"])
def test_a_file_other_than_the_known_one_is_not_downloaded(known_by: str) -> None:
    other = "0" * 64
    checkpoint = replace(CHECKPOINT, sha256=other if known_by == "program" else None)

    with pytest.raises(BundleError, match="another file than expected"):
        look_up(checkpoint, sha256=other if known_by == "person" else None, opener=opener(Web()))


def test_a_full_revision_is_taken_without_asking() -> None:
    web = Web()

    assert look_up(replace(CHECKPOINT, revision=REVISION), opener=opener(web)).revision == REVISION
    assert web.asked == [RAW]


@pytest.mark.parametrize(
    "commits", [[], [{"id": "9" * 40}], [{"id": "abcdef0" + "1" * 33}, {"id": "abcdef0" + "2" * 33}]]
)
def test_a_pinned_revision_that_is_gone_or_unclear_is_refused(commits: list[dict[str, str]]) -> None:
    with pytest.raises(BundleError, match="no longer has revision abcdef0"):
        look_up(CHECKPOINT, opener=opener(Web(api=json.dumps(commits).encode())))


@pytest.mark.parametrize("answer", [b"", b"<html>", b"[7]", b'{"a": 1}', b"[" * 50_000])
def test_a_list_of_versions_that_is_none_is_refused(answer: bytes) -> None:
    with pytest.raises(BundleError, match="list of versions"):
        look_up(CHECKPOINT, opener=opener(Web(api=answer)))


@pytest.mark.parametrize("answer", [b"", WEIGHTS, b"<html>", pointer(sha256="x" * 64), pointer() + b"more"])
def test_without_a_stated_hash_nothing_is_downloaded(answer: bytes) -> None:
    with pytest.raises(BundleError, match="does not say what"):
        look_up(CHECKPOINT, opener=opener(Web(raw=answer)))


@pytest.mark.parametrize("size", [0, 10**7 + 1, 10**11])
def test_a_size_that_cannot_be_is_refused(size: int) -> None:
    with pytest.raises(BundleError, match="which it cannot have"):
        look_up(CHECKPOINT, opener=opener(Web(raw=pointer(size=size))))


def test_an_endless_answer_is_cut(monkeypatch: pytest.MonkeyPatch) -> None:
    class Endless(io.RawIOBase):
        given = 0

        def read(self, size: int = -1) -> bytes:
            self.given += size
            assert self.given < 10**8
            return b"x" * size

    with pytest.raises(BundleError, match="list of versions"):
        look_up(CHECKPOINT, opener=opener(Web(api=Endless())))


@pytest.mark.parametrize(
    "elsewhere",
    [
        "https://evil.example/model.safetensors",
        "http://huggingface.co/model.safetensors",
        "https://huggingface.co.evil.example/x",
        "https://nothf.co/x",
        "https://huggingface.co@evil.example/x",
        "ftp://hf.co/x",
    ],
)
def test_a_redirect_to_another_host_is_not_followed(tmp_path: Path, elsewhere: str) -> None:
    web = Web(resolve=elsewhere)

    with pytest.raises(BundleError, match="sends elsewhere"):
        get(web, tmp_path / "model.safetensors")
    assert elsewhere not in web.asked
    assert list(tmp_path.iterdir()) == []


def test_a_file_on_this_machine_is_no_address() -> None:
    with pytest.raises(BundleError, match="sends elsewhere"):
        check_address("file:///etc/passwd")


@pytest.mark.parametrize("accepted", ["", "MIT", "cc-by-nc-4.0"])
def test_nothing_is_downloaded_before_the_licence_is_accepted(tmp_path: Path, accepted: str) -> None:
    web = Web()
    offer = look_up(CHECKPOINT, opener=opener(web))
    web.asked.clear()

    with pytest.raises(RequestError, match=r"CC-BY-NC-4\.0; accept it"):
        list(download(offer, tmp_path / "model.safetensors", accepted_licence=accepted, opener=opener(web)))
    assert web.asked == []
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("body", "error", "said"),
    [
        (WEIGHTS[:-1] + b"x", BundleError, "another sha256"),
        (WEIGHTS[:-1], RequestError, "ended after"),
        (WEIGHTS + b"x", BundleError, "more than"),
        (404, BundleError, "answered 404"),
        (500, BundleError, "answered 500"),
        (ConnectionResetError("peer"), RequestError, "cannot be reached"),
    ],
)
def test_what_arrives_wrong_is_not_kept(tmp_path: Path, body: object, error: type[Exception], said: str) -> None:
    with pytest.raises(error, match=said):
        get(Web(store=body), tmp_path / "model.safetensors")
    assert list(tmp_path.iterdir()) == []


def test_a_connection_that_breaks_leaves_nothing(tmp_path: Path) -> None:
    class Breaking(io.RawIOBase):
        left = 2

        def read(self, size: int = -1) -> bytes:
            self.left -= 1
            if self.left < 0:
                raise TimeoutError("30 s without a byte")
            return b"x" * 1000

    with pytest.raises(RequestError, match="connection to the hub broke"):
        get(Web(store=Breaking()), tmp_path / "model.safetensors")
    assert list(tmp_path.iterdir()) == []


def test_a_cancelled_download_leaves_nothing(tmp_path: Path) -> None:
    web = Web()
    offer = look_up(CHECKPOINT, opener=opener(web))
    running = download(offer, tmp_path / "model.safetensors", accepted_licence="CC-BY-NC-4.0", opener=opener(web))
    next(running)
    assert [path.name for path in tmp_path.iterdir()] == ["model.safetensors.part"]

    running.close()
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_is_told_before_the_download(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    usage = namedtuple("usage", "total used free")
    monkeypatch.setattr(shutil, "disk_usage", lambda _: usage(10, 9, 1))
    web = Web()

    with pytest.raises(RequestError, match="no space for 3 MB"):
        get(web, tmp_path / "model.safetensors")
    assert RESOLVE not in web.asked


def test_a_disk_that_fills_up_meanwhile_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real_open: Callable[..., io.BufferedWriter] = Path.open

    class Full(io.BufferedWriter):
        def write(self, data: object) -> int:
            raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "open", lambda self, mode: Full(real_open(self, mode, buffering=0)))

    with pytest.raises(RequestError, match="No space left"):
        get(Web(), tmp_path / "model.safetensors")
    assert list(tmp_path.iterdir()) == []


def test_no_connection_is_told_in_words() -> None:
    with pytest.raises(RequestError, match="cannot be reached"):
        look_up(CHECKPOINT, opener=opener(Web(api=OSError("no route"))))
