"""Reads exports as another program would, following what their own descriptions say."""

import csv
import re
from pathlib import Path

from reviewer_app.domain.annotation import Arousal, Form, Label, Semiology, Side, Statement
from reviewer_app.domain.window import Interval

Told = tuple[str, Statement, str]
"""Rater, statement, and when it was made."""

_SIGNS = {"\\": "\\", "t": "\t", "n": "\n", "r": "\r"}


def unguarded(text: str) -> str:
    return text.removeprefix("'")


def annotation_rows(path: Path) -> list[dict[str, str]]:
    with path.open(newline="", encoding="utf-8") as file:
        while (place := file.tell()) >= 0 and file.readline().startswith("# "):
            pass
        file.seek(place)
        return list(csv.DictReader(file))


def read_annotations_csv(path: Path) -> list[Told]:
    return [
        (
            unguarded(row["rater"]),
            Statement(
                Interval(float(row["start_s"]), float(row["stop_s"])),
                Label(row["label"]),
                _semiology(row["form"], row["side"], row["arousal"], row["cry"]),
                unguarded(row["note"]),
            ),
            row["stated_at"],
        )
        for row in annotation_rows(path)
        if row["kind"] == "annotation"
    ]


def bids_rows(path: Path) -> list[dict[str, str]]:
    header, *lines = path.read_text(encoding="utf-8").removesuffix("\n").split("\n")
    return [dict(zip(header.split("\t"), line.split("\t"), strict=True)) for line in lines]


def read_bids_annotations(path: Path) -> list[Told]:
    told = []
    for row in bids_rows(path):
        if row["trial_type"] == "annotation":
            start = float(row["onset"])
            said = (row[name].replace("n/a", "") for name in ("form", "side", "arousal", "cry"))
            statement = Statement(
                Interval(start, round(start + float(row["duration"]), 3)),
                Label(row["label"]),
                _semiology(*said),
                _text(row["note"]),
            )
            told.append((_text(row["rater"]), statement, row["stated_at"]))
    return told


def _text(cell: str) -> str:
    if cell == "n/a":
        return ""
    return re.sub(r"\\(.)", lambda found: _SIGNS[found[1]], unguarded(cell))


def _semiology(form: str, side: str, arousal: str, cry: str) -> Semiology:
    return Semiology(
        form=Form(form) if form else None,
        side=Side(side) if side else None,
        arousal=Arousal(arousal) if arousal else None,
        cry={"": None, "yes": True, "no": False}[cry],
    )
