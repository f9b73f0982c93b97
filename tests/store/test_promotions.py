"""Which bundle is current: a history that only grows, and what a kill leaves of it."""

import json
import os
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.errors import StoreError
from reviewer_app.store import promotions, raters
from reviewer_app.store.keys import KeyFile
from reviewer_app.store.library import Library
from reviewer_app.store.promotions import Current, Decision, Promotion
from tests.store import processes


def promotion(bundle: str, replaced: str, *, decision: Decision = Decision.PROMOTE, patient: str = "") -> Promotion:
    """A line whose identities follow from the names."""
    facts = json.dumps({"patient": patient} if patient else {})
    candidate = replaced if decision is Decision.ROLL_BACK else bundle
    return Promotion(decision, bundle * 8, bundle, replaced * 8, replaced, candidate * 8, facts)


def test_without_a_promotion_no_bundle_is_current(library: Library) -> None:
    assert promotions.history(library) == ()
    assert promotions.current(()) is None


def test_what_was_promoted_is_current_and_stays_in_the_history(library: Library) -> None:
    anna = raters.add(library, "Anna")
    kept = promotions.append(library, replace(promotion("b", "a"), rater_id=anna.rater_id))
    assert kept.made_at.endswith("+00:00")
    assert promotions.history(library) == (kept,)
    assert promotions.current(promotions.history(library)) == Current("b" * 8, "b")


def test_keeping_the_current_bundle_before_any_promotion_leaves_the_default(library: Library) -> None:
    promotions.append(library, replace(promotion("a", "a", decision=Decision.KEEP), candidate="b" * 8))
    assert promotions.current(promotions.history(library)) is None


def test_who_comes_second_with_the_same_bundle_to_replace_is_told_so(library: Library) -> None:
    promotions.append(library, promotion("b", "a"))
    with pytest.raises(StoreError, match=r"NOT SAVED\. b is the current bundle by now"):
        promotions.append(library, promotion("c", "a"))
    assert len(promotions.history(library)) == 1


def test_each_rollback_goes_one_promotion_further_back() -> None:
    past = [promotion("b", "a"), promotion("c", "b")]
    assert [each.bundle_name for each in promotions.promoted(past)] == ["b", "c"]
    past.append(promotion("b", "c", decision=Decision.ROLL_BACK))
    assert promotions.current(past) == Current("b" * 8, "b")
    past.append(promotion("b", "b", decision=Decision.KEEP))
    past.append(promotion("a", "b", decision=Decision.ROLL_BACK))
    assert promotions.promoted(past) == ()
    assert promotions.current(past) == Current("a" * 8, "a")


def test_a_bundle_of_one_patient_is_current_for_that_patient_alone() -> None:
    past = [promotion("b", "a"), promotion("c", "b", patient="P7")]
    assert promotions.current(past, patient="P7") == Current("c" * 8, "c")
    assert promotions.current(past, patient=" p7") == Current("c" * 8, "c"), "the same patient, spelled otherwise"
    assert promotions.current(past, patient="P8") == Current("b" * 8, "b")
    assert promotions.current(past) == Current("b" * 8, "b")
    assert promotions.current(past[1:], patient="P8") == Current("b" * 8, "b")


@given(st.lists(st.sampled_from(Decision), max_size=12))
def test_the_current_bundle_is_always_that_of_the_newest_line(decisions: list[Decision]) -> None:
    past: list[Promotion] = []
    now = "start"
    for number, decision in enumerate(decisions):
        standing = promotions.promoted(past)
        if decision is Decision.ROLL_BACK and not standing:
            continue
        then = {
            Decision.PROMOTE: f"bundle{number}",
            Decision.KEEP: now,
            Decision.ROLL_BACK: standing[-1].replaced_name if standing else now,
        }[decision]
        past.append(promotion(then, now, decision=decision))
        now = then
    found = promotions.current(past)
    assert found is None if not any(each.decision is Decision.PROMOTE for each in past) else found is not None
    if found is not None:
        assert found.name == now


KILLS = """
import os, random, signal, time
from reviewer_app.store import promotions
from reviewer_app.store.promotions import Decision, Promotion

chance = random.Random(5)
Library.open(folder, keys=keys).close()

def promote_on(to):
    with Library.open(folder, keys=keys) as library:
        past = promotions.history(library)
        now, number = (past[-1].bundle if past else "0"), len(past)
        while True:
            number += 1
            promotions.append(library, Promotion(Decision.PROMOTE, str(number), "n", now, "n", str(number), "{}"))
            now = str(number)
            os.write(to, b"%9d" % number)

told = 0
for _ in range(12):
    to_read, to_write = os.pipe()
    child = os.fork()
    if child == 0:
        promote_on(to_write)
    os.close(to_write)
    os.read(to_read, 9)  # it is at work
    time.sleep(chance.uniform(0, 0.05))
    os.kill(child, signal.SIGKILL)
    os.waitpid(child, 0)
    said = b"".join(iter(lambda: os.read(to_read, 9), b""))
    os.close(to_read)
    told = int(said[-9:] or told)
    with Library.open(folder, keys=keys) as library:
        past = promotions.history(library)
    assert told <= len(past) <= told + 1 or not said, (told, len(past))
    assert [each.bundle for each in past] == [str(n) for n in range(1, len(past) + 1)]
    assert [each.replaced for each in past] == [str(n) for n in range(len(past))]
    assert promotions.current(past).identity == str(len(past))
print(len(past))
"""


@pytest.mark.skipif(os.name != "posix", reason="forks and kills")
def test_a_kill_leaves_the_old_or_the_new_bundle_current_and_never_a_half(folder: Path, keys: KeyFile) -> None:
    assert int(processes.finish(processes.start(KILLS, folder, keys.path))) >= 12
