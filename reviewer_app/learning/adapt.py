"""A head for one recording: the bundle's own head as prior, corrected by a few verdicts, in well under a second.

A bundle's head is a logistic regression on the network's embedding. The adapted head adds a linear correction to its
logit, whose size is bound by a Gaussian prior: with few verdicts little changes, with many the recording speaks for
itself. The correction lives in the few directions in which the recording's own windows differ most, so that Newton's
steps are tiny however many verdicts or features there are; numpy is enough, and starts fast.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from reviewer_app.learning.head import Head

Floats = NDArray[np.float64]

DIRECTIONS = 64
"""Principal directions kept; on phantom nights all 512 did no better."""

SPARE, ROUNDS = 16, 6
"""Directions carried along beyond those kept, and multiplications, so that those kept come out well."""

SURVEYED = 4096
"""Windows, evenly spread, from which the directions are found; more change nothing that can be seen."""

CONSTANT = 0.5
"""The value of the constant feature: how far all scores may move together, compared with a typical window's own."""

MOST_STEPS = 50
LEAST_CHANGE = 1e-6


@dataclass(frozen=True, slots=True)
class Scale:
    """How embeddings of one recording are brought to a common measure: its own mean, directions and deviations.

    Directions are divided by their deviation, those far below the mean deviation less so, as they hold rounding and
    noise. Scaled windows have a mean square length of 1: ``strength`` is then the prior deviation of a typical window's
    logit, whatever the network. On phantom nights this found more spasms after 20 verdicts than scaling each feature.
    """

    mean: Floats  # (features,)
    directions: Floats  # (features, kept) what a centred embedding is multiplied with

    @classmethod
    def of(cls, embeddings: NDArray[np.floating]) -> "Scale":
        """From the embeddings (windows, features) of a recording; NaN where a window has none."""
        known = np.flatnonzero(np.isfinite(embeddings).all(axis=1))
        used = embeddings[known[:: max(1, len(known) // SURVEYED)]].astype(np.float32)
        mean = used.mean(axis=0, dtype=np.float64)
        centred = used - mean.astype(np.float32)
        covariance = (centred.T @ centred / max(1, len(used))).astype(np.float64)
        floor = max(float(np.trace(covariance)) / len(covariance), 1e-12)
        variances, directions = _greatest(covariance)
        length = np.sqrt(max(float(np.sum(variances / (variances + floor))), 1e-12))
        return cls(mean, directions / (np.sqrt(variances + floor) * length))

    def scaled(self, embeddings: NDArray[np.floating]) -> NDArray[np.float32]:
        """Embeddings (n, features) as (n, kept + 1), the constant last."""
        directions = self.directions.astype(np.float32)
        result = np.empty((len(embeddings), directions.shape[1] + 1), np.float32)
        np.matmul(embeddings.astype(np.float32), directions, out=result[:, :-1])
        result[:, :-1] -= (self.mean @ self.directions).astype(np.float32)
        result[:, -1] = CONSTANT
        return result


def _greatest(covariance: Floats) -> tuple[Floats, Floats]:
    """The greatest variances and their directions (features, kept), by repeated multiplication.

    All of them at once would take ten times as long, and far more while a scan keeps the processor busy.
    """
    features = len(covariance)
    kept = min(DIRECTIONS, features)
    basis = np.random.default_rng(0).normal(size=(features, min(features, DIRECTIONS + SPARE)))
    for _ in range(ROUNDS):
        basis = np.linalg.qr(covariance @ basis)[0]
    variances, turned = np.linalg.eigh(basis.T @ covariance @ basis)
    return np.maximum(variances[-kept:], 0.0), basis @ turned[:, -kept:]


@dataclass(frozen=True, slots=True)
class Lesson:
    """Labelled windows, as the fit takes them."""

    features: NDArray[np.float32]  # (n, kept + 1) scaled
    offsets: Floats  # (n,) logits of the bundle's own head
    targets: Floats  # (n,) 0 or 1
    weights: Floats  # (n,) the windows of one verdict share its weight


@dataclass(frozen=True, slots=True)
class Posterior:
    """What is known of the correction after a lesson: Laplace's Gaussian around the most probable one."""

    strength: float  # prior deviation of a typical window's logit
    mean: Floats  # (kept + 1,)
    root: Floats  # (kept + 1, kept + 1) the covariance is its product with its own transpose

    def correction(self, features: NDArray[np.float32]) -> Floats:
        """What is added to the logits of scaled windows (n, kept + 1)."""
        return (features @ self.mean.astype(np.float32)).astype(np.float64)

    def deviation(self, features: NDArray[np.float32]) -> NDArray[np.float32]:
        """How unsure the logits of scaled windows (n, kept + 1) are; it shrinks where verdicts were given."""
        spread = features @ self.root.astype(np.float32)
        deviation: NDArray[np.float32] = np.sqrt(np.einsum("nk,nk->n", spread, spread))
        return deviation


def fit(lesson: Lesson, *, strength: float) -> Posterior:
    """The most probable correction after a lesson, by Newton's method, and how sure it is."""
    x = lesson.features.astype(np.float64)
    mean, precision = np.zeros(x.shape[1]), 1 / strength**2

    def loss(at: Floats) -> float:
        logits = lesson.offsets + x @ at
        miss = np.logaddexp(0.0, logits) - lesson.targets * logits
        return float(lesson.weights @ miss + precision / 2 * (at @ at))

    def curvature(at: Floats) -> Floats:
        chances = sigmoid(lesson.offsets + x @ at)
        bent: Floats = (x.T * (lesson.weights * chances * (1 - chances))) @ x
        bent[np.diag_indices_from(bent)] += precision
        return bent

    before = loss(mean)
    for _ in range(MOST_STEPS):
        misses = lesson.weights * (lesson.targets - sigmoid(lesson.offsets + x @ mean))
        step = np.linalg.solve(curvature(mean), x.T @ misses - precision * mean)
        # Newton's step may be too long where scores are near 0 or 1; half of it is tried until it helps.
        while (after := loss(mean + step)) > before and np.abs(step).max() > LEAST_CHANGE:
            step /= 2
        mean, gained, before = mean + step, before - after, after
        if gained < LEAST_CHANGE:
            break
    return Posterior(strength, mean, np.linalg.inv(np.linalg.cholesky(curvature(mean))).T)


def adapted_head(head: Head, scale: Scale, posterior: Posterior) -> Floats:
    """The corrected head on plain embeddings, (features + 1,), the bias last."""
    weight = scale.directions @ posterior.mean[:-1]
    together: Floats = np.r_[head.weight + weight, head.bias + CONSTANT * posterior.mean[-1] - weight @ scale.mean]
    return together


def sigmoid(logits: Floats) -> Floats:
    """From logits to probabilities, without an overflow at either end."""
    chances: Floats = np.exp(-np.logaddexp(0.0, -logits))
    return chances
