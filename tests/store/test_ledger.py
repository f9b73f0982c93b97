from contextlib import closing
from dataclasses import replace

import pytest

from reviewer_app.domain.annotation import Arousal, Form, Label, Matter, Rater, Semiology, Side, Span
from reviewer_app.domain.ledger import EMPTY_LABELS, History, Labels, reversal
from reviewer_app.domain.window import Interval
from reviewer_app.errors import StoreError
from reviewer_app.store import ledger, raters, recordings
from reviewer_app.store.library import Library
from reviewer_app.store.migrations.versions.revision_0002 import TRIGGERS
from tests.store import examples, sayings

EVERYTHING = Semiology(Form.FLEXOR, Side.LEFT, Arousal.ON_WAKING, cry=False)


def past_the_triggers(library: Library, *statements: str) -> None:
    """What another program may do to the file."""
    with closing(library._database.connect(mode="rw")) as connection:
        connection.execute("PRAGMA foreign_keys = OFF")
        for name in TRIGGERS:
            connection.execute(f"DROP TRIGGER {name}")
        for statement in statements:
            connection.execute(statement)


def test_what_was_said_comes_back_word_for_word_in_order_and_with_its_digest(library: Library) -> None:
    number, (anna, ben) = sayings.begun(library, "Anna", "Ben")
    spasm = sayings.made(sayings.statement(10, 12.123456789012345, note='=cmd() "Ä"\n\x00\ud800', said=EVERYTHING))
    said = (
        sayings.action(anna, spasm, sayings.made(sayings.statement(1 / 3))),
        sayings.action(ben, sayings.covered(0, 60, played=True)),
        sayings.action(anna, sayings.changed(spasm, replace(sayings.statement(10), label=Label.UNSURE))),
        sayings.action(ben, sayings.covered(5, 50, matter=Matter.FINALISED)),
    )
    kept = tuple(ledger.append(library, number, each) for each in said)
    assert ledger.load(library, number) == kept
    assert tuple(replace(each, digest="") for each in kept) == said
    assert len({each.digest for each in kept}) == 4
    assert ledger.head(library, number) == kept[-1].digest


def test_undo_and_redo_go_on_after_the_program_ended(library: Library) -> None:
    number, (anna,) = sayings.begun(library, "Anna")
    first = sayings.made(sayings.statement(10))
    sayings.told(library, number, anna, first)
    sayings.told(library, number, anna, sayings.changed(first, sayings.statement(11)))
    standing = Labels.of(ledger.load(library, number))
    for _ in range(2):
        undo = History.of(ledger.load(library, number), anna.rater_id).undo
        assert undo is not None
        ledger.append(library, number, reversal(undo, made_at=sayings.WHEN))
    assert Labels.of(ledger.load(library, number)) == EMPTY_LABELS
    for _ in range(2):
        redo = History.of(ledger.load(library, number), anna.rater_id).redo
        assert redo is not None
        ledger.append(library, number, reversal(redo, made_at=sayings.WHEN))
    assert Labels.of(ledger.load(library, number)) == standing
    assert len(ledger.load(library, number)) == 6


def test_nothing_was_said_at_first(library: Library) -> None:
    number, _ = sayings.begun(library)
    assert ledger.load(library, number) == ()
    assert ledger.head(library, number) == ""


def test_an_unknown_recording_is_refused(library: Library) -> None:
    anna = raters.add(library, "Anna")
    for refused in (
        lambda: ledger.load(library, 7),
        lambda: ledger.head(library, 7),
        lambda: sayings.told(library, 7, anna, sayings.made(sayings.statement(1))),
    ):
        with pytest.raises(StoreError, match="no recording 7"):
            refused()


def test_an_action_that_changes_nothing_is_no_action(library: Library) -> None:
    number, (anna,) = sayings.begun(library, "Anna")
    with pytest.raises(ValueError, match="without alterations"):
        ledger.append(library, number, sayings.action(anna))


def test_the_same_action_again_is_kept_once_and_gets_the_same_digest(library: Library) -> None:
    number, (anna,) = sayings.begun(library, "Anna")
    said = sayings.action(anna, sayings.made(sayings.statement(10)), sayings.made(sayings.statement(20)))
    kept = ledger.append(library, number, said)
    sayings.told(library, number, anna, sayings.made(sayings.statement(30)))
    assert ledger.append(library, number, said) == kept
    assert ledger.append(library, number, kept) == kept
    assert len(ledger.load(library, number)) == 2


def test_an_id_that_stands_for_something_else_already_is_refused(library: Library) -> None:
    number, (anna,) = sayings.begun(library, "Anna")
    kept = sayings.told(library, number, anna, sayings.made(sayings.statement(10)))
    with pytest.raises(StoreError, match=r"NOT SAVED\. .*another action under the id"):
        ledger.append(library, number, replace(kept, made_at="1999"))
    other = recordings.add(library, examples.night(mark="f"))
    with pytest.raises(StoreError, match=r"NOT SAVED\. .*another action under the id"):
        ledger.append(library, other, kept)


def test_of_two_changes_of_one_statement_the_first_is_kept_and_the_second_is_told_what_it_says(
    library: Library,
) -> None:
    number, (anna,) = sayings.begun(library, "Anna")
    first = sayings.made(sayings.statement(10))
    sayings.told(library, number, anna, first)
    unsure = sayings.changed(first, sayings.statement(10, label=Label.UNSURE))
    kept = sayings.told(library, number, anna, unsure)
    with pytest.raises(StoreError, match=r'NOT SAVED\. This has changed meanwhile: it says "unsure" from 10.0 s to 12'):
        sayings.told(library, number, anna, sayings.changed(first, sayings.statement(11)))
    sayings.told(library, number, anna, sayings.changed(unsure, None))
    with pytest.raises(StoreError, match="meanwhile: it was taken back"):
        sayings.told(library, number, anna, sayings.changed(unsure, sayings.statement(11)))
    assert kept in ledger.load(library, number)
    assert len(ledger.load(library, number)) == 3


def test_a_span_that_stands_is_not_made_again(library: Library) -> None:
    number, (anna,) = sayings.begun(library, "Anna")
    span = sayings.covered(0, 30)
    sayings.told(library, number, anna, span)
    with pytest.raises(StoreError, match=r"it goes from 0\.0 s to 30\.0 s"):
        sayings.told(library, number, anna, replace(span, new=Span(Interval(0, 40))))


def test_nobody_changes_what_another_rater_said(library: Library) -> None:
    number, (anna, ben) = sayings.begun(library, "Anna", "Ben")
    spasm = sayings.made(sayings.statement(10))
    kept = sayings.told(library, number, anna, spasm)
    with pytest.raises(StoreError, match=r"NOT SAVED\. This was said by another rater"):
        sayings.told(library, number, ben, sayings.changed(spasm, None))
    assert ledger.load(library, number) == (kept,)


def test_what_was_never_made_cannot_be_changed(library: Library) -> None:
    number, (anna,) = sayings.begun(library, "Anna")
    with pytest.raises(StoreError, match="not in the library"):
        sayings.told(library, number, anna, sayings.changed(sayings.made(sayings.statement(1)), None))


def test_an_action_is_kept_as_a_whole_or_not_at_all(library: Library) -> None:
    number, (anna, ben) = sayings.begun(library, "Anna", "Ben")
    spasm = sayings.made(sayings.statement(10))
    kept = sayings.told(library, number, anna, spasm)
    with pytest.raises(StoreError, match="another rater"):
        sayings.told(library, number, ben, sayings.made(sayings.statement(50)), sayings.changed(spasm, None))
    assert ledger.load(library, number) == (kept,)


def test_a_rater_whom_the_library_does_not_know_says_nothing(library: Library) -> None:
    number, _ = sayings.begun(library)
    with pytest.raises(StoreError, match=r"NOT SAVED\. .*FOREIGN KEY"):
        sayings.told(library, number, Rater(9, "Nobody"), sayings.made(sayings.statement(1)))
    assert ledger.load(library, number) == ()


def test_a_verdict_on_thousands_of_flags_is_one_action(library: Library) -> None:
    number, (anna,) = sayings.begun(library, "Anna")
    first = [sayings.made(sayings.statement(3 * i)) for i in range(1234)]
    sayings.told(library, number, anna, *first)
    sayings.told(library, number, anna, *(sayings.changed(each, None) for each in first))
    one, two = ledger.load(library, number)
    assert len(one.alterations) == len(two.alterations) == 1234
    assert Labels.of((one, two)) == EMPTY_LABELS


def test_each_recording_has_a_chain_of_its_own(library: Library) -> None:
    number, (anna,) = sayings.begun(library, "Anna")
    other = recordings.add(library, examples.night(mark="f"))
    said = sayings.made(sayings.statement(10))
    one = sayings.told(library, number, anna, said)
    two = sayings.told(library, other, anna, said)
    assert ledger.load(library, number) == (one,)
    assert ledger.load(library, other) == (two,)
    assert one.digest != two.digest


def test_a_clock_set_back_changes_no_order_and_loses_nothing(library: Library) -> None:
    number, (anna,) = sayings.begun(library, "Anna")
    spasm = sayings.made(sayings.statement(10))
    ledger.append(library, number, sayings.action(anna, spasm, when="2026-05-01T00:00:00+00:00"))
    last = sayings.changed(spasm, sayings.statement(11))
    ledger.append(library, number, sayings.action(anna, last, when="1999-01-01T00:00:00+00:00"))
    assert [each.made_at[:4] for each in ledger.load(library, number)] == ["2026", "1999"]
    (standing,) = Labels.of(ledger.load(library, number)).annotations
    assert standing.statement == last.new


TAMPERED: dict[str, tuple[str, int]] = {
    "a value changed": ("UPDATE ledger SET new = replace(new, 'spasm', 'unsure') WHERE sequence = 3", 3),
    "an old value changed": ("UPDATE ledger SET old = NULL WHERE sequence = 4", 4),
    "another rater": ("UPDATE ledger SET rater = 2 WHERE sequence = 2", 2),
    "another time": ("UPDATE ledger SET made_at = '1999' WHERE sequence = 1", 1),
    "an undo no longer one": ("UPDATE ledger SET reverses = '' WHERE sequence = 6", 6),
    "two actions joined": (
        "UPDATE ledger SET action = (SELECT action FROM ledger WHERE sequence = 2) WHERE sequence = 3",
        3,
    ),
    "the first removed": ("DELETE FROM ledger WHERE sequence = 1", 1),
    "one removed": ("DELETE FROM ledger WHERE sequence = 3", 3),
    "one removed, numbers closed": (
        "DELETE FROM ledger WHERE sequence = 3; UPDATE ledger SET sequence = sequence - 1 WHERE sequence > 3",
        3,
    ),
    "two swapped": (
        "UPDATE ledger SET sequence = 99 WHERE sequence = 2; UPDATE ledger SET sequence = 2 WHERE sequence = 3;"
        "UPDATE ledger SET sequence = 3 WHERE sequence = 99",
        2,
    ),
    "moved to another recording": ("UPDATE recordings SET identity = 'x'", 1),
    "a digest changed": ("UPDATE ledger SET digest = 'f' WHERE sequence = 5", 5),
}


@pytest.fixture
def six(library: Library) -> tuple[Library, int]:
    number, (anna, ben) = sayings.begun(library, "Anna", "Ben")
    alterations = [sayings.made(sayings.statement(10 * i)) for i in range(3)]
    for each in alterations:
        sayings.told(library, number, anna, each)
    sayings.told(library, number, anna, sayings.changed(alterations[0], sayings.statement(5)))
    last = sayings.told(library, number, ben, sayings.covered(0, 40))
    ledger.append(library, number, reversal(last, made_at=sayings.WHEN))
    return library, number


@pytest.mark.parametrize(("statements", "place"), TAMPERED.values(), ids=TAMPERED)
def test_an_entry_changed_removed_or_moved_by_another_program_is_found_and_named(
    six: tuple[Library, int], statements: str, place: int
) -> None:
    library, number = six
    assert len(ledger.load(library, number)) == 6
    past_the_triggers(library, *statements.split(";"))
    with pytest.raises(StoreError, match=rf"changed by another program, or are damaged: entry {place} of its ledger"):
        ledger.load(library, number)


def test_entries_missing_at_the_end_show_in_the_head_that_backups_and_exports_hold(six: tuple[Library, int]) -> None:
    library, number = six
    before = ledger.head(library, number)
    assert ledger.holds(library, number, before)
    sayings.told(library, number, raters.all_raters(library)[0], sayings.made(sayings.statement(70)))
    assert ledger.holds(library, number, before)
    past_the_triggers(library, "DELETE FROM ledger WHERE sequence >= 6")
    assert len(ledger.load(library, number)) == 5
    assert not ledger.holds(library, number, before)
    assert ledger.holds(library, number, "")


FORBIDDEN = {
    "an update": ("UPDATE ledger SET made_at = ''", "never changes"),
    "a deletion": ("DELETE FROM ledger WHERE sequence = 6", "never shrinks"),
    "a replacement": (
        "INSERT OR REPLACE INTO ledger SELECT recording, 6, action, reverses, rater, matter, key, old, new, made_at, "
        "previous, digest FROM ledger WHERE sequence = 5",
        "only grows at its end",
    ),
    "a gap": (
        "INSERT INTO ledger SELECT recording, 8, action, reverses, rater, matter, key, old, new, made_at, digest, 'f' "
        "FROM ledger WHERE sequence = 6",
        "only grows at its end",
    ),
    "an entry that is not chained": (
        "INSERT INTO ledger SELECT recording, 7, action, reverses, rater, matter, key, old, new, made_at, '', 'f' "
        "FROM ledger WHERE sequence = 6",
        "only grows at its end",
    ),
    "a tombstone that lies": ("INSERT INTO forgotten VALUES (1, '', NULL, 0, 5, '')", "not what the ledger holds"),
}


@pytest.mark.parametrize(("statement", "sentence"), FORBIDDEN.values(), ids=FORBIDDEN)
def test_the_database_itself_refuses(six: tuple[Library, int], statement: str, sentence: str) -> None:
    library, number = six
    before = ledger.load(library, number)
    with pytest.raises(StoreError, match=sentence), library.atomic() as connection:
        connection.exec_driver_sql(statement)
    assert ledger.load(library, number) == before


def test_a_renamed_rater_breaks_no_chain(six: tuple[Library, int]) -> None:
    library, number = six
    anna, _ = raters.all_raters(library)
    raters.rename(library, anna.rater_id, "Dr. A.")
    assert {each.rater.name for each in ledger.load(library, number)} == {"Dr. A.", "Ben"}


def test_two_raters_on_one_flag_each_keep_their_own_words(library: Library) -> None:
    number, (anna, ben) = sayings.begun(library, "Anna", "Ben")
    sayings.told(library, number, anna, sayings.made(sayings.statement(10)))
    sayings.told(library, number, ben, sayings.made(sayings.statement(10, label=Label.NOT_SPASM)))
    labels = Labels.of(ledger.load(library, number))
    assert {(each.rater.name, each.label) for each in labels.annotations} == {
        ("Anna", Label.SPASM),
        ("Ben", Label.NOT_SPASM),
    }
