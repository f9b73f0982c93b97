"""``published``: false-alarm rates from the counts that a paper printed."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer

from reviewer_app.cli.scanning import JsonOption
from reviewer_app.cli.show import OUT, Watch, plain
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.jobs.learn_request import PublishedRequest
from reviewer_app.jobs.process import supervise


def published(
    counts: Annotated[
        Path,
        typer.Argument(
            help="A CSV with the columns patient, windows, false, and perhaps set; a row without a "
            "patient gives a total."
        ),
    ],
    as_json: JsonOption = False,
) -> None:
    """Work out a paper's false-alarm rates from its counts, and say which do not follow from them."""
    found = Watch().drive(supervise(PublishedRequest(counts)))
    if as_json:
        OUT.print_json(json.dumps({"notice": RESEARCH_NOTICE, "sets": [asdict(each) for each in found]}))
        return
    for each in found:
        OUT.print(plain(each.words), soft_wrap=True)
    OUT.print(RESEARCH_NOTICE)
