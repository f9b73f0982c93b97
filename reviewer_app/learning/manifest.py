"""What a bundle says of itself, and how that stands in ``bundle.json``: a closed list of keys, checked strictly."""

import hashlib
import json
import math
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, fields
from typing import Any

from reviewer_app.domain.clip import Channels, ClipSpec, CropPolicy, Resampling
from reviewer_app.domain.event import OperatingPoint
from reviewer_app.errors import BundleError
from reviewer_app.learning.network import NetworkSpec

FORMAT = 1
GOLDEN_TOLERANCE = 0.05
"""Logit units between the golden clip's stored and computed scores; bf16 stays within 0.02 on the networks tried."""

Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]

NAME = re.compile(r"[a-z0-9][a-z0-9._-]{0,79}")


@dataclass(frozen=True, slots=True)
class Calibration:
    """Turns a logit into a probability: ``sigmoid(logit / temperature + bias)``."""

    temperature: float = 1.0
    bias: float = 0.0

    def __post_init__(self) -> None:
        if not (math.isfinite(self.temperature) and self.temperature > 0 and math.isfinite(self.bias)):
            raise ValueError(f"not a calibration: {self}")


@dataclass(frozen=True, slots=True)
class Licence:
    """Under which terms the weights may be used; a bundle made from another inherits them."""

    spdx: str
    notes: str = ""


@dataclass(frozen=True, slots=True)
class Golden:
    """A clip anyone can make from its seed, and what the weights say of it in 32-bit arithmetic."""

    seed: int
    logit: float
    activity: tuple[float, ...]  # logits, one per bin
    tolerance: float = GOLDEN_TOLERANCE


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file of a bundle as it must be."""

    sha256: str
    size: int  # bytes


@dataclass(frozen=True, slots=True)
class Description:
    """Everything a bundle tells apart from its weights.

    Attributes:
        name: Small letters, digits, dots and dashes; what a person types to choose the bundle.
        network: What the network is built from.
        clip: How pixels are prepared for it.
        licence: The terms of its weights.
        calibration: Turns its logits into probabilities.
        operating_points: From few false alarms to many; empty where nothing was calibrated.
        training: Data, seeds, recipe, code version, parent bundle and date, as plain structured values.
        notice: A sentence shown wherever the bundle's scores are.
    """

    name: str
    network: NetworkSpec
    clip: ClipSpec
    licence: Licence
    calibration: Calibration = Calibration()
    operating_points: tuple[OperatingPoint, ...] = ()
    training: Mapping[str, Json] = field(default_factory=dict)
    notice: str = ""

    def __post_init__(self) -> None:
        if not NAME.fullmatch(self.name):
            raise ValueError(f"a bundle's name is small letters, digits, dots and dashes, not {self.name!r}")


@dataclass(frozen=True, slots=True)
class Manifest:
    """The whole of ``bundle.json``."""

    description: Description
    golden: Golden
    files: Mapping[str, StoredFile]


def clip_to_json(spec: ClipSpec) -> dict[str, Json]:
    """A clip spec as plain values."""
    return {**asdict(spec), "mean": list(spec.mean), "deviation": list(spec.deviation)}


def clip_from_json(values: Mapping[str, Any]) -> ClipSpec:
    """Reads a clip spec; every key must be there, known, and of its kind (otherwise ``ValueError``)."""
    _keys(values, ClipSpec)
    red_mean, green_mean, blue_mean = (_number(value) for value in values["mean"])
    red_deviation, green_deviation, blue_deviation = (_number(value) for value in values["deviation"])
    for name in ("size", "frames"):
        if type(values[name]) is not int:
            raise ValueError(f"the clip's {name} is not a whole number")
    return ClipSpec(
        size=values["size"],
        frames=values["frames"],
        seconds=_number(values["seconds"]),
        resampling=Resampling(values["resampling"]),
        channels=Channels(values["channels"]),
        crop=CropPolicy(values["crop"]),
        mean=(red_mean, green_mean, blue_mean),
        deviation=(red_deviation, green_deviation, blue_deviation),
    )


def clip_digest(spec: ClipSpec) -> str:
    """The hex sha256 that stands for a clip spec in a trace's identity."""
    return hashlib.sha256(json.dumps(clip_to_json(spec), sort_keys=True).encode()).hexdigest()


def encode(manifest: Manifest) -> bytes:
    """The one way to write a manifest: the same values always give the same bytes.

    The last entry is the sha256 over the rest, so that a flipped byte shows even in a sentence or a number that no
    other check would miss. It guards against damage, not against somebody who means to deceive.
    """
    told = manifest.description
    values: dict[str, Any] = {
        "format": FORMAT,
        "name": told.name,
        "notice": told.notice,
        "licence": asdict(told.licence),
        "network": told.network.to_json(),
        "clip": clip_to_json(told.clip),
        "calibration": asdict(told.calibration),
        "operating_points": [_point_to_json(point) for point in told.operating_points],
        "training": dict(told.training),
        "golden": {**asdict(manifest.golden), "activity": list(manifest.golden.activity)},
        "files": {name: asdict(stored) for name, stored in sorted(manifest.files.items())},
    }
    return _sealed(values)


def decode(data: bytes) -> Manifest:
    """Reads a manifest; every key must be there, known, and of its kind.

    Raises:
        BundleError: The bytes are not a manifest of this program, or were altered after it wrote them.
    """
    try:
        values = json.loads(data, parse_constant=_refuse_constant)
    except (ValueError, RecursionError) as error:
        raise BundleError("The bundle's bundle.json is damaged; get the bundle again.") from error
    version = values.get("format") if isinstance(values, dict) else None
    if type(version) is int and version > FORMAT:
        raise BundleError("The bundle is newer than this application; update it.")
    if type(version) is not int or version != FORMAT:
        raise BundleError("bundle.json is not that of a bundle of this program.")
    values.pop("sha256", None)
    if _sealed(values) != data:
        raise BundleError("The bundle's bundle.json was altered after it was written; get the bundle again.")
    try:
        return _manifest(values)
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise BundleError(f"The bundle's bundle.json makes no sense: {error}.") from error


def _sealed(values: Mapping[str, Any]) -> bytes:
    return _bytes({**values, "sha256": hashlib.sha256(_bytes(values)).hexdigest()})


def _bytes(values: Mapping[str, Any]) -> bytes:
    # A lone surrogate, which JSON can hold and UTF-8 cannot, is replaced: the bytes then differ and are refused.
    text = json.dumps(values, indent=2, sort_keys=True, allow_nan=False, ensure_ascii=False) + "\n"
    return text.encode(errors="replace")


def _refuse_constant(name: str) -> float:
    raise ValueError(f"{name} is not a number")


def _manifest(values: dict[str, Any]) -> Manifest:
    del values["format"]
    golden, files = values.pop("golden"), values.pop("files")
    _keys(values, Description)
    description = Description(
        name=_text(values["name"]),
        notice=_text(values["notice"]),
        licence=Licence(**{key: _text(value) for key, value in values["licence"].items()}),
        network=NetworkSpec.from_json(values["network"]),
        clip=clip_from_json(values["clip"]),
        calibration=Calibration(**{key: _number(value) for key, value in values["calibration"].items()}),
        operating_points=tuple(_point(point) for point in values["operating_points"]),
        training=dict(values["training"]),
    )
    return Manifest(
        description,
        _golden(golden),
        {name: StoredFile(_text(f["sha256"]), int(f["size"])) for name, f in files.items()},
    )


def _golden(values: Mapping[str, Any]) -> Golden:
    _keys(values, Golden)
    if type(values["seed"]) is not int:
        raise ValueError("the golden clip's seed is not a whole number")
    activity = tuple(_number(value) for value in values["activity"])
    return Golden(values["seed"], _number(values["logit"]), activity, _number(values["tolerance"]))


def _point(values: Mapping[str, Any]) -> OperatingPoint:
    _keys(values, OperatingPoint)
    sensitivity = values["sensitivity"]
    return OperatingPoint(
        enter=_number(values["enter"]),
        leave=_number(values["leave"]),
        false_alarms_per_hour=_number(values["false_alarms_per_hour"]),
        sensitivity=math.nan if sensitivity is None else _number(sensitivity),
    )


def _point_to_json(point: OperatingPoint) -> dict[str, Json]:
    return {**asdict(point), "sensitivity": None if math.isnan(point.sensitivity) else point.sensitivity}


def _keys(values: Mapping[str, Any], kind: type[Any]) -> None:
    if wrong := set(values) ^ {each.name for each in fields(kind)}:
        raise ValueError(f"missing or unknown entries: {', '.join(sorted(wrong))}")


def _number(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value):
        raise ValueError(f"{value!r} is not a number")
    return float(value)


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(f"{value!r} is not a text")
    return value
