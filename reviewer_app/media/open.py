"""Opens files or a folder as one recording: which files belong to it, when each was recorded, what lies beside them."""

import stat
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, tzinfo
from pathlib import Path

from reviewer_app.domain.recording import ClockSource, EegFile, Fingerprint, Recording, Segment
from reviewer_app.domain.window import Interval
from reviewer_app.errors import MediaError
from reviewer_app.media.clock import read_container, zone_of
from reviewer_app.media.container import plain_file
from reviewer_app.media.eeg import eeg_file, is_eeg_file, probe_eeg
from reviewer_app.media.headway import Tell, nobody
from reviewer_app.media.identity import fingerprint
from reviewer_app.media.names import read_name
from reviewer_app.media.order import GUESSED, ONLY_A_DAY, Found, Order, Placed, arrange
from reviewer_app.media.probe import LONGEST, probe

VIDEO_SUFFIXES = frozenset(
    (
        *(".mp4", ".m4v", ".mov", ".qt", ".3gp", ".3g2", ".mkv", ".webm", ".avi", ".divx"),
        *(".ts", ".mts", ".m2ts", ".m2t", ".mpg", ".mpeg", ".mod", ".asf", ".wmv"),
    )
)
"""What is looked into in a folder; a file named by the person is looked into whatever its name."""


def open_recording(
    paths: Sequence[Path],
    *,
    patient: str = "",
    start: datetime | None = None,
    time_zone: tzinfo | None = None,
    tell: Tell = nobody,
) -> Recording:
    """Opens a file, several files or a folder as one recording of one patient; nothing is ever written.

    In a folder, hidden files and files of other kinds are passed over, and its sub-folders are looked into only where
    it holds no video itself, one level deep, as on a camera's card. A damaged file among good ones is left out and
    named in the remarks.

    Args:
        paths: Files, folders or both. An EEG file is laid beside the video.
        patient: Pseudonymous id; without it, the one that the EDF+ convention keeps in file names is taken.
        start: When the recording began, where the person knows better than the files.
        time_zone: Where it was recorded; without it, the zone that the files tell, else the computer's.
        tell: Hears of each step: hundreds of files on a slow drive take long, and one may hang.

    Raises:
        MediaError: Nothing there can be used, or the files do not belong together.
    """
    videos, eegs = _gather(paths, tell)
    files, remarks = _look_into(videos, tell)
    insides = [reading.moment for file in files if (reading := read_container(file.probe.tags))]
    zone = time_zone or (start.tzinfo if start else None) or zone_of(insides)
    order = arrange(files, zone=zone)
    segments = _segments(order, given=start is not None)
    began = start or order.placed[0].start
    began = (began if began.tzinfo else began.replace(tzinfo=zone)).astimezone(UTC).astimezone(zone)
    named, notes = _patient(files) if not patient else (patient, ())
    # What the person says about the time needs no apology for a guess.
    about_order = [remark for remark in order.remarks if start is None or remark not in (GUESSED, ONLY_A_DAY)]
    recording = Recording(segments, began, named, (*remarks, *notes, *about_order))
    beside, about = _eeg_files(eegs, recording, tell)
    return replace(recording, eeg=beside, remarks=(*recording.remarks, *_overlap_remark(recording), *about))


def _gather(paths: Sequence[Path], tell: Tell) -> tuple[list[Path], list[Path]]:
    """The video and EEG files that were asked for, each once, in the order found."""
    videos: list[Path] = []
    eegs: list[Path] = []
    for path in paths:
        if _is_folder(path, tell):
            inside = _list(path)
            if not any(_is_video(file, tell) for file in inside):
                inside = [file for folder in inside if _is_folder(folder, tell) for file in _list(folder)]
            found = [file for file in inside if _is_video(file, tell)]
            if not found and len(paths) == 1:
                raise MediaError(f"The folder {path.name} holds no video file; choose the one that does.")
            videos += found
            eegs += [file for file in inside if is_eeg_file(file)]
        elif is_eeg_file(path) and len(paths) > 1:
            eegs.append(path)
        else:
            plain_file(path)  # what the person named must be there, or the open fails
            videos.append(path)
    if not videos:
        raise MediaError("There is no video among what was chosen; choose video files, or a folder that holds some.")
    return list(dict.fromkeys(videos)), list(dict.fromkeys(eegs))


def _is_folder(path: Path, tell: Tell) -> bool:
    tell(path)
    try:
        return stat.S_ISDIR(path.stat().st_mode)
    except (OSError, ValueError):
        return False  # what it is instead is said where it is opened


def _list(folder: Path) -> list[Path]:
    try:
        return sorted(path for path in folder.iterdir() if not path.name.startswith((".", "~", "$")))
    except OSError as error:
        raise MediaError(f"The folder {folder.name} cannot be read ({error.strerror}); is its drive there?") from error


def _is_video(path: Path, tell: Tell) -> bool:
    return path.suffix.lower() in VIDEO_SUFFIXES and not _is_folder(path, tell)


def _look_into(paths: Sequence[Path], tell: Tell) -> tuple[list[Found], list[str]]:
    """The files that can be used, and a remark for each that cannot."""
    files: dict[Fingerprint, Found] = {}
    remarks: list[str] = []
    faults: list[MediaError] = []
    for path in paths:
        tell(path)
        try:
            found = Found(path, fingerprint(path), probe(path, tell=tell))
        except MediaError as error:
            faults.append(error)
            continue
        twin = files.setdefault(found.fingerprint, found)
        if twin is not found:
            remarks.append(f"{path.name} is a copy of {twin.path.name} and is left out.")
        remarks += found.probe.remarks if twin is found else ()
    if not files and len(faults) == 1:
        raise faults[0]
    if not files:
        raise MediaError(f"None of the {len(faults)} files can be used. The first: {faults[0]}") from faults[0]
    return list(files.values()), [f"Left out: {fault}" for fault in faults] + remarks


def _segments(order: Order, *, given: bool) -> tuple[Segment, ...]:
    """Places files on the recording's own clock, which starts with the first of them."""
    zero = order.placed[0].start
    last = max(one.stop for one in order.placed)
    if (last - zero).total_seconds() > LONGEST:
        raise MediaError("The files lie more than 31 days apart; open those of each stay on their own.")
    segments = [_segment(one, (one.start - zero).total_seconds()) for one in order.placed]
    if given:
        segments[0] = replace(segments[0], clock_source=ClockSource.GIVEN)
    return tuple(segments)


def _segment(placed: Placed, start: float) -> Segment:
    probed = placed.file.probe
    return Segment(
        path=placed.file.path,
        fingerprint=placed.file.fingerprint,
        interval=Interval(start, start + probed.seconds),
        first_pts=probed.first_pts,
        picture=probed.picture,
        clock_source=placed.source,
        readable=tuple(Interval(start + span.start, start + span.stop) for span in probed.readable),
        has_sound=probed.has_sound,
    )


def _patient(files: Sequence[Found]) -> tuple[str, tuple[str, ...]]:
    """The id that the EDF+ convention keeps in file names.

    Raises:
        MediaError: The names hold several; two patients must never end in one recording.
    """
    names = [read_name(file.path.stem) for file in files]
    patients = {name.patient for name in names if name is not None and name.patient}
    if len(patients) > 1:
        raise MediaError(
            f"The files belong to {len(patients)} patients by their names; open each patient on their own."
        )
    if not patients:
        return "", ()
    return patients.pop(), ("The patient id is taken from the file names.",)


def _overlap_remark(recording: Recording) -> tuple[str, ...]:
    doubled = sum(interval.seconds for interval in recording.overlaps)
    if doubled <= 1:
        return ()
    return (f"For {doubled:.0f} s two files claim the same time; the one that began earlier is shown and scored.",)


def _eeg_files(paths: Sequence[Path], recording: Recording, tell: Tell) -> tuple[tuple[EegFile, ...], list[str]]:
    """The EEG that lies beside the video; one that cannot be read or placed becomes a remark."""
    beside: list[EegFile] = []
    remarks: list[str] = []
    for path in paths:
        tell(path)
        try:
            found = eeg_file(probe_eeg(path), recording_start=recording.start, fingerprint=fingerprint(path))
        except MediaError as error:
            remarks.append(f"Left out: {error}")
            continue
        if found.start < recording.seconds and found.start + found.seconds > 0:
            beside.append(found)
        else:
            remarks.append(f"Left out: {path.name} was recorded at another time than the video, by its own clock.")
    return tuple(sorted(beside, key=lambda file: file.start)), remarks
