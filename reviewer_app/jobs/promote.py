"""Promotion and the way back: one row in the library, written whole or not at all, decides which bundle is current."""

import json
from collections.abc import Generator
from functools import partial
from pathlib import Path

from reviewer_app.domain.annotation import Rater
from reviewer_app.errors import BundleError, RequestError
from reviewer_app.jobs.beat import beating
from reviewer_app.jobs.compare import identity_of, told
from reviewer_app.jobs.current import bundle_of
from reviewer_app.jobs.learn_request import Comparison, ListPromotions, Promoted, PromoteRequest, RollbackRequest
from reviewer_app.jobs.library import open_library
from reviewer_app.jobs.message import Message, Stage
from reviewer_app.learning.bundle import Bundle, verify_bundle
from reviewer_app.store import promotions
from reviewer_app.store.library import Library
from reviewer_app.store.promotions import Decision, Promotion


def promote(request: PromoteRequest) -> Generator[Message, None, Promoted]:
    """Makes the candidate of a comparison current, or notes that it was not taken.

    The candidate is verified byte by byte and scores its golden clip before anything changes.

    Raises:
        RequestError: the comparison forbids it, was altered, or speaks of another current bundle than there is.
        BundleError: the candidate cannot be trusted, or is another one than was compared.
        StoreError: NOT SAVED.
    """
    comparison = request.comparison
    if identity_of(comparison) != comparison.identity:
        raise RequestError("The comparison is not as it was made; compare again.")
    if not request.keep_current:
        if not comparison.may_be_promoted:
            raise RequestError(comparison.advice)
        yield from _verified(comparison.candidate.folder, comparison.candidate.identity)
    with open_library(request.library) as library:
        _refuse_outdated(library, comparison)
        return promoted_from(promotions.append(library, _decision(library, request)))


def roll_back(request: RollbackRequest) -> Generator[Message, None, Promoted]:
    """Makes the bundle current again that was so before the newest promotion that stands, for whom that one was.

    Raises:
        RequestError: no promotion stands.
        BundleError: the earlier bundle is not on this machine or cannot be trusted.
        StoreError: NOT SAVED.
    """
    with open_library(request.library) as library:
        past = promotions.history(library)
        standing = promotions.promoted(past)
        if not standing:
            raise RequestError("Nothing was promoted in this library, so there is nothing to roll back.")
        last = standing[-1]
        before = promotions.before(past)
        earlier = bundle_of(before.identity, before.name, request.bundle_folders)
        yield from _verified(earlier.folder, earlier.identity)
        back = Promotion(
            Decision.ROLL_BACK,
            bundle=before.identity,
            bundle_name=before.name,
            replaced=past[-1].bundle,
            replaced_name=past[-1].bundle_name,
            candidate=last.bundle,
            facts="{}",
            rater_id=_rater_id(request.rater),
        )
        return promoted_from(promotions.append(library, back))


def list_promotions(request: ListPromotions) -> Generator[Message, None, tuple[Promoted, ...]]:
    """All decisions of a library, newest first.

    Raises:
        StoreError: the library cannot be read.
    """
    yield Stage("Reading the library")
    with open_library(request.library, hold=False) as library:
        return tuple(promoted_from(each) for each in reversed(promotions.history(library)))


def promoted_from(kept: Promotion) -> Promoted:
    """A decision as a door shows it."""
    facts = json.loads(kept.facts)
    return Promoted(
        kept.bundle_name,
        kept.bundle,
        kept.rival.name,
        kept.made_at,
        decision=kept.decision.value,
        advice=str(facts.get("advice", "")),
    )


def _verified(folder: Path, identity: str) -> Generator[Message, None, Bundle]:
    bundle = yield from beating("Checking the bundle", partial(verify_bundle, folder))
    if bundle.identity != identity:
        raise BundleError(f"The bundle {bundle.name} is another one than was meant; nothing was changed.")
    return bundle


def _refuse_outdated(library: Library, comparison: Comparison) -> None:
    current = promotions.current(promotions.history(library), patient=comparison.patient)
    if current is not None and current.identity != comparison.current.identity:
        raise RequestError(
            f"{current.name} is the current bundle by now, and not {comparison.current.name}; compare with that one."
        )


def _decision(library: Library, request: PromoteRequest) -> Promotion:
    comparison, past = request.comparison, promotions.history(library)
    # The history is one chain for all patients; a personal bundle's rival need not be its newest link.
    replaced = (
        (past[-1].bundle, past[-1].bundle_name) if past else (comparison.current.identity, comparison.current.name)
    )
    bundle = replaced if request.keep_current else (comparison.candidate.identity, comparison.candidate.name)
    return Promotion(
        Decision.KEEP if request.keep_current else Decision.PROMOTE,
        *bundle,
        *replaced,
        candidate=comparison.candidate.identity,
        facts=json.dumps(told(comparison), sort_keys=True),
        rater_id=_rater_id(request.rater),
    )


def _rater_id(rater: Rater | None) -> int | None:
    return None if rater is None else rater.rater_id
