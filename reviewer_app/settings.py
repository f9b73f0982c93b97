"""What a person prefers, read once at a door from a small TOML file and passed down as plain arguments."""

import tomllib
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from reviewer_app.errors import RequestError

DEVICES = ("auto", "cuda", "mps", "openvino", "torch")
PRECISIONS = ("auto", "bf16", "f32")


@dataclass(frozen=True, slots=True)
class Settings:
    """Preferences with their defaults; a command's own options go before them."""

    library: Path | None = None  # the library's folder; None is the system's own place for user data
    bundle: str = "starter"  # name of the bundle that scans
    stride: int = 3  # grid frames (0.3125 s each) between windows
    device: str = "auto"  # where the network runs, one of DEVICES
    precision: str = "auto"  # numbers it calculates with, one of PRECISIONS
    threads: int = 0  # processor threads for decoding and the network; 0 is all there are
    person_detector: Path | None = None  # an ONNX file that finds people, for cropping
    false_alarms_per_hour: float = 1.0  # the operating point is chosen to stay at or under this
    cluster_gap: float = 60.0  # seconds; events closer than this are one cluster

    def __post_init__(self) -> None:
        if not 1 <= self.stride <= 16:
            raise ValueError(f"stride must be 1 to 16 grid frames, not {self.stride}")
        if self.device not in DEVICES:
            raise ValueError(f"device must be one of {', '.join(DEVICES)}, not {self.device!r}")
        if self.precision not in PRECISIONS:
            raise ValueError(f"precision must be one of {', '.join(PRECISIONS)}, not {self.precision!r}")
        if not 0 <= self.threads <= 1024:
            raise ValueError(f"threads must be 0 to 1024, not {self.threads}")
        if not 0 < self.false_alarms_per_hour <= 3600:
            raise ValueError(f"false_alarms_per_hour must be over 0 and at most 3600, not {self.false_alarms_per_hour}")
        if not 0 < self.cluster_gap <= 86_400:
            raise ValueError(f"cluster_gap must be over 0 and at most 86400 s, not {self.cluster_gap}")


def read_settings(path: Path) -> Settings:
    """The settings in a file; the defaults where there is none.

    Raises:
        RequestError: the file cannot be read, is not TOML, or holds an unknown key or a value without sense.
    """
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return Settings()
    except (OSError, UnicodeDecodeError) as error:
        raise RequestError(f"The settings file {path} cannot be read: {error}.") from error
    try:
        values = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise RequestError(f"The settings file {path} is not valid TOML: {error}.") from error
    try:
        return replace(Settings(), **{key: _checked(key, value) for key, value in values.items()})
    except ValueError as error:
        raise RequestError(f"The settings file {path} is wrong: {error}.") from error


def _checked(key: str, value: Any) -> Any:
    """A TOML value as its field wants it; ``true`` is no number here, though Python would let it pass."""
    kinds = {each.name: each.type for each in fields(Settings)}
    if key not in kinds:
        raise ValueError(f"{key!r} is no setting; there are {', '.join(kinds)}")
    kind = kinds[key]
    if kind == Path | None and isinstance(value, str) and value:
        return Path(value).expanduser()
    if kind is float and type(value) in (int, float):
        return float(value)
    if kind in (int, str) and type(value) is kind:
        return value
    wanted: dict[Any, str] = {int: "a whole number", float: "a number", str: "a text"}
    raise ValueError(f"{key} must be {wanted.get(kind, 'a path')}, not {value!r}")
