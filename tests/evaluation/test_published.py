"""Published counts give the published figures where they suffice, and say so where they do not."""

import math
from pathlib import Path

import pytest

from reviewer_app.errors import RequestError
from reviewer_app.evaluation.published import percent, read_published


def written(folder: Path, *lines: str, head: str = "patient,windows,false") -> Path:
    path = folder / "counts.csv"
    path.write_text("\n".join([head, *lines]) + "\n", encoding="utf-8")
    return path


def healthy_infants() -> list[str]:
    """67 infants with 666 segments, 5 of which are false in 5 infants (Miron et al. 2025, second external set).

    The paper prints no counts by infant; these are ones that give all it prints.
    """
    false = {1: 2, 2: 3, 3: 8, 4: 16, 5: 20}
    rest = 666 - sum(false.values())
    others = [rest // 62 + (i < rest % 62) for i in range(62)]
    rows = [f"{infant},{windows},1" for infant, windows in false.items()]
    return [*rows, *(f"{infant},{windows},0" for infant, windows in enumerate(others, start=6))]


def test_the_hospital_s_infants_have_a_false_alarm_rate_of_3_4_percent(tmp_path: Path) -> None:
    (found,) = read_published(written(tmp_path, ",10860,365"))
    assert (found.false, found.windows) == (365, 10860)
    assert percent(found.pooled.value) == "3.4 %"
    assert "365 of 10,860 windows = 3.4 %" in str(found)


def test_totals_alone_do_not_give_means_over_infants_and_it_says_so(tmp_path: Path) -> None:
    (found,) = read_published(written(tmp_path, ",10860,365"))
    assert (found.patients, found.mean, found.without_false) == (None, None, None)
    assert "do not follow" in found.note
    assert found.note in str(found)


def test_the_phones_healthy_infants_come_out_as_printed(tmp_path: Path) -> None:
    (found,) = read_published(written(tmp_path, *healthy_infants()))
    assert (found.false, found.windows) == (5, 666)
    assert percent(found.pooled.value) == "0.75 %"
    assert (found.without_false, found.patients) == (62, 67)
    assert found.mean is not None
    assert percent(found.mean.value) == "1.6 %"
    assert (percent(found.mean.low), percent(found.mean.high)) == ("0.0 %", "3.4 %")
    assert found.note == ""
    assert str(found) == (
        "5 of 666 windows = 0.75 %; mean of 67 patients 1.6 % (95 % CI 0.0 % to 3.4 %); 62 of them without a "
        "false window."
    )


def test_the_paper_s_own_totals_are_shipped_and_give_its_rates_and_no_more() -> None:
    phones, hospital = read_published(Path(__file__).parents[2] / "resources" / "published" / "miron2025.csv")
    assert [percent(each.pooled.value) for each in (phones, hospital)] == ["0.75 %", "3.4 %"]
    assert all("do not follow" in each.note for each in (phones, hospital))


def test_several_sets_stand_in_one_file(tmp_path: Path) -> None:
    path = written(tmp_path, "phones,,666,5", "hospital,,10860,365", "phones,a,1,0", head="set,patient,windows,false")
    with pytest.raises(RequestError, match="set 'phones' add up to 0 of 1, its total says 5 of 666"):
        read_published(path)
    path = written(tmp_path, "phones,,666,5", "hospital,,10860,365", head="set,patient,windows,false")
    assert [each.name for each in read_published(path)] == ["hospital", "phones"]
    assert str(read_published(path)[1]).startswith("phones: 5 of 666")


def test_a_total_that_agrees_with_its_patients_is_welcome(tmp_path: Path) -> None:
    (found,) = read_published(written(tmp_path, "a,10,1", "b,30,0", ",40,1"))
    assert (found.windows, found.false, found.patients) == (40, 1, 2)
    assert found.mean is not None
    assert found.mean.value == pytest.approx(0.05)


def test_a_patient_without_windows_is_left_out_of_the_mean(tmp_path: Path) -> None:
    (found,) = read_published(written(tmp_path, "a,10,1", "b,0,0", "c,10,2"))
    assert found.mean is not None
    assert (found.mean.value, found.mean.count) == pytest.approx((0.15, 2))
    assert found.note.startswith("1 of the patients")


def test_shares_are_written_as_papers_print_them() -> None:
    assert [percent(each) for each in (0.0, 0.0075, 0.034, 1.0)] == ["0.0 %", "0.75 %", "3.4 %", "100.0 %"]
    assert percent(math.nan) == "not known"


@pytest.mark.parametrize(
    ("lines", "complaint"),
    [
        (["a,ten,1"], "Row 2 .* no whole numbers"),
        (["a,10,1", "b,10"], "Row 3 .* no whole numbers"),
        (["a,10,11"], "11 of 10 windows makes no sense"),
        (["a,10,1", "a,10,1"], "twice"),
        ([",10,1", ",10,1"], "twice"),
        ([], "holds no counts"),
    ],
)
def test_counts_that_make_no_sense_are_refused_in_one_sentence(
    lines: list[str], complaint: str, tmp_path: Path
) -> None:
    with pytest.raises(RequestError, match=complaint):
        read_published(written(tmp_path, *lines))


def test_a_missing_column_is_named(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="lacks the column false"):
        read_published(written(tmp_path, "a,1", head="patient,windows"))
    (tmp_path / "empty.csv").touch()
    with pytest.raises(RequestError, match="lacks the column patient"):
        read_published(tmp_path / "empty.csv")


def test_a_file_that_cannot_be_read_is_said_in_one_sentence(tmp_path: Path) -> None:
    with pytest.raises(RequestError, match="cannot be read"):
        read_published(tmp_path / "missing.csv")
    (tmp_path / "binary.csv").write_bytes(b"\xff\xfe\x00")
    with pytest.raises(RequestError, match="cannot be read"):
        read_published(tmp_path / "binary.csv")
