"""Makes a phantom night: draws its shots in several processes, joins them into files, writes EEG and truth."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor, wait
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from fractions import Fraction
from math import ceil
from multiprocessing import get_context
from pathlib import Path
from shutil import disk_usage
from typing import Final

import av
from av.container import OutputContainer
from av.packet import Packet
from av.stream import Stream

from reviewer_app.errors import RequestError
from reviewer_app.phantom.eeg import write_eeg
from reviewer_app.phantom.encode import CLOCK, SOUND_FRAME, EncodedPiece, Piece, encode_piece, set_up_video
from reviewer_app.phantom.scene import ShotPlan
from reviewer_app.phantom.script import NightScript, PhantomPlan, ScriptFile, Take, write_script
from reviewer_app.phantom.sound import SOUND_RATE
from reviewer_app.phantom.truth import TruthEvent, truth_of, truth_path, write_truth

_PIECE_SECONDS: Final = 24.0  # short, as closing the generator waits for the pieces being drawn
_JOINING: Final = 0.01  # the work of joining a second, where drawing one is 1
_BYTES_PER_PIXEL: Final = 0.25  # of one second of video, more than a phantom ever needs
_MONTHS: Final = ("JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC")


@dataclass(frozen=True, slots=True)
class PhantomProgress:
    """How much of the work is done."""

    done: float
    total: float


@dataclass(frozen=True, slots=True)
class PhantomNight:
    """A finished phantom: what was written, and what is true of it."""

    patient: str
    start: datetime  # wall clock at 0 s, without a zone
    seconds: float  # gaps included
    files: tuple[Path, ...]
    eeg: Path | None
    truth: Path
    events: tuple[TruthEvent, ...]


def write_phantom(plan: PhantomPlan) -> Iterator[PhantomProgress | PhantomNight]:
    """Says twice a second how far drawing is, then once a shot and EEG channel; gives the night at the end.

    Closing it cancels, once the pieces being drawn are done.

    Raises:
        RequestError: The folder cannot be written or has no room.
    """
    script = write_script(plan)
    _check_folder(plan)
    pieces = _pieces(plan, script)
    total = sum(piece.seconds for piece in pieces) + _JOINING * script.seconds
    done = 0.0
    encoded: dict[Piece, EncodedPiece] = {}
    for piece, result in _encode_all(pieces, plan.workers):
        if result is not None:
            encoded[piece] = result
            done += piece.seconds
        yield PhantomProgress(done, total)
    files = []
    for file in script.files:
        path = plan.to / video_name(plan, script.patient, script.start + timedelta(seconds=file.start))
        for _ in _join(plan, script, file, encoded, path):
            yield PhantomProgress(done, total)
        files.append(path)
        done += _JOINING * (file.stop - file.start)
    events = truth_of(script)
    eeg = None
    if plan.eeg:
        eeg = plan.to / eeg_name(script)
        for _ in write_eeg(eeg, script, events, seed=plan.seed):
            yield PhantomProgress(done, total)
    truth = truth_path(plan.to, script.patient)
    write_truth(truth, events)
    yield PhantomNight(script.patient, script.start, script.seconds, tuple(files), eeg, truth, events)


def video_name(plan: PhantomPlan, patient: str, start: datetime) -> str:
    """Names a file as its camera would: by the EDF+ convention in a ward, as a phone does elsewhere."""
    if plan.hand_held:
        return f"VID_{start:%Y%m%d_%H%M%S}.{plan.container}"
    return f"{patient}_{_edf_time(start)}_Video.{plan.container}"


def eeg_name(script: NightScript) -> str:
    """Names the EEG file by the EDF+ convention, with the start of the recording it belongs to."""
    return f"{script.patient}_{_edf_time(script.start)}.edf"


def _edf_time(moment: datetime) -> str:
    # Not by strftime, whose months follow the language of the system.
    date = f"{moment.day:02d}-{_MONTHS[moment.month - 1]}-{moment.year}"
    return f"{date}_{moment:%Hh%Mm%S}.{moment.microsecond // 100:04d}s"


def _check_folder(plan: PhantomPlan) -> None:
    width, height = plan.picture_size
    needed = plan.seconds * width * height * _BYTES_PER_PIXEL
    try:
        plan.to.mkdir(parents=True, exist_ok=True)
        probe = plan.to / ".phantom.part"
        probe.touch()
        probe.unlink()
        free = disk_usage(plan.to).free
    except OSError as error:
        raise RequestError(f"The folder {plan.to} cannot be written: {error.strerror or error}.") from error
    if free < needed:
        raise RequestError(
            f"The phantom may need {needed / 1e9:.1f} GB, but {plan.to} has {free / 1e9:.1f} GB; free some space."
        )


def _pieces(plan: PhantomPlan, script: NightScript) -> tuple[Piece, ...]:
    """Every piece once, in the order in which it is first shown."""
    shots = dict.fromkeys(take.shot for take in script.takes)
    return tuple(piece for shot in shots for piece in shot_pieces(plan, shot))


def shot_pieces(plan: PhantomPlan, shot: ShotPlan) -> tuple[Piece, ...]:
    """Divides a shot for the processes that draw it."""
    return tuple(
        Piece(
            shot,
            first=i * _PIECE_SECONDS,
            seconds=min(_PIECE_SECONDS, shot.seconds - i * _PIECE_SECONDS),
            size=plan.picture_size,
            hand_held=plan.hand_held,
            sound=plan.sound,
            frame_rate=plan.pictures_a_second,
        )
        for i in range(ceil(shot.seconds / _PIECE_SECONDS - 1e-9))
    )


def _encode_all(pieces: Iterable[Piece], workers: int) -> Iterator[tuple[Piece, EncodedPiece | None]]:
    """Gives pieces as they are ready, and twice a second one without its result."""
    # One worker is a thread: it spares the seconds that a process needs to start, and still leaves us free to report.
    spawn = get_context("spawn")
    executor = ThreadPoolExecutor(1) if workers == 1 else ProcessPoolExecutor(workers, mp_context=spawn)
    try:
        waiting: dict[Future[EncodedPiece], Piece] = {executor.submit(encode_piece, piece): piece for piece in pieces}
        while waiting:
            ready, _ = wait(waiting, timeout=0.5, return_when="FIRST_COMPLETED")
            for future in ready:
                yield waiting.pop(future), future.result()
            if not ready:
                yield next(iter(waiting.values())), None
    finally:
        executor.shutdown(cancel_futures=True)


def _join(
    plan: PhantomPlan, script: NightScript, file: ScriptFile, encoded: Mapping[Piece, EncodedPiece], path: Path
) -> Iterator[None]:
    """Writes one video file without compressing anything again; a file that is not finished does not stay."""
    unfinished = path.with_name(path.name + ".part")
    try:
        with av.open(str(unfinished), "w", format={"mp4": "mp4", "mkv": "matroska"}[plan.container]) as container:
            begun = (script.start + timedelta(seconds=file.start)).astimezone(UTC)
            container.metadata["creation_time"] = f"{begun:%Y-%m-%dT%H:%M:%S.%f}Z"
            put_picture, put_sound = _tracks(container, shot_pieces(plan, file.takes[0].shot)[0])
            for take in file.takes:
                _show(plan, take, encoded, take.start - file.start, put_picture, put_sound)
                yield
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)


PutPicture = Callable[[float, bytes, bool], None]
PutSound = Callable[[bytes], None]


def _tracks(container: OutputContainer, piece: Piece) -> tuple[PutPicture, PutSound]:
    """Opens the tracks of a file; they get their headers from encoders that never encode."""
    video = container.add_stream("libx264", rate=Fraction(piece.frame_rate))
    set_up_video(video.codec_context, piece)
    video.time_base = CLOCK
    if piece.upright:
        video.set_display_rotation(-90)
    sound = None
    if piece.sound:
        sound = container.add_stream("aac", rate=SOUND_RATE, layout="mono")
    heard = 0

    def put_picture(time: float, data: bytes, is_key: bool) -> None:
        packet = _packet(data, video, round(time / CLOCK), CLOCK)
        packet.is_keyframe = is_key
        packet.duration = round(1 / piece.frame_rate / CLOCK)
        container.mux(packet)

    def put_sound(data: bytes) -> None:
        nonlocal heard
        assert sound is not None
        packet = _packet(data, sound, heard * SOUND_FRAME, Fraction(1, SOUND_RATE))
        packet.is_keyframe, packet.duration = True, SOUND_FRAME
        container.mux(packet)
        heard += 1

    return put_picture, put_sound


def _packet(data: bytes, stream: Stream, time: int, unit: Fraction) -> "Packet[Stream]":
    packet: Packet[Stream] = Packet(data)
    packet.stream, packet.pts, packet.dts, packet.time_base = stream, time, time, unit
    return packet


def _show(
    plan: PhantomPlan,
    take: Take,
    encoded: Mapping[Piece, EncodedPiece],
    start: float,
    put_picture: PutPicture,
    put_sound: PutSound,
) -> None:
    """Adds one take to a file, pictures and sound in turns as they fall due."""
    for piece in shot_pieces(plan, take.shot):
        seconds = min(piece.seconds, take.seconds - piece.first)
        if seconds <= 0:
            return
        ready = encoded[piece]
        sounds = ready.sounds[: int(seconds * SOUND_RATE) // SOUND_FRAME]
        put = 0
        for picture in ready.pictures:
            if picture.time >= seconds - 1e-6:
                break
            put_picture(start + piece.first + picture.time, picture.data, picture.is_key)
            while put < len(sounds) and put * SOUND_FRAME <= picture.time * SOUND_RATE:
                put_sound(sounds[put])
                put += 1
        for rest in sounds[put:]:
            put_sound(rest)
