"""Bundles as the doors ask for them: listed, shown, verified, fetched, imported."""

import tempfile
from collections.abc import Generator
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path

from reviewer_app.errors import BundleError, RequestError
from reviewer_app.jobs.beat import beating
from reviewer_app.jobs.folder import writable_folder
from reviewer_app.jobs.message import BundleFacts, Message, StepsDone
from reviewer_app.jobs.request import CheckBundle, FetchBundle, ImportBundle, ListBundles
from reviewer_app.learning.bundle import CARD, Bundle, find_bundle, list_bundles, load_bundle, verify_bundle
from reviewer_app.learning.fetch import download, look_up
from reviewer_app.learning.kinetics import import_checkpoint, read_checkpoints


def answer(
    request: ListBundles | CheckBundle | FetchBundle | ImportBundle,
) -> Generator[Message, None, BundleFacts | tuple[BundleFacts, ...]]:
    """What is asked about bundles.

    Raises:
        RequestError: the name is unknown, the licence was not accepted, or the hub cannot be reached.
        BundleError: the bundle or checkpoint cannot be trusted or written.
    """
    match request:
        case ListBundles(folders):
            return tuple(_facts_or_problem(each) for each in list_bundles(folders))
        case CheckBundle(name, folders, verify):
            check = verify_bundle if verify else load_bundle
            bundle = yield from beating("Checking the bundle", lambda: check(find_bundle(name, folders)))
            return facts_of(bundle)
        case FetchBundle():
            return (yield from _fetch(request))
        case ImportBundle(file, name, to, checkpoints):
            return (yield from _import(file, to / name, checkpoints))


def facts_of(bundle: Bundle) -> BundleFacts:
    """A readable bundle as a door shows it."""
    told = bundle.description
    return BundleFacts(
        name=bundle.name,
        folder=bundle.folder,
        identity=bundle.identity,
        network=f"{told.network.architecture}, {told.clip.size} px, {told.clip.channels.value}",
        size=bundle.weights.size,
        licence=told.licence.spdx,
        operating_points=told.operating_points,
        notice=told.notice,
        card=(bundle.folder / CARD).read_text(encoding="utf-8"),
    )


def _facts_or_problem(found: Bundle | BundleError) -> BundleFacts:
    if isinstance(found, Bundle):
        return facts_of(found)
    return BundleFacts(name="?", folder=Path(), problem=str(found))


def _fetch(request: FetchBundle) -> Generator[Message, None, BundleFacts]:
    """Without an accepted licence, what there is to accept; with it, the bundle."""
    known = read_checkpoints(request.checkpoints)
    if request.name not in known:
        raise RequestError(f"No checkpoint is known as {request.name}; there are: {', '.join(known)}.")
    checkpoint = known[request.name]
    offer = yield from beating("Asking the hub", partial(look_up, checkpoint, sha256=request.sha256))
    if request.accepted_licence is None:
        return BundleFacts(name=request.name, folder=request.to, licence=offer.licence.spdx, notice=offer.terms)
    with tempfile.TemporaryDirectory(dir=writable_folder(request.to)) as folder:
        file = Path(folder) / checkpoint.file
        with closing(download(offer, file, accepted_licence=request.accepted_licence)) as arrived:
            for count in arrived:
                yield StepsDone(count, offer.size, f"Fetching {request.name}")
        return (yield from _import(file, request.to / request.name, request.checkpoints))


def _import(file: Path, folder: Path, checkpoints: Path) -> Generator[Message, None, BundleFacts]:
    make = partial(
        import_checkpoint,
        file,
        folder,
        known=read_checkpoints(checkpoints),
        date=date.today().isoformat(),
    )
    return facts_of((yield from beating("Making the bundle", make)))
