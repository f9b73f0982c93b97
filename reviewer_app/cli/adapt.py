"""``adapt``: scores adapted to one recording by a rater's verdicts on it."""

import json
from dataclasses import asdict, replace
from typing import Annotated

import typer
from rich.table import Table

from reviewer_app import paths
from reviewer_app.cli.reporting import choose_rater
from reviewer_app.cli.scanning import FalseAlarmsOption, JsonOption, LibraryOption, event_rules, library_place
from reviewer_app.cli.show import OUT, Watch, duration, plain
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.phrases import counted
from reviewer_app.jobs.learn_request import Adapted, AdaptRequest
from reviewer_app.jobs.library_request import ToldRequest
from reviewer_app.jobs.message import Figure
from reviewer_app.jobs.process import supervise
from reviewer_app.settings import read_settings


def adapt(
    recording: Annotated[int, typer.Argument(help="Number of the recording in the library.")],
    rater: Annotated[
        str, typer.Option("--rater", help="Whose verdicts; needed where several people reviewed the recording.")
    ] = "",
    seed: Annotated[int, typer.Option(help="Of the draws that give the intervals.")] = 0,
    library: LibraryOption = None,
    false_alarms: FalseAlarmsOption = None,
    as_json: JsonOption = False,
) -> None:
    """Fit the bundle's last layer to a rater's verdicts on one recording, and test it on later ones.

    It is kept, and offered in the window, only where it beats the bundle alone on verdicts that it did not learn from.
    """
    settings = read_settings(paths.config_file())
    place, rules, folders = (
        library_place(settings, library),
        event_rules(settings, false_alarms),
        paths.bundle_folders(),
    )
    told = Watch().drive(supervise(ToldRequest(place, recording, folders, rules)))
    point = told.report.findings.point if told.report else None
    request = AdaptRequest(place, recording, choose_rater(told.said, rater).rater_id, folders, seed=seed)
    if point is not None:
        request = replace(request, enter=point.enter)
    adapted = Watch().drive(supervise(request))
    if as_json:
        OUT.print_json(json.dumps({"notice": RESEARCH_NOTICE, **asdict(adapted)}))
    else:
        _show(adapted)


def _show(adapted: Adapted) -> None:
    OUT.print(f"fitted to {counted(adapted.verdicts, 'verdicts')}")
    for figure in (adapted.base, adapted.adapted):
        OUT.print(f"{figure.what}: {_told(figure)}")
    if adapted.sureness is not None:
        OUT.print(f"better than the base in {adapted.sureness:.0%} of draws of these verdicts")
    if adapted.growth:
        table = Table("verdicts learned from", "average precision on later ones", title="Gain", title_justify="left")
        for verdicts, precision in adapted.growth:
            table.add_row(str(verdicts), f"{precision:.3f}")
        OUT.print(table)
    OUT.print("It is kept, and the window offers it." if adapted.offered else f"Not offered. {plain(adapted.reason)}")
    if adapted.teach:
        OUT.print("Verdicts here would teach most: " + ", ".join(duration(each) for each in adapted.teach))
    OUT.print(RESEARCH_NOTICE)


def _told(figure: Figure) -> str:
    if figure.value is None:
        return "cannot be told yet"
    return f"{figure.value:.3f} (95 % CI {figure.low:.3f}–{figure.high:.3f}, {counted(figure.count, figure.unit)})"
