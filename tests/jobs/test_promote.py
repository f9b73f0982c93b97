"""Promotion and the way back: all or nothing, whatever happens in between."""

import json
import os
import pickle
import shutil
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from reviewer_app.errors import BundleError, RequestError
from reviewer_app.jobs.bundles import facts_of
from reviewer_app.jobs.compare import identity_of
from reviewer_app.jobs.current import current_bundle
from reviewer_app.jobs.learn_request import Comparison, ListPromotions, Paired, PromoteRequest, RollbackRequest
from reviewer_app.jobs.request import Compute, LibraryPlace, ScanRequest
from reviewer_app.learning.bundle import WEIGHTS, Bundle, read_bundle
from reviewer_app.store import promotions, raters
from tests.bundles_maker import make_bundles
from tests.conftest import FilmMaker
from tests.jobs.test_compare import a_pickle, cut_a_weight, flip, no_numbers, other_scores
from tests.jobs.trials import done, make_bundle, opened, starter_of

ROOT = Path(__file__).parents[2]


@pytest.fixture
def place(tmp_path: Path) -> LibraryPlace:
    place = LibraryPlace(tmp_path / "library", tmp_path / "keys")
    opened(place).close()
    return place


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = make_bundles(tmp_path / "bundles")
    make_bundle(folder / "candidate", base=starter_of(folder), snapshot="e" * 64)
    return folder


def comparison(current: Bundle, candidate: Bundle, **changes: object) -> Comparison:
    """What a comparison may have said."""
    figure = Paired("spasms found", 0.5, 0.7, 0.2, 0.1, 0.3, 8)
    told = Comparison(facts_of(current), facts_of(candidate), (figure,), 8, 60.0, "better", True, "")
    told = replace(told, **changes)  # type: ignore[arg-type]
    return replace(told, identity=identity_of(told))


def won(folder: Path, candidate: str = "candidate", *, against: str = "tiny", **changes: object) -> Comparison:
    return comparison(read_bundle(folder / against), read_bundle(folder / candidate), **changes)


def current_name(place: LibraryPlace, folder: Path, patient: str = "") -> str:
    with opened(place) as library:
        return current_bundle(library, (folder,), default="tiny", patient=patient).name


def test_the_candidate_is_current_after_its_promotion_and_the_comparison_is_kept(
    place: LibraryPlace, folder: Path
) -> None:
    assert current_name(place, folder) == "tiny"
    with opened(place) as library:
        anna = raters.add(library, "Anna")
    request = PromoteRequest(place, won(folder), rater=anna)
    answer = done(pickle.loads(pickle.dumps(request)))[1]
    assert (answer.current, answer.replaced, answer.decision) == ("candidate", "tiny", "promote")
    assert current_name(place, folder) == "candidate"
    with opened(place) as library:
        (kept,) = promotions.history(library)
    facts = json.loads(kept.facts)
    assert facts["figures"][0]["difference"] == 0.2
    assert str(folder) not in kept.facts
    assert kept.rater_id == anna.rater_id


def test_a_scan_for_which_nobody_names_a_bundle_takes_the_promoted_one(
    place: LibraryPlace, folder: Path, film: FilmMaker
) -> None:
    done(PromoteRequest(place, won(folder)))
    path, compute = film(frames=60, fps=10), Compute(device="torch", threads=1)
    request = ScanRequest((path,), place, "tiny", (folder,), compute=compute)
    assert done(replace(request, by_default=True))[1].bundle_name == "candidate"
    assert done(request)[1].bundle_name == "tiny"


def test_a_candidate_that_is_not_taken_is_noted_and_changes_nothing(place: LibraryPlace, folder: Path) -> None:
    answer = done(PromoteRequest(place, won(folder, may_be_promoted=False), keep_current=True))[1]
    assert (answer.current, answer.decision) == ("tiny", "keep")
    assert current_name(place, folder) == "tiny"


def test_each_rollback_goes_one_promotion_back_until_there_is_none(place: LibraryPlace, folder: Path) -> None:
    make_bundle(folder / "second", base=starter_of(folder), seed=9)
    done(PromoteRequest(place, won(folder)))
    done(PromoteRequest(place, won(folder, "second", against="candidate")))
    assert current_name(place, folder) == "second"
    assert done(RollbackRequest(place, (folder,)))[1].current == "candidate"
    assert done(RollbackRequest(place, (folder,)))[1].current == "tiny"
    assert current_name(place, folder) == "tiny"
    with pytest.raises(RequestError, match="nothing to roll back"):
        done(RollbackRequest(place, (folder,)))
    decisions = [each.decision for each in done(ListPromotions(place))[1]]
    assert decisions == ["rollback", "rollback", "promote", "promote"]


def test_a_rollback_to_a_bundle_that_is_gone_or_damaged_changes_nothing(place: LibraryPlace, folder: Path) -> None:
    done(PromoteRequest(place, won(folder)))
    flip(folder / "tiny" / WEIGHTS)
    with pytest.raises(BundleError, match="altered"):
        done(RollbackRequest(place, (folder,)))
    shutil.rmtree(folder / "tiny")
    with pytest.raises(BundleError, match="not on this machine"):
        done(RollbackRequest(place, (folder,)))
    assert current_name(place, folder) == "candidate"


def test_what_a_comparison_forbids_is_refused_in_its_own_words(place: LibraryPlace, folder: Path) -> None:
    with pytest.raises(RequestError, match=r"^No later time\.$"):
        done(PromoteRequest(place, won(folder, may_be_promoted=False, advice="No later time.")))
    assert current_name(place, folder) == "tiny"


def test_an_altered_comparison_promotes_nothing(place: LibraryPlace, folder: Path) -> None:
    forbidden = won(folder, may_be_promoted=False)
    with pytest.raises(RequestError, match="not as it was made"):
        done(PromoteRequest(place, replace(forbidden, may_be_promoted=True)))
    assert current_name(place, folder) == "tiny"


def test_a_comparison_with_a_bundle_that_is_not_current_any_more_promotes_nothing(
    place: LibraryPlace, folder: Path
) -> None:
    make_bundle(folder / "second", base=starter_of(folder), seed=9)
    done(PromoteRequest(place, won(folder)))
    with pytest.raises(RequestError, match="candidate is the current bundle by now"):
        done(PromoteRequest(place, won(folder, "second")))
    assert current_name(place, folder) == "candidate"


def test_another_bundle_in_the_candidate_s_place_is_not_promoted(place: LibraryPlace, folder: Path) -> None:
    compared = won(folder)
    shutil.rmtree(folder / "candidate")
    make_bundle(folder / "candidate", base=starter_of(folder), seed=10)
    with pytest.raises(BundleError, match="another one than was meant"):
        done(PromoteRequest(place, compared))
    assert current_name(place, folder) == "tiny"


def test_a_bundle_of_one_patient_is_current_for_that_patient_alone(place: LibraryPlace, folder: Path) -> None:
    done(PromoteRequest(place, won(folder, patient="P7")))
    assert current_name(place, folder, "P7") == "candidate"
    assert current_name(place, folder, "P8") == "tiny"
    make_bundle(folder / "second", base=starter_of(folder), seed=9)
    done(PromoteRequest(place, won(folder, "second")))  # its rival is still the one for everybody
    assert current_name(place, folder, "P8") == "second"
    assert done(RollbackRequest(place, (folder,)))[1].current == "tiny"  # P7's own bundle was never everybody's
    assert current_name(place, folder, "P8") == "tiny"
    assert current_name(place, folder, "P7") == "candidate"
    assert done(RollbackRequest(place, (folder,)))[1].current == "tiny"
    assert current_name(place, folder, "P7") == "tiny"


def test_a_rollback_brings_back_what_scanned_and_not_what_was_once_kept(place: LibraryPlace, folder: Path) -> None:
    make_bundle(folder / "second", base=starter_of(folder), seed=9)
    done(PromoteRequest(place, won(folder, "second"), keep_current=True))
    # Then the settings named another bundle, which scanned until a candidate was better.
    make_bundle(folder / "by-settings", base=starter_of(folder), seed=11)
    answer = done(PromoteRequest(place, won(folder, against="by-settings")))[1]
    assert (answer.current, answer.replaced) == ("candidate", "by-settings")
    assert done(RollbackRequest(place, (folder,)))[1].current == "by-settings"
    assert current_name(place, folder) == "by-settings"


def test_a_promoted_bundle_that_is_gone_is_missed_in_words(place: LibraryPlace, folder: Path) -> None:
    done(PromoteRequest(place, won(folder)))
    shutil.rmtree(folder / "candidate")
    with pytest.raises(BundleError, match=r"candidate .* which this library uses, is not on this machine"):
        current_name(place, folder)


@pytest.mark.parametrize("spoil", [flip, cut_a_weight, no_numbers, other_scores, a_pickle])
def test_a_candidate_spoilt_after_the_comparison_is_not_promoted(
    place: LibraryPlace, folder: Path, tmp_path: Path, spoil: Callable[[Path], None]
) -> None:
    compared = won(folder)
    spoil(folder / "candidate" / WEIGHTS)
    with pytest.raises(BundleError):
        done(PromoteRequest(place, compared))
    assert not (tmp_path / "marker").exists()
    assert current_name(place, folder) == "tiny"


KILLS = """
import os, pickle, random, signal, sys, time
from pathlib import Path
from reviewer_app.store import promotions
from tests.jobs.trials import done, opened

place, ways = pickle.loads(Path(sys.argv[1]).read_bytes())
chance = random.Random(3)

def go_on(past):
    there = bool(promotions.promoted(past))
    while True:
        done(ways[there])
        there = not there

seen = []
for _ in range(8):
    with opened(place) as library:
        past = promotions.history(library)
    child = os.fork()
    if child == 0:
        go_on(past)
    time.sleep(chance.uniform(0.02, 1.0))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    with opened(place) as library:
        library.check()
        after = promotions.history(library)
    assert after[: len(past)] == past
    names = [each.bundle_name for each in after]
    assert names == [("candidate", "tiny")[i % 2] for i in range(len(names))], names
    seen.append(len(after))
print(seen[-1])
"""


@pytest.mark.skipif(os.name != "posix", reason="forks and kills")
def test_a_kill_at_any_moment_leaves_one_of_the_two_bundles_current(
    place: LibraryPlace, folder: Path, tmp_path: Path
) -> None:
    ways = {False: PromoteRequest(place, won(folder)), True: RollbackRequest(place, (folder,))}
    (tmp_path / "ways").write_bytes(pickle.dumps((place, ways)))
    call = [sys.executable, "-c", KILLS, str(tmp_path / "ways")]
    ended = subprocess.run(call, cwd=ROOT, capture_output=True, text=True, timeout=280, check=False)
    assert ended.returncode == 0, ended.stderr
    assert current_name(place, folder) in ("candidate", "tiny")
