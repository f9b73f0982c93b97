"""The one entry for every door: a request in, messages out, a result at the end.

Each journey is imported only when it is asked for, so that a door that merely names a request stays light: this is the
one file whose imports do not all stand at its top.
"""

from collections.abc import Generator
from typing import Any, TypeVar, cast

from reviewer_app.jobs.control import Control
from reviewer_app.jobs.learn_request import (
    AdaptRequest,
    BenchTrain,
    CompareRequest,
    CrossvalRequest,
    EvaluateRequest,
    ExportSnapshot,
    FinetuneRequest,
    ImportLabels,
    ListLeftovers,
    ListPromotions,
    ListSnapshots,
    MakeSnapshot,
    PrepareTraining,
    PromoteRequest,
    PublishedRequest,
    RemakeSnapshot,
    RemoveLeftover,
    RollbackRequest,
)
from reviewer_app.jobs.library_request import FindFiles, ForgetRecordings, OpenRequest, SurveyRequest, ToldRequest
from reviewer_app.jobs.message import Message
from reviewer_app.jobs.request import (
    AcceptRequest,
    Asks,
    BackUpLibrary,
    BenchRequest,
    CheckBundle,
    DoctorRequest,
    EventsRequest,
    ExplainRequest,
    ExportRequest,
    FetchBundle,
    ImportBundle,
    ListBackups,
    ListBundles,
    PhantomRequest,
    RecoverLibrary,
    ReportRequest,
    RestoreLibrary,
    ScanRequest,
    ShowKey,
    StarterRequest,
)

Answer = TypeVar("Answer")


def run_job(request: Asks[Answer], control: Control) -> Generator[Message, None, Answer]:
    """Starts a job; iterating drives it, closing the generator cancels it, its return value is the answer.

    Raises:
        SpasmReviewerError: what went wrong, in a sentence for the person.
    """
    return cast("Generator[Message, None, Answer]", _job(request, control))


def _job(request: Asks[Any], control: Control) -> Generator[Message, None, Any]:
    match request:
        case ScanRequest():
            from reviewer_app.jobs.scan import scan

            return scan(request, control)
        case EventsRequest():
            from reviewer_app.jobs.findings import list_findings

            return list_findings(request)
        case ToldRequest():
            from reviewer_app.jobs.findings import tell

            return tell(request)
        case ExportRequest():
            from reviewer_app.jobs.export import export

            return export(request)
        case ReportRequest():
            from reviewer_app.jobs.report import report_night

            return report_night(request)
        case ExplainRequest():
            from reviewer_app.jobs.explain import explain

            return explain(request)
        case PhantomRequest():
            from reviewer_app.jobs.phantom import make_phantom

            return make_phantom(request)
        case AcceptRequest():
            from reviewer_app.jobs.accept import accept

            return accept(request, control)
        case StarterRequest():
            from reviewer_app.jobs.starter import train_starter

            return train_starter(request)
        case BenchRequest():
            from reviewer_app.jobs.bench import bench_scan

            return bench_scan(request, control)
        case BenchTrain():
            from reviewer_app.jobs.bench_train import bench_train

            return bench_train(request)
        case DoctorRequest():
            from reviewer_app.jobs.doctor import examine

            return examine(request)
        case ListBundles() | CheckBundle() | FetchBundle() | ImportBundle():
            from reviewer_app.jobs.bundles import answer

            return answer(request)
        case CompareRequest():
            from reviewer_app.jobs.compare import compare

            return compare(request, control)
        case _:
            return _library_job(request)


def _library_job(request: Asks[Any]) -> Generator[Message, None, Any]:
    """What is asked about a library: its key, its backups, its recordings."""
    match request:
        case ShowKey() | RecoverLibrary():
            from reviewer_app.jobs.keys import answer_key

            return answer_key(request)
        case ListBackups():
            from reviewer_app.jobs.backups import list_backups

            return list_backups(request)
        case BackUpLibrary():
            from reviewer_app.jobs.backups import back_up_library

            return back_up_library(request)
        case RestoreLibrary():
            from reviewer_app.jobs.backups import restore_library

            return restore_library(request)
        case OpenRequest():
            from reviewer_app.jobs.open import open_paths

            return open_paths(request)
        case FindFiles():
            from reviewer_app.jobs.open import find_files

            return find_files(request)
        case SurveyRequest():
            from reviewer_app.jobs.survey import survey

            return survey(request)
        case ForgetRecordings():
            from reviewer_app.jobs.survey import forget_recordings

            return forget_recordings(request)
        case _:
            return _learning_job(request)


def _learning_job(request: Asks[Any]) -> Generator[Message, None, Any]:
    """What is asked about learning: snapshots, adaptation, comparing, evaluation."""
    match request:
        case AdaptRequest():
            from reviewer_app.jobs.adapt import adapt

            return adapt(request)
        case MakeSnapshot():
            from reviewer_app.jobs.snapshot import make_snapshot

            return make_snapshot(request)
        case ListSnapshots():
            from reviewer_app.jobs.snapshot import list_snapshots

            return list_snapshots(request)
        case ExportSnapshot():
            from reviewer_app.jobs.snapshot import export_snapshot

            return export_snapshot(request)
        case RemakeSnapshot():
            from reviewer_app.jobs.snapshot import remake_snapshot

            return remake_snapshot(request)
        case ImportLabels():
            from reviewer_app.jobs.imported import import_labels

            return import_labels(request)
        case PromoteRequest():
            from reviewer_app.jobs.promote import promote

            return promote(request)
        case RollbackRequest():
            from reviewer_app.jobs.promote import roll_back

            return roll_back(request)
        case ListPromotions():
            from reviewer_app.jobs.promote import list_promotions

            return list_promotions(request)
        case EvaluateRequest():
            from reviewer_app.jobs.evaluate import evaluate

            return evaluate(request)
        case PublishedRequest():
            from reviewer_app.jobs.published import published

            return published(request)
        case _:
            return _training_job(request)


def _training_job(request: Asks[Any]) -> Generator[Message, None, Any]:
    """What is asked about trainings and what they leave."""
    match request:
        case FinetuneRequest():
            from reviewer_app.jobs.finetune import finetune

            return finetune(request)
        case PrepareTraining():
            from reviewer_app.jobs.finetune import prepare

            return prepare(request)
        case CrossvalRequest():
            from reviewer_app.jobs.crossval import crossvalidate

            return crossvalidate(request)
        case ListLeftovers():
            from reviewer_app.jobs.left_behind import list_leftovers

            return list_leftovers(request)
        case RemoveLeftover():
            from reviewer_app.jobs.left_behind import remove_leftover

            return remove_leftover(request)
        case _:
            raise ValueError(f"no job answers {type(request).__name__}")
