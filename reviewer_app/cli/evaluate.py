"""``evaluate``: how a bundle does against what raters agreed on, with a report for those who must judge it."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from reviewer_app import paths
from reviewer_app.cli.scanning import FalseAlarmsOption, JsonOption, LibraryOption, event_rules, library_place
from reviewer_app.cli.show import ERR, OUT, Watch, plain
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.phrases import counted
from reviewer_app.jobs.learn_request import Evaluated, EvaluateRequest
from reviewer_app.jobs.process import supervise
from reviewer_app.settings import read_settings


def evaluate(
    to: Annotated[Path, typer.Option("--to", help="The report's folder; an earlier one there is kept.")],
    bundle: Annotated[str | None, typer.Option(help="Name or folder of the bundle, not the current one.")] = None,
    recordings: Annotated[
        list[int] | None, typer.Option("--recording", help="Only this recording of the library; may be repeated.")
    ] = None,
    raters: Annotated[
        list[int] | None, typer.Option("--rater", help="Only the words of this rater (number); may be repeated.")
    ] = None,
    names: Annotated[
        bool, typer.Option("--names", help="Write patients' pseudonyms and raters' names; else they are numbered.")
    ] = False,
    seed: Annotated[int, typer.Option(help="Of the resampling of patients.")] = 0,
    library: LibraryOption = None,
    false_alarms: FalseAlarmsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare a bundle's scans with what raters finalised: figures, a page (HTML), paper (PDF) and tables (CSV)."""
    settings = read_settings(paths.config_file())
    request = EvaluateRequest(
        library=library_place(settings, library),
        bundle=bundle or settings.bundle,
        by_default=bundle is None,
        bundle_folders=paths.bundle_folders(),
        to=to,
        recordings=tuple(recordings or ()),
        raters=tuple(raters or ()),
        rules=event_rules(settings, false_alarms),
        with_names=names,
        seed=seed,
    )
    found = Watch().drive(supervise(request))
    if as_json:
        OUT.print_json(json.dumps(asdict(found), default=str))
    else:
        _show(found)


def _show(found: Evaluated) -> None:
    OUT.print(plain(found.rules), soft_wrap=True)
    table = Table("figure", "value", "95 % interval", "by")
    for each in found.figures:
        interval = "unknown" if each.low is None else f"{_number(each.low)} to {_number(each.high)}"
        table.add_row(each.what, _number(each.value), interval, counted(each.count, each.unit))
    OUT.print(table)
    OUT.print(RESEARCH_NOTICE)
    ERR.print("Written:")
    for path in (found.report, found.pdf):
        ERR.print(f"  {plain(str(path))}", soft_wrap=True)


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.3f}"
