"""The loop on a hospital that the starter never saw: ``python -m tests.journeys.loop --to FOLDER``.

A scripted reader gives verdicts in the real window, then two things are measured: what the instant adaptation makes of
the first 5, 20 and 50 of them, and what fine-tuning on three infants makes of others. Every step is kept in the folder
and not repeated. Twenty nights of 40 minutes, in which no second repeats, take two hours on two cores.
"""

import argparse
import json
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import accumulate, takewhile
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from reviewer_app import paths
from reviewer_app.domain.annotation import Action, Matter, Rater
from reviewer_app.domain.event import event_curve, pick_events
from reviewer_app.domain.ledger import Labels
from reviewer_app.domain.recipe import SMALL, Change, Recipe
from reviewer_app.domain.snapshot import Role, Snapshot, SnapshotRules
from reviewer_app.domain.window import Interval, subtract
from reviewer_app.evaluation.graded import Graded, grade
from reviewer_app.gui import wording
from reviewer_app.gui.bench.booth import do_without_a_screen, keep_off_the_key_ring, open_window
from reviewer_app.jobs import adapt
from reviewer_app.jobs.learn_request import AdaptRequest, CompareRequest, FinetuneRequest, MakeSnapshot
from reviewer_app.jobs.message import Learning, Remark
from reviewer_app.jobs.nights import FLOOR, Trial
from reviewer_app.jobs.process import supervise
from reviewer_app.jobs.request import Asks, LibraryPlace, ScanRequest
from reviewer_app.jobs.trial_scan import TrialScanner
from reviewer_app.learning.bundle import find_bundle, load_bundle
from reviewer_app.settings import Settings
from reviewer_app.store import ledger, raters, recordings, snapshots
from reviewer_app.store.library import Library
from tests.journeys.hospital import make_night
from tests.journeys.reader import CUT, Reader, Truth
from tests.journeys.stage import library_of, place_in, start_in

Answer = TypeVar("Answer")

TAUGHT = (501, 502, 503)
VALIDATED = (504, 511)
HELD_OUT = tuple(range(512, 527))
INFANTS = TAUGHT + VALIDATED + HELD_OUT
VERDICTS = (5, 20, 50)
FLAGS = 80
"""So many that there are as many verdicts to give."""
RATES = (1.0, 3.0, 6.0)
"""False alarms an hour."""
LEAST_REST = 300.0
"""Seconds that must be left of a night after the verdicts for it to count."""
DRAWS = 2000


@dataclass(frozen=True, slots=True)
class Ward:
    """Where everything lies."""

    folder: Path

    @property
    def place(self) -> LibraryPlace:
        return place_in(self.folder)

    @property
    def bundles(self) -> tuple[Path, ...]:
        return (*paths.bundle_folders()[:1], self.folder / "bundles")

    def night(self, infant: int) -> Path:
        return self.folder / "lit" / str(infant)

    def truth(self, library: Library, infant: int) -> Truth:
        number = numbers(library)[infant]
        return Truth.of(self.night(infant), seconds=recordings.load(library, number).seconds)


def numbers(library: Library) -> dict[int, int]:
    """The library's numbers of the infants' recordings."""
    return {int(each.patient): each.recording_id for each in recordings.summaries(library)}


def scan(ward: Ward, infants: Sequence[int]) -> None:
    """Makes and scans the nights."""
    for infant in infants:
        films = tuple(make_night(ward.folder, infant).glob("*.mp4"))
        for _ in supervise(ScanRequest(films, ward.place, "starter", ward.bundles, patient=str(infant))):
            pass
        say(infant, "scanned")


def read(ward: Ward, infants: Sequence[int]) -> None:
    """Goes through the nights in the window: so many verdicts by keys, then the rest of the night."""
    with library_of(ward.place) as library:
        known = numbers(library)
        waiting = {each: ward.truth(library, each) for each in infants if not ledger.load(library, known[each])}
    start = start_in(ward.folder, *ward.bundles, settings=Settings(rater="Exact", language="en"))
    with open_window(start) as (window, _):
        for infant, truth in waiting.items():
            reader = Reader(window, known[infant], truth)
            reader.lower_the_point(FLAGS)
            reader.judge(max(VERDICTS), missed=True)
            reader.finish()
            say(infant, reader.judged, "verdicts by", round(reader.last_judged), "s")


@dataclass(frozen=True, slots=True)
class Pair:
    """One infant's time, graded with the bundle's own scores and with others."""

    base: Graded
    other: Graded


def sensitivity(nights: Sequence[Graded], rate: float) -> float:
    """Share of all spasms found, with the bar where the nights together have so many false alarms an hour."""
    false = sorted((peak for night in nights for peak in night.false_peaks), reverse=True)
    allowed = int(rate * sum(night.hours for night in nights) + 1e-9)
    bar = false[allowed] if len(false) > allowed else 0.0
    return float(np.mean([peak > bar for night in nights for peak in night.spasm_peaks]))


def told(pairs: Sequence[Pair], seed: int = 0) -> dict[str, object]:
    """How many spasms are found before and after, with the difference's interval from drawing infants anew.

    Both as the mean over infants, the bar where that infant's night has so many false alarms an hour, and pooled, with
    one bar for all nights, which the loudest false alarms of a few infants may set.
    """
    sizes = len(pairs)
    draws = np.random.default_rng(seed).integers(sizes, size=(DRAWS, sizes))
    found: dict[str, object] = {
        "infants": sizes,
        "hours": round(sum(each.base.hours for each in pairs), 2),
        "spasms": sum(len(each.base.spasm_peaks) for each in pairs),
    }
    for rate in RATES:

        def both(chosen: Sequence[Pair], rate: float = rate) -> tuple[float, float]:
            before, after = ([getattr(each, name) for each in chosen] for name in ("base", "other"))
            return sensitivity(before, rate), sensitivity(after, rate)

        alone = np.array([both([each]) for each in pairs])
        found[f"at {rate:g}/h, mean"] = _in_words(alone.mean(axis=0), alone[draws].mean(axis=1))
        found[f"at {rate:g}/h, pooled"] = _in_words(
            np.array(both(pairs)), np.array([both([pairs[i] for i in draw]) for draw in draws])
        )
    return found


def _in_words(found: NDArray[np.float64], drawn: NDArray[np.float64]) -> str:
    """Before and after (2,), and the difference with its interval from draws of both (draws, 2)."""
    low, high = np.quantile(drawn[:, 1] - drawn[:, 0], (0.025, 0.975))
    return f"{found[0]:.3f} -> {found[1]:.3f} ({found[1] - found[0]:+.3f}, {low:.3f} to {high:.3f})"


def adapted(ward: Ward, infants: Sequence[int]) -> dict[str, object]:
    """What the first verdicts on a night make of the rest of it."""
    found: dict[str, object] = {}
    with library_of(ward.place) as library:
        exact = next(each for each in raters.all_raters(library) if each.name == "Exact")
        matters = {infant: matter_of(ward, library, infant, exact) for infant in infants}
        truths = {infant: ward.truth(library, infant) for infant in infants}
        actions = {infant: ledger.load(library, numbers(library)[infant]) for infant in infants}
    for count in VERDICTS:
        rest, offered = [], 0
        for infant, matter in matters.items():
            early = Labels.of(first_verdicts(actions[infant], count))
            since = max(each.interval.stop for each in early.annotations) + CUT
            if len(early.annotations) < count or since > truths[infant].seconds - LEAST_REST:
                continue
            said = Labels.of((*first_verdicts(actions[infant], count), read_until(since, exact)))
            outcome = adapt.outcome_of(replace(matter, labels=said), request_of(ward, 0, exact))
            held = outcome.examination.held
            offered += bool(held and held.is_better)
            base = graded(matter, truths[infant], since=since)
            rest.append(Pair(base, graded(matter, truths[infant], outcome.adaptation.scores, since=since)))
        found[f"{count} verdicts"] = told(rest) | {"offered by the window": f"{offered} of {len(rest)}"}
        say(count, json.dumps(found[f"{count} verdicts"], indent=1))
    return found


def matter_of(ward: Ward, library: Library, infant: int, rater: Rater) -> adapt.Matter:
    return adapt.matter_of(library, request_of(ward, numbers(library)[infant], rater))


def request_of(ward: Ward, number: int, rater: Rater) -> AdaptRequest:
    assert rater.rater_id is not None
    return AdaptRequest(ward.place, number, rater.rater_id, ward.bundles)


def first_verdicts(actions: Sequence[Action], count: int) -> tuple[Action, ...]:
    """What had been done when so many verdicts were given."""
    given = accumulate(any(each.matter is Matter.ANNOTATION for each in action.alterations) for action in actions)
    within = takewhile(lambda pair: pair[1] <= count, zip(actions, given, strict=True))
    return tuple(action for action, _ in within)


def read_until(second: float, rater: Rater) -> Action:
    """All up to there is finalised, as the reader has named every spasm on the way."""
    spans = wording.spans(Matter.FINALISED, (Interval(0.0, second),))
    return Action(wording.new_key(), rater, spans, datetime.now(UTC).isoformat(timespec="milliseconds"))


def graded(matter: adapt.Matter, truth: Truth, scores: np.ndarray | None = None, *, since: float = 0.0) -> Graded:
    """A night at every threshold, from a second on; with the bundle's own scores unless others are given."""
    trace = matter.trace
    if scores is not None:
        seen = np.isfinite(trace.scores)
        trace = replace(trace, scores=np.where(seen, scores, np.nan).astype(np.float32))
    cuts = [Interval(max(0.0, cut - CUT), cut + CUT) for cut in truth.cuts]
    analysable = subtract((Interval(since, truth.seconds),), cuts)
    return grade(truth.spasms, pick_events(event_curve(trace), FLOOR), analysable=analysable)


def tuned(ward: Ward, name: str, recipe: Recipe) -> dict[str, object]:
    """Trains on three infants, validates on two, and compares on seven others."""
    roles = [(str(each), Role.HELD_OUT) for each in HELD_OUT] + [(str(each), Role.VALIDATE) for each in VALIDATED]
    with library_of(ward.place) as library:
        if not snapshots.all_snapshots(library):
            snapshots.put(library, Snapshot(SnapshotRules(), (), (), tuple(sorted(roles))), name="roles")
    facts = ended(MakeSnapshot(ward.place, "lamp", SnapshotRules(negatives=6.0)))
    say(sorted(facts.snapshot.roles), len(facts.snapshot.windows), facts.snapshot.warnings)
    trained = ended(
        FinetuneRequest(
            ward.place, facts.identity, name, "starter", ward.bundles, ward.bundles[-1],
            recipe, fresh_head=False, keep_clips=True,
        )
    )  # fmt: skip
    say(trained)
    comparison = ended(CompareRequest(ward.place, name, "starter", ward.bundles))
    with library_of(ward.place) as library:
        base, other = (held_out(ward, library, each) for each in ("starter", name))
    return {
        "spasms": told([Pair(*each) for each in zip(base, other, strict=True)]),
        "epochs": trained.epochs,
        "minutes": round(trained.seconds / 60, 1),
        "advice": comparison.advice,
        "figures": [[each.what, each.current, each.candidate, each.low, each.high] for each in comparison.figures],
    }


def held_out(ward: Ward, library: Library, bundle: str) -> list[Graded]:
    """The held-out nights at every threshold; the comparison has scored them already."""
    known = numbers(library)
    scanner = TrialScanner(load_bundle(find_bundle(bundle, ward.bundles)))
    job = Trial(scanner, library).nights([known[each] for each in HELD_OUT])
    while True:
        try:
            next(job)
        except StopIteration as end:
            return [night.graded() for night in end.value]


def ended(request: Asks[Answer]) -> Answer:
    """The answer to a request; what is heard on the way is told."""
    work = supervise(request)
    while True:
        try:
            message = next(work)
        except StopIteration as end:
            answer: Answer = end.value
            return answer
        if isinstance(message, Remark) or (isinstance(message, Learning) and message.validation):
            say(message)


def say(*words: object) -> None:
    """Told at once, as a step takes long."""
    print(*words, flush=True)  # noqa: T201


def changed(values: dict[str, Any]) -> Recipe:
    """The recipe for few patients with other values."""
    if "changes" in values:
        values = values | {"changes": tuple(map(Change, values["changes"]))}
    return replace(SMALL, **values)


def main() -> None:
    """Does what is asked, step after step."""
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--to", type=Path, required=True)
    asked.add_argument("--only", choices=("scan", "read", "adapt", "tune"))
    asked.add_argument("--infants", type=int, default=len(INFANTS), help="only the first so many, for a quick look")
    asked.add_argument("--name", default="lamp-1", help="of the bundle that is trained")
    asked.add_argument("--change", type=json.loads, default={}, help="of the recipe, as JSON")
    words = asked.parse_args()
    do_without_a_screen()
    keep_off_the_key_ring()
    ward, infants = Ward(words.to.resolve()), INFANTS[: words.infants]
    steps = {
        "scan": lambda: scan(ward, infants),
        "read": lambda: read(ward, infants),
        "adapt": lambda: adapted(ward, infants),
        "tune": lambda: tuned(ward, words.name, changed(words.change)),
    }
    for name, step in steps.items():
        if words.only in (None, name) and (found := step()) is not None:
            (ward.folder / f"{name}-{words.name}.json").write_text(json.dumps(found, indent=1))
            say(json.dumps(found, indent=1))


if __name__ == "__main__":
    main()
