"""``snapshot``: freeze what raters agreed on, for trainings; and ``library import-labels``, where labels come from."""

import json
from dataclasses import asdict
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.table import Table

from reviewer_app import paths
from reviewer_app.cli.scanning import JsonOption, LibraryOption, library_place
from reviewer_app.cli.show import ERR, OUT, Watch, plain
from reviewer_app.domain.notice import RESEARCH_NOTICE
from reviewer_app.domain.phrases import counted
from reviewer_app.domain.snapshot import Consensus, Role, SnapshotRules
from reviewer_app.errors import RequestError
from reviewer_app.jobs.learn_request import (
    ExportSnapshot,
    ImportLabels,
    ListSnapshots,
    MakeSnapshot,
    RemakeSnapshot,
    SnapshotFacts,
)
from reviewer_app.jobs.process import supervise
from reviewer_app.jobs.request import LibraryPlace
from reviewer_app.settings import read_settings

app = typer.Typer(
    help="Snapshots: immutable lists of labelled windows, which trainings read. " + RESEARCH_NOTICE,
    no_args_is_help=True,
)

IdentityArgument = Annotated[str, typer.Argument(help="The snapshot's identity, or its beginning.")]
DEFAULT = SnapshotRules()

DIFFERENT = 1
"""Exit code of ``remake`` where the snapshot came out otherwise."""


@app.command()
def make(
    name: Annotated[str, typer.Option(help="What to call it.")] = "",
    recording: Annotated[
        list[int] | None, typer.Option(help="Only this recording; may be given several times.")
    ] = None,
    clips: Annotated[
        Path | None,
        typer.Option(
            help="Also a folder of 5-s files in spasm/ and not_spasm/, with a patients.csv: file,patient,healthy."
        ),
    ] = None,
    healthy: Annotated[
        list[str] | None, typer.Option(help="A patient without epilepsy; may be given several times.")
    ] = None,
    consensus: Annotated[
        Consensus, typer.Option(help="How several raters' words become one target.")
    ] = DEFAULT.consensus,
    adjudicator: Annotated[int | None, typer.Option(help="Number of the rater who decides, if adjudicated.")] = None,
    stride: Annotated[
        int, typer.Option(help="Grid frames of 0.3125 s between windows without a spasm: 1 to 16.")
    ] = DEFAULT.stride,
    shifts: Annotated[int, typer.Option(help="Windows for each spasm.")] = DEFAULT.shifts,
    negatives: Annotated[
        float, typer.Option(help="Windows without a spasm for each with one, at most; 0 takes all.")
    ] = DEFAULT.negatives,
    seed: Annotated[int, typer.Option(help="Of the draw and of the patients' roles.")] = DEFAULT.seed,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Freeze what raters agreed on in time that they finalised; the same words give the same snapshot."""
    try:
        rules = SnapshotRules(consensus, adjudicator, stride, shifts, negatives, seed)
    except ValueError as error:
        raise RequestError(f"{error}.") from error
    request = MakeSnapshot(
        _place(library),
        name=name,
        rules=rules,
        recordings=tuple(recording or ()),
        clips=clips and clips.absolute(),
        healthy=tuple(healthy or ()),
    )
    _show(Watch().drive(supervise(request)), as_json=as_json)


@app.command("list")
def list_all(library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Name the snapshots, newest first."""
    found = Watch().drive(supervise(ListSnapshots(_place(library))))
    if as_json:
        OUT.print_json(json.dumps([_facts_json(each) for each in found]))
        return
    table = Table("identity", "name", "made at", "windows", "with spasm", "patients", "warnings")
    for each in found:
        counts = _counts(each)
        numbers = [str(counts[what]) for what in ("windows", "with_spasm", "patients")]
        warnings = str(len(each.snapshot.warnings))
        table.add_row(each.identity[:12], plain(each.name), each.made_at[:16], *numbers, warnings)
    OUT.print(table)


@app.command()
def show(identity: IdentityArgument, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Tell what a snapshot holds, and what to beware of."""
    found = Watch().drive(supervise(ListSnapshots(_place(library))))
    begun = [each for each in found if each.identity.startswith(identity.strip().lower())]
    if len(begun) != 1:
        found_so = "Several snapshots begin" if begun else "No snapshot begins"
        raise RequestError(f"{found_so} with {identity!r}; 'spasm-reviewer snapshot list' names all.")
    _show(begun[0], as_json=as_json)


@app.command()
def export(
    identity: IdentityArgument,
    to: Annotated[Path, typer.Option("--to", help="The JSON file to write, or a folder for it.")],
    library: LibraryOption = None,
) -> None:
    """Write a snapshot as JSON, without patients' ids and files' paths."""
    OUT.print(plain(str(Watch().drive(supervise(ExportSnapshot(_place(library), identity, to))))), soft_wrap=True)


@app.command()
def remake(identity: IdentityArgument, library: LibraryOption = None, as_json: JsonOption = False) -> None:
    """Make a snapshot again from the ledgers as they were, and compare every byte."""
    same = Watch().drive(supervise(RemakeSnapshot(_place(library), identity)))
    if as_json:
        OUT.print_json(json.dumps({"notice": RESEARCH_NOTICE, "same": same}))
    else:
        OUT.print(f"The snapshot came out {'the same, bit for bit' if same else 'OTHERWISE than it was'}.")
    if not same:
        raise typer.Exit(DIFFERENT)


def import_labels(
    recording: Annotated[int, typer.Argument(help="Number of the recording that the labels are about.")],
    file: Annotated[Path, typer.Argument(help="Our own annotations.csv, or BIDS events as .tsv.")],
    rater: Annotated[str, typer.Option(help="Whose words they become; added where nobody has this name.")],
    said_by: Annotated[str, typer.Option(help="Which of the file's raters, where it holds several.")] = "",
    all_reviewed: Annotated[
        bool,
        typer.Option(
            "--all-reviewed", help="They looked at the whole recording: no label means no spasm, and may train."
        ),
    ] = False,
    library: LibraryOption = None,
    as_json: JsonOption = False,
) -> None:
    """Take labels from a file; one undo in the window takes them back."""
    request = ImportLabels(_place(library), recording, file, rater, said_by, all_reviewed)
    found = Watch().drive(supervise(request))
    if as_json:
        OUT.print_json(json.dumps({"notice": RESEARCH_NOTICE, **asdict(found)}))
        return
    OUT.print(
        f"Taken as {plain(found.rater.name)}'s words: {counted(found.statements, 'labels')} and "
        f"{counted(found.spans, 'stretches', one='stretch')}. Known before: {found.known}. Rows that are nobody's "
        f"words: {found.passed_over}."
    )


def _place(library: Path | None) -> LibraryPlace:
    return library_place(read_settings(paths.config_file()), library)


def _counts(facts: SnapshotFacts) -> dict[str, int]:
    snapshot = facts.snapshot
    roles = [role for _, role in snapshot.roles]
    return {
        "patients": len(roles),
        **{role.value: roles.count(role) for role in Role},
        "sources": len(snapshot.sources),
        "windows": len(snapshot.windows),
        "with_spasm": sum(window.target > 0 for window in snapshot.windows),
    }


def _facts_json(facts: SnapshotFacts) -> dict[str, Any]:
    return {
        "notice": RESEARCH_NOTICE,
        "identity": facts.identity,
        "name": facts.name,
        "made_at": facts.made_at,
        "rules": asdict(facts.snapshot.rules),
        **_counts(facts),
        "warnings": facts.snapshot.warnings,
    }


def _show(facts: SnapshotFacts, *, as_json: bool) -> None:
    if as_json:
        OUT.print_json(json.dumps(_facts_json(facts)))
        return
    counts, rules = _counts(facts), facts.snapshot.rules
    OUT.print(f"snapshot {facts.identity}", soft_wrap=True)
    OUT.print(plain(f"name: {facts.name or '-'}, made at {facts.made_at}"), soft_wrap=True)
    OUT.print(
        f"{counted(counts['windows'], 'windows')}, {counts['with_spasm']} with a spasm, of "
        f"{counted(counts['patients'], 'patients')}: {counts['train']} to train, {counts['validate']} to validate, "
        f"{counts['held_out']} held out",
        soft_wrap=True,
    )
    OUT.print(
        f"consensus {rules.consensus.value}, stride {rules.stride}, {counted(rules.shifts, 'windows')} a spasm, "
        f"{rules.negatives:g} without for each with one, seed {rules.seed}",
        soft_wrap=True,
    )
    for warning in facts.snapshot.warnings:
        ERR.print(f"[yellow]Warning:[/] {plain(warning)}", soft_wrap=True)
    OUT.print(RESEARCH_NOTICE)
