import numpy as np
import pytest
from sqlalchemy import func, select, update

from reviewer_app.domain.adaptation import Adaptation
from reviewer_app.errors import StoreError
from reviewer_app.store import adaptations, recordings, traces
from reviewer_app.store.forget import forget
from reviewer_app.store.library import Library
from reviewer_app.store.schema import adaptations as table
from tests.store import examples


def adapted(windows: int = 1000, *, rater: int = 1, verdicts: int = 7) -> Adaptation:
    scores = np.linspace(0, 1, windows, dtype=np.float32)
    scores[3] = np.nan
    return Adaptation(
        head=np.arange(examples.FEATURES + 1) / 7,
        scores=scores,
        deviations=np.sqrt(scores),
        rater_id=rater,
        verdicts=verdicts,
        sureness=0.97,
        ledger_head="ab" * 32,
    )


def rows(library: Library) -> int:
    with library.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar_one()


def test_an_adaptation_comes_back_as_it_was_kept(library: Library) -> None:
    trace = examples.begin(library)
    assert adaptations.find(library, trace, 1) is None
    kept = adapted()
    assert adaptations.put(library, trace, kept) > 0
    found = adaptations.find(library, trace, 1)
    assert found is not None
    for name in ("head", "scores", "deviations"):
        np.testing.assert_array_equal(getattr(found, name), getattr(kept, name))
        assert not getattr(found, name).flags.writeable
    assert (found.verdicts, found.sureness, found.ledger_head, found.rater_id) == (7, 0.97, "ab" * 32, 1)


def test_the_newest_takes_the_place_of_the_raters_own_alone(library: Library) -> None:
    trace, other = examples.begin(library), examples.begin(library, bundle="d")
    for place, rater, verdicts in ((trace, 1, 5), (trace, 2, 6), (other, 1, 7), (trace, 1, 8)):
        adaptations.put(library, place, adapted(rater=rater, verdicts=verdicts))
    assert rows(library) == 3
    counts = [found and found.verdicts for found in (adaptations.find(library, trace, rater) for rater in (1, 2, 3))]
    assert counts == [8, 6, None]
    adaptations.discard(library, trace, 1)
    assert adaptations.find(library, trace, 1) is None
    assert adaptations.find(library, trace, 2) is not None
    assert adaptations.find(library, other, 1) is not None


def test_an_adaptation_goes_with_its_trace(library: Library) -> None:
    trace, other = examples.begin(library), examples.begin(library, bundle="d")
    for place in (trace, other):
        adaptations.put(library, place, adapted())
    traces.delete(library, trace)
    assert adaptations.find(library, trace, 1) is None
    assert rows(library) == 1
    (night,) = recordings.summaries(library)
    forget(library, night.recording_id, rater=None)
    assert rows(library) == 0


def test_it_is_kept_only_for_a_trace_of_its_windows(library: Library) -> None:
    trace = examples.begin(library)
    for place, windows in ((trace, 999), (trace + 1, 1000)):
        with pytest.raises(StoreError, match="NOT SAVED"):
            adaptations.put(library, place, adapted(windows))
    assert rows(library) == 0


@pytest.mark.parametrize(("column", "blob"), [("scores", b"1234"), ("deviations", b"123"), ("head", b"1")])
def test_a_damaged_one_is_refused_in_words(library: Library, column: str, blob: bytes) -> None:
    trace = examples.begin(library)
    adaptations.put(library, trace, adapted())
    with library.atomic() as connection:
        connection.execute(update(table).values({column: blob}))
    with pytest.raises(StoreError, match="damaged"):
        adaptations.find(library, trace, 1)
