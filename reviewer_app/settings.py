"""What a person prefers, read once at a door from a small TOML file and passed down as plain arguments."""

import contextlib
import json
import os
import tomllib
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any

from reviewer_app.errors import RequestError

DEVICES = ("auto", "cuda", "mps", "openvino", "torch")
PRECISIONS = ("auto", "bf16", "f32")
THEMES = ("system", "light", "dark", "contrast")
LANGUAGES = ("system", "en", "de")
LEAST_SCALE, MOST_SCALE = 80, 200
"""Size of letters, in per cent of the system's."""
MOST_PRE_ROLL = 60.0


@dataclass(frozen=True, slots=True)
class Settings:
    """Preferences with their defaults; a command's own options go before them."""

    library: Path | None = None  # the library's folder; None is the system's own place for user data
    bundle: str = "starter"  # name of the bundle that scans
    stride: int = 3  # grid frames (0.3125 s each) between windows
    device: str = "auto"  # where the network runs, one of DEVICES
    precision: str = "auto"  # numbers it calculates with, one of PRECISIONS
    threads: int = 0  # processor threads for decoding and the network; 0 is all there are
    person_detector: Path | None = None  # an ONNX file that finds people: for cropping, and for how visible they are
    false_alarms_per_hour: float = 1.0  # the operating point is chosen to stay at or under this
    cluster_gap: float = 60.0  # seconds; events closer than this are one cluster
    pre_roll: float = 4.0  # seconds played before a flag
    auto_advance: bool = True  # to the next open flag after a verdict
    clock_times: bool = True  # the local clock's time, rather than time since the recording's start
    theme: str = "system"  # one of THEMES
    font_scale: int = 100  # per cent of the system's size of letters
    language: str = "system"  # one of LANGUAGES
    rater: str = ""  # who reviewed last, offered at the next start
    keys: dict[str, str] = field(default_factory=dict)  # action's id -> its key, where it is not the usual one

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
        if not 0 <= self.pre_roll <= MOST_PRE_ROLL:
            raise ValueError(f"pre_roll must be 0 to {MOST_PRE_ROLL:g} s, not {self.pre_roll}")
        if self.theme not in THEMES:
            raise ValueError(f"theme must be one of {', '.join(THEMES)}, not {self.theme!r}")
        if not LEAST_SCALE <= self.font_scale <= MOST_SCALE:
            raise ValueError(f"font_scale must be {LEAST_SCALE} to {MOST_SCALE} per cent, not {self.font_scale}")
        if self.language not in LANGUAGES:
            raise ValueError(f"language must be one of {', '.join(LANGUAGES)}, not {self.language!r}")


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


def write_settings(path: Path, settings: Settings) -> None:
    """Puts settings into a file: all of it, or the file stays as it was.

    Only what differs from the defaults is written, so that a better default of a later version takes effect. A file
    that was refused is kept beside the new one, because somebody may have written it by hand.

    Raises:
        RequestError: the file cannot be written.
    """
    usual = Settings()
    changed = {
        each.name: getattr(settings, each.name)
        for each in fields(Settings)
        if getattr(settings, each.name) != getattr(usual, each.name)
    }
    keys = changed.pop("keys", {})
    lines = [
        "# Written by Spasm Reviewer; what is missing here has its default.",
        *(_line(*each) for each in changed.items()),
    ]
    if keys:
        lines += ["", "[keys]", *(_line(_text(action), key) for action, key in sorted(keys.items()))]
    beside = path.with_name(f"{path.name}.{os.getpid()}.new")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with beside.open("w", encoding="utf-8") as file:
            file.write("\n".join(lines) + "\n")
            file.flush()
            os.fsync(file.fileno())
        if _is_refused(path):
            path.replace(path.with_name(f"{path.stem}.refused{path.suffix}"))
        beside.replace(path)
    except (OSError, UnicodeEncodeError) as error:
        with contextlib.suppress(OSError):
            beside.unlink(missing_ok=True)
        raise RequestError(f"The settings file {path} cannot be written: {error}.") from error


def _is_refused(path: Path) -> bool:
    try:
        read_settings(path)
    except RequestError:
        return path.is_file()
    return False


def _line(name: str, value: Path | str | float | bool) -> str:
    if isinstance(value, bool):
        return f"{name} = {str(value).lower()}"
    return f"{name} = {value!r}" if isinstance(value, int | float) else f"{name} = {_text(str(value))}"


def _text(text: str) -> str:
    # JSON's escapes are all TOML's, too; TOML alone wants the delete character escaped.
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


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
    if kind in (int, str, bool) and type(value) is kind:
        return value
    if kind == dict[str, str] and type(value) is dict and all(type(each) is str for each in value.values()):
        return value
    wanted: dict[Any, str] = {
        int: "a whole number",
        float: "a number",
        str: "a text",
        bool: "true or false",
        dict[str, str]: "a table of texts",
    }
    raise ValueError(f"{key} must be {wanted.get(kind, 'a path')}, not {value!r}")
