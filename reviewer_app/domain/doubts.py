"""What a person should know before training on a snapshot, in plain words and without anybody's name."""

from collections.abc import Iterator

from reviewer_app.domain.phrases import counted
from reviewer_app.domain.snapshot import Role, Snapshot

FEW_PATIENTS = 5


def doubts_about(snapshot: Snapshot, *, divided: int) -> tuple[str, ...]:
    """The warnings that belong to a snapshot; they follow from it alone.

    Args:
        snapshot: Its own warnings are not looked at.
        divided: Windows that were left out because the raters are divided.
    """
    return tuple(_doubts(snapshot, divided))


def _doubts(snapshot: Snapshot, divided: int) -> Iterator[str]:
    classes, healthy = _classes(snapshot), {source.patient for source in snapshot.sources if source.healthy}
    both = {each for kinds in classes.values() for each in kinds}
    if len(classes) < FEW_PATIENTS:
        yield f"Few patients ({len(classes)}): what a model learns from them may not hold for other infants."
    if both != {True, False}:
        yield (
            "No window without a spasm: a model cannot learn to tell them apart."
            if both == {True}
            else "No window with a spasm: a model cannot learn to tell them apart."
        )
    elif alone := sum(kinds != both for patient, kinds in classes.items() if patient not in healthy):
        yield f"Of {counted(alone, 'patients')} there are windows of one kind only, with or without spasms."
    if any(True in classes.get(patient, ()) for patient in healthy):
        yield "Somebody who is called healthy has windows with a spasm."
    cameras = {source.camera for source in snapshot.sources}
    if len(cameras) == 1 and (camera := cameras.pop()):
        yield f"All pictures are of one kind ({camera}): videos of other cameras may be scored worse."
    if divided:
        yield f"Left out, as the raters are divided: {counted(divided, 'windows')}."
    yield from _missing(snapshot)


def _missing(snapshot: Snapshot) -> Iterator[str]:
    roles = {role for _, role in snapshot.roles}
    recorded = {source.patient for source in snapshot.sources if source.file is None}
    by_night = {role for patient, role in snapshot.roles if patient in recorded}
    if Role.HELD_OUT not in roles:
        yield "Nobody is held out: whether a new bundle is better cannot be told on patients that it has never seen."
    elif Role.HELD_OUT not in by_night:
        yield "Nobody who is held out has a night: there is nothing to compare a new bundle with the current one on."
    if Role.VALIDATE not in roles:
        yield "Nobody validates: a network cannot be calibrated on patients that it was not trained on."
    elif Role.VALIDATE not in by_night:
        yield "Nobody who validates has a night: a new bundle would have no operating points and flag nothing."
    if Role.TRAIN not in roles:
        yield "Nobody trains: all patients are held out."


def _classes(snapshot: Snapshot) -> dict[str, set[bool]]:
    """Which kinds of windows each patient has; True is with a spasm, or perhaps so."""
    found: dict[str, set[bool]] = {}
    for window in snapshot.windows:
        found.setdefault(snapshot.sources[window.source].patient, set()).add(window.target > 0)
    return found
