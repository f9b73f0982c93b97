import shutil
from dataclasses import replace
from multiprocessing import get_context
from pathlib import Path

import numpy as np
import pytest

from reviewer_app.errors import BundleError, RequestError
from reviewer_app.jobs.control import Control
from reviewer_app.jobs.learn_request import Adapted, AdaptRequest
from reviewer_app.jobs.run import run_job
from reviewer_app.learning.head import read_head
from reviewer_app.store import adaptations, ledger, raters, traces
from tests.jobs import judged


def answer(request: AdaptRequest) -> Adapted:
    job = run_job(request, Control(get_context("spawn")))
    while True:
        try:
            next(job)
        except StopIteration as stop:
            told: Adapted = stop.value
            return told


def begun(folder: Path, bundles: Path, *, verdicts: int) -> AdaptRequest:
    place = judged.place_in(folder)
    with judged.open_at(place) as library:
        number = judged.scanned(library, bundles)
        rater = judged.anna(library)
        judged.judge(library, number, rater, verdicts)
    return AdaptRequest(place, number, rater.rater_id, (bundles,))


def test_verdicts_adapt_the_recording_and_what_beats_the_base_is_kept(tmp_path: Path, bundles: Path) -> None:
    request = begun(tmp_path, bundles, verdicts=40)
    told = answer(request)
    assert told.offered
    assert told.reason == ""
    assert told.verdicts == 40
    assert told.base.value is not None
    assert told.adapted.value is not None
    assert told.adapted.value > told.base.value + 0.2
    assert told.base.count == told.adapted.count > 0
    assert told.gain_per_verdict > 0
    assert told.growth[0][0] == 0
    with judged.open_at(request.library) as library:
        (summary,) = traces.summaries(library)
        kept = adaptations.find(library, summary.trace_id, request.rater_id)
        trace = traces.load(library, summary.trace_id)
        embeddings = traces.embeddings(library, summary.trace_id, range(trace.grid.count))
        assert kept is not None
        assert kept.ledger_head == ledger.head(library, request.recording)
    # The stored head, on the stored embeddings, is what the stored scores say.
    logits = embeddings.astype(np.float64) @ kept.head[:-1] + kept.head[-1]
    np.testing.assert_allclose(kept.scores, 1 / (1 + np.exp(-logits)), atol=2e-3)
    # Spasms that nobody has judged yet stand out now.
    middles = np.arange(trace.grid.count) * trace.grid.stride_seconds + 2.5
    for scores, found in ((trace.scores, False), (kept.scores, True)):
        spasms, others = (
            [
                scores[np.abs(middles - moment).argmin()]
                for moment in judged.MOMENTS[40:]
                if (moment in judged.SPASMS) is kind
            ]
            for kind in (True, False)
        )
        assert bool(min(spasms) > max(others)) is found


def test_equal_input_gives_equal_output(tmp_path: Path, bundles: Path) -> None:
    request = begun(tmp_path, bundles, verdicts=20)
    one, two = answer(request), answer(request)
    assert replace(one, adaptation=0) == replace(two, adaptation=0)
    assert answer(replace(request, seed=1)).base != one.base  # its interval is drawn


def test_too_few_verdicts_are_not_offered_and_the_sentence_says_how_many_are_missing(
    tmp_path: Path, bundles: Path
) -> None:
    request = begun(tmp_path, bundles, verdicts=3)
    told = answer(request)
    assert not told.offered
    assert told.adaptation == 0
    assert told.lacking == (4, 3)
    assert told.reason == "Too few verdicts to test it: give at least 4 more of spasms and 3 more of what is none."
    assert (told.base.value, told.adapted.value, told.sureness) == (None, None, None)
    assert told.teach


def test_without_any_verdict_the_moments_worth_one_are_told(tmp_path: Path, bundles: Path) -> None:
    told = answer(begun(tmp_path, bundles, verdicts=0))
    assert told.verdicts == 0
    assert len(told.teach) > 5


def test_verdicts_of_one_kind_only_behind_the_cut_are_said_so(tmp_path: Path, bundles: Path) -> None:
    request = begun(tmp_path, bundles, verdicts=0)
    with judged.open_at(request.library) as library:
        rater = judged.anna(library)
        for first in [*range(0, 18, 3), *(20, 22, 23, 25, 26, 28)]:  # six spasms, then six that are none
            judged.judge(library, request.recording, rater, 1, first=first)
    assert answer(request).reason.startswith("Early and late in the recording")


def test_another_raters_verdicts_do_not_teach(tmp_path: Path, bundles: Path) -> None:
    request = begun(tmp_path, bundles, verdicts=40)
    with judged.open_at(request.library) as library:
        ben = raters.add(library, "Ben")
    assert answer(replace(request, rater_id=ben.rater_id)).verdicts == 0


def test_what_does_no_better_any_more_is_not_kept_any_longer(tmp_path: Path, bundles: Path) -> None:
    request = begun(tmp_path, bundles, verdicts=40)
    assert answer(request).offered
    with judged.open_at(request.library) as library:
        (summary,) = traces.summaries(library)
        stored = adaptations.find(library, summary.trace_id, request.rater_id)
        assert stored is not None
        ben = raters.add(library, "Ben")
        adaptations.put(library, summary.trace_id, replace(stored, rater_id=ben.rater_id))
    assert not answer(replace(request, rater_id=ben.rater_id)).offered
    with judged.open_at(request.library) as library:
        assert adaptations.find(library, summary.trace_id, ben.rater_id) is None
        assert adaptations.find(library, summary.trace_id, request.rater_id) is not None


def test_what_cannot_be_adapted_is_refused_in_a_sentence(tmp_path: Path, bundles: Path) -> None:
    request = begun(tmp_path, bundles, verdicts=0)
    with pytest.raises(RequestError, match="Recording 9 was not scanned"):
        answer(replace(request, recording=9))
    with pytest.raises(BundleError, match="tiny"):
        answer(replace(request, bundle_folders=(tmp_path,)))
    with judged.open_at(request.library) as library:
        (summary,) = traces.summaries(library)
        traces.delete(library, summary.trace_id)
        judged.scanned(library, bundles, embedded=False)
    with pytest.raises(RequestError, match="Scan it again"):
        answer(request)


def test_altered_weights_are_refused(tmp_path: Path, bundles: Path) -> None:
    request = begun(tmp_path, bundles, verdicts=0)
    altered = shutil.copytree(bundles, tmp_path / "altered")
    with (altered / "tiny" / "weights.safetensors").open("r+b") as file:
        file.seek(-1, 2)
        file.write(b"\xff")
    with pytest.raises(BundleError, match="altered"):
        answer(replace(request, bundle_folders=(altered,)))
    with pytest.raises(BundleError):
        read_head("0" * 64, (bundles,), name="tiny")
