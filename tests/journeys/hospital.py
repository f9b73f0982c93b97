"""A hospital that the starter never saw: clinic phantoms, and a lamp whose light beats with the camera's shutter."""

import shutil
from pathlib import Path

import av
import numpy as np

from reviewer_app.phantom.record import write_phantom
from reviewer_app.phantom.script import PhantomPlan
from reviewer_app.phantom.words import SceneKind

SECONDS = 2400.0
BEAT = 1.3
"""Times a second that the light swells."""
DEPTH = 0.2
"""How much of the light that is."""


def make_night(folder: Path, seed: int, *, seconds: float = SECONDS) -> Path:
    """One infant's night under the lamp, with its truth; made once.

    Returns:
        Its folder.
    """
    plain, lit = folder / "plain" / str(seed), folder / "lit" / str(seed)
    if lit.exists():
        return lit
    if not plain.exists():
        draft = plain.with_name(f"{seed}.part")
        shutil.rmtree(draft, ignore_errors=True)
        scene = SceneKind.CLINIC
        plan = PhantomPlan(
            draft, seconds, seed, scene, files=1, eeg=False, sound=False, size=(320, 240), clusters=3,
            repeats=False, frame_rate=12.5,
        )  # fmt: skip
        for _ in write_phantom(plan):
            pass
        draft.rename(plain)
    draft = lit.with_name(f"{seed}.part")
    shutil.rmtree(draft, ignore_errors=True)
    draft.mkdir(parents=True)
    film = next(plain.glob("*.mp4"))
    film_again(film, draft / f"LAMP-{film.name}", phase=np.random.default_rng(seed).uniform(0, 2 * np.pi))
    for truth in plain.glob("sub-*"):
        shutil.copy(truth, draft)
    draft.rename(lit)
    return lit


def film_again(film: Path, to: Path, *, phase: float) -> None:
    """Copies a film as the lamp shows it."""
    with av.open(film) as source, av.open(to, "w") as copy:
        seen = source.streams.video[0]
        seen.thread_type = "AUTO"
        drawn = copy.add_stream("libx264", rate=seen.average_rate, options={"crf": "24", "preset": "ultrafast"})
        drawn.width, drawn.height, drawn.pix_fmt = seen.width, seen.height, "yuv420p"
        assert seen.time_base is not None
        drawn.time_base = seen.time_base
        for picture in source.decode(seen):
            assert picture.pts is not None
            light = 1 + DEPTH * np.sin(2 * np.pi * BEAT * picture.pts * float(seen.time_base) + phase)
            seen_as = np.clip(np.arange(256) * light, 0, 255).astype(np.uint8)
            planes = picture.to_ndarray(format="yuv420p")
            planes[: seen.height] = seen_as[planes[: seen.height]]
            lit = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            lit.pts, lit.time_base = picture.pts, seen.time_base
            copy.mux(drawn.encode(lit))
        copy.mux(drawn.encode())
