"""Manifests: nonsense is refused before a weight is read, and what is written is read back."""

import hashlib
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from reviewer_app.domain.clip import CropPolicy, Resampling
from reviewer_app.errors import BundleError
from reviewer_app.learning.bundle import MANIFEST, read_bundle
from reviewer_app.learning.manifest import clip_digest, decode, encode
from tests.learning.sealing import reseal
from tests.learning.tiny import CLIP


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("network", {"architecture": "os.system"}),
        ("network", None),
        ("clip", {"size": 64}),
        ("name", "../../etc"),
        ("name", 7),
        ("licence", {"spdx": "x", "notes": "", "code": ""}),
        ("calibration", {"temperature": 0, "bias": 0}),
        ("calibration", {"temperature": True, "bias": 0}),
        ("operating_points", [{"enter": 0.2, "leave": 0.5, "false_alarms_per_hour": 1, "sensitivity": None}]),
        ("operating_points", [{"enter": 0.5}]),
        ("golden", {"seed": 1.5, "logit": 0, "activity": [], "tolerance": 0.1}),
        ("training", 5),
        ("format", 0),
        ("format", True),
        ("code", "print()"),
    ],
)
def test_a_manifest_with_nonsense_is_refused(copy: Path, key: str, value: object) -> None:
    reseal(copy, lambda values: values.update({key: value}))

    with pytest.raises(BundleError):
        read_bundle(copy)


@pytest.mark.parametrize("missing", ["network", "clip", "golden", "files", "licence", "notice", "training"])
def test_a_manifest_that_lacks_an_entry_is_refused(copy: Path, missing: str) -> None:
    reseal(copy, lambda values: values.pop(missing))

    with pytest.raises(BundleError):
        read_bundle(copy)


def test_a_manifest_from_a_newer_program_is_refused_in_words(copy: Path) -> None:
    reseal(copy, lambda values: values.update(format=2))

    with pytest.raises(BundleError, match="newer than this application; update it"):
        read_bundle(copy)


def test_a_manifest_cannot_name_a_file_outside_its_folder(copy: Path, tmp_path: Path) -> None:
    (tmp_path / "outside").write_bytes(b"x")
    stored = {"sha256": hashlib.sha256(b"x").hexdigest(), "size": 1}
    reseal(copy, lambda values: values["files"].update({"../outside": stored}))

    with pytest.raises(BundleError, match="lists other files"):
        read_bundle(copy)


@pytest.mark.parametrize("content", [b"", b"[]", b"7", b"{", b"\xff\xfe", b"[" * 100_000, b'{"format": NaN}'])
def test_a_manifest_that_is_no_manifest_is_refused(copy: Path, content: bytes) -> None:
    (copy / MANIFEST).write_bytes(content)

    with pytest.raises(BundleError):
        read_bundle(copy)


def test_a_manifest_of_a_gigabyte_is_not_read(copy: Path) -> None:
    with (copy / MANIFEST).open("wb") as stream:
        stream.truncate(1024**3)

    with pytest.raises(BundleError, match="not what it should be"):
        read_bundle(copy)


def test_clip_specs_that_differ_anywhere_have_different_digests() -> None:
    changes: list[dict[str, Any]] = [
        {"size": 96},
        {"resampling": Resampling.TRILINEAR},
        {"crop": CropPolicy.WHOLE},
        {"mean": (0.1, 0.45, 0.45)},
        {"deviation": (0.2, 0.225, 0.225)},
    ]
    specs = [CLIP, *(replace(CLIP, **change) for change in changes)]

    assert len({clip_digest(spec) for spec in specs}) == len(specs)
    assert clip_digest(CLIP) == clip_digest(replace(CLIP))


def test_a_manifest_is_written_back_byte_for_byte(packed: Path) -> None:
    data = (packed / MANIFEST).read_bytes()

    assert encode(decode(data)) == data
