"""``bundle compare``, ``promote``, ``rollback`` and ``history``: which bundle scans, and how that is decided."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from reviewer_app import paths
from reviewer_app.cli.scanning import FalseAlarmsOption, JsonOption, LibraryOption, event_rules, library_place
from reviewer_app.cli.show import OUT, Watch, plain
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.phrases import counted
from reviewer_app.errors import RequestError
from reviewer_app.jobs.learn_request import (
    CompareRequest,
    Comparison,
    ListPromotions,
    Paired,
    Promoted,
    PromoteRequest,
    RollbackRequest,
)
from reviewer_app.jobs.process import supervise
from reviewer_app.jobs.request import Compute
from reviewer_app.settings import read_settings

CandidateArgument = Annotated[str, typer.Argument(help="Name or folder of the candidate.")]


def compare(
    name: CandidateArgument,
    current: Annotated[
        str, typer.Option(help="Name or folder of the bundle to compare with, instead of the current one.")
    ] = "",
    library: LibraryOption = None,
    false_alarms: FalseAlarmsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare a candidate with the current bundle on held-out patients that neither has learned from.

    What is scanned for it is kept: a comparison that was stopped goes on where it was.
    """
    found = _compared(name, current, library, false_alarms)
    if as_json:
        OUT.print_json(json.dumps({**asdict(found), "notice": RESEARCH_NOTICE}, default=str))
    else:
        _show(found)


def promote(
    name: CandidateArgument,
    keep: Annotated[bool, typer.Option("--keep", help="Note that it was looked at and not taken.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Promote without asking once more.")] = False,
    library: LibraryOption = None,
    false_alarms: FalseAlarmsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Compare a candidate and let it scan from now on; the bundle before it can be brought back."""
    if as_json and not (yes or keep):
        raise RequestError("--json asks nothing: say --yes or --keep with it.")
    found = _compared(name, "", library, false_alarms)
    if not as_json:
        _show(found)
    if not found.may_be_promoted and not keep:
        raise RequestError(found.advice)
    if not (yes or keep) and not typer.confirm(f"Shall {found.candidate.name} scan from now on?"):
        raise RequestError(f"{found.current.name} stays the current bundle.")
    place = library_place(read_settings(paths.config_file()), library)
    _tell(Watch().drive(supervise(PromoteRequest(place, found, keep_current=keep))), as_json=as_json)


def rollback(library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Let the bundle scan again that did before the last promotion; traces of either stay as they are."""
    place = library_place(read_settings(paths.config_file()), library)
    _tell(Watch().drive(supervise(RollbackRequest(place, paths.bundle_folders()))), as_json=as_json)


def history(library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Tell what was promoted, kept and rolled back in a library, newest first."""
    place = library_place(read_settings(paths.config_file()), library)
    lines = Watch().drive(supervise(ListPromotions(place)))
    if as_json:
        OUT.print_json(json.dumps([asdict(each) for each in lines]))
        return
    if not lines:
        OUT.print("Nothing was promoted in this library: the bundle of the settings scans.")
        return
    table = Table("when", "decision", "current from then on", "before", "the comparison said")
    for each in lines:
        when = each.made_at[:16].replace("T", " ")
        table.add_row(when, each.decision, plain(each.current), plain(each.replaced), plain(each.advice))
    OUT.print(table)


def _compared(name: str, current: str, library: Path | None, false_alarms: float | None) -> Comparison:
    settings = read_settings(paths.config_file())
    request = CompareRequest(
        library_place(settings, library),
        name,
        current,
        paths.bundle_folders(),
        settings.bundle,
        event_rules(settings, false_alarms),
        Compute.chosen(settings.device, settings.precision, settings.threads),
    )
    return Watch().drive(supervise(request))


def _show(found: Comparison) -> None:
    whom = "of its one patient, recorded later" if found.patient else "of held-out patients"
    OUT.print(
        f"\n[bold]{plain(found.candidate.name)}[/] against the current {plain(found.current.name)}: "
        f"{counted(found.recordings, 'recordings')}, {found.hours:.1f} finalised h {whom}",
        soft_wrap=True,
    )
    if found.figures:
        table = Table("", "current", "candidate", "difference", "95 % interval", "patients")
        for each in found.figures:
            better = "" if each.higher_is_better else " (lower is better)"
            difference = _number(each.difference)
            table.add_row(
                each.what + better,
                _number(each.current),
                _number(each.candidate),
                difference if difference.startswith("-") or each.difference is None else f"+{difference}",
                _between(each),
                str(each.patients),
            )
        OUT.print(table)
    OUT.print(plain(found.advice), soft_wrap=True)
    OUT.print(RESEARCH_NOTICE)


def _number(value: float | None) -> str:
    return "unknown" if value is None else f"{value:.3g}"


def _between(each: Paired) -> str:
    return "unknown" if each.low is None or each.high is None else f"{each.low:.3g} to {each.high:.3g}"


def _tell(promoted: Promoted, *, as_json: bool) -> None:
    if as_json:
        OUT.print_json(json.dumps(asdict(promoted)))
    else:
        OUT.print(f"{plain(promoted.current)} is the current bundle of this library.")
