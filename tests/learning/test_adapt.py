import numpy as np
import pytest
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression

from reviewer_app.learning.adapt import CONSTANT, DIRECTIONS, Lesson, Scale, adapted_head, fit, sigmoid
from reviewer_app.learning.head import Head

FEATURES = 24


def embeddings(windows: int = 500, *, features: int = FEATURES, seed: int = 0) -> NDArray[np.float16]:
    """Correlated features of very different sizes, as a network's are."""
    random = np.random.default_rng(seed)
    mixed = random.normal(size=(windows, features)) @ random.normal(size=(features, features))
    return (mixed * np.geomspace(0.1, 5, features) + 3).astype(np.float16)


def lesson_of(features: NDArray[np.float32], targets: NDArray[np.bool_], offsets: float = 0.0) -> Lesson:
    n = len(targets)
    return Lesson(features, np.full(n, offsets), targets.astype(np.float64), np.ones(n))


def test_scaled_windows_have_a_mean_square_length_of_one_whatever_the_network() -> None:
    for factor in (0.01, 1.0, 30.0):
        given = embeddings().astype(np.float32) * factor
        scaled = Scale.of(given).scaled(given)
        assert np.mean(np.sum(scaled[:, :-1] ** 2, axis=1)) == pytest.approx(1.0, rel=1e-3)
        assert np.abs(scaled[:, :-1].mean(axis=0)).max() < 1e-3
        assert np.all(scaled[:, -1] == CONSTANT)


def test_the_work_does_not_grow_with_the_features_and_windows_without_an_embedding_have_no_say() -> None:
    many = embeddings(600, features=200)
    scale = Scale.of(many)
    assert scale.scaled(many).shape == (600, DIRECTIONS + 1)
    holed = many.copy()
    holed[50:55] = np.nan
    without = Scale.of(np.delete(many, np.s_[50:55], axis=0))
    np.testing.assert_array_equal(Scale.of(holed).mean, without.mean)
    assert np.isnan(scale.scaled(holed)[50:55, :-1]).all()


def test_the_directions_kept_are_those_in_which_windows_differ_most() -> None:
    many = embeddings(600, features=200).astype(np.float64)
    directions = np.linalg.qr(Scale.of(many).directions)[0]
    variances = np.linalg.eigvalsh(np.cov(many.T, bias=True))[-DIRECTIONS:]
    kept = np.trace(directions.T @ np.cov(many.T, bias=True) @ directions)
    assert kept > 0.999 * variances.sum()


def test_the_fit_is_the_regularised_logistic_regression() -> None:
    given = embeddings()
    features = Scale.of(given).scaled(given)
    told = features[:, -2] + features[:, -3]
    targets, strength = told > np.median(told), 2.0
    # Without a penalty on an intercept of its own: the constant is an ordinary feature here, too.
    other = LogisticRegression(C=strength**2, fit_intercept=False, tol=1e-10, max_iter=10_000)
    other.fit(features[:100].astype(np.float64), targets[:100])
    ours = fit(lesson_of(features[:100], targets[:100]), strength=strength)
    np.testing.assert_allclose(ours.mean, other.coef_[0], atol=1e-4)


def test_without_a_verdict_nothing_changes_and_each_verdict_makes_surer() -> None:
    given = embeddings()
    features = Scale.of(given).scaled(given)
    nothing = fit(lesson_of(features[:0], np.zeros(0, np.bool_)), strength=2.0)
    assert np.all(nothing.correction(features) == 0)
    lengths = 2.0 * np.linalg.norm(features, axis=1)
    np.testing.assert_allclose(nothing.deviation(features), lengths, rtol=1e-4)
    before = nothing.deviation(features)
    for count in (5, 20, 80):
        taught = fit(lesson_of(features[:count], features[:count, 0] > 0), strength=2.0)
        now = taught.deviation(features)
        assert np.all(now <= before + 1e-5)
        assert now[:count].mean() < 0.95 * before[:count].mean()
        before = now


def test_the_covariance_inverts_the_curvature_of_the_posterior_as_laplace_has_it() -> None:
    given = embeddings(80, features=4)
    features = Scale.of(given).scaled(given)
    lesson = lesson_of(features, features[:, 0] > 0.1)
    posterior = fit(lesson, strength=1.5)

    def gradient(at: NDArray[np.float64]) -> NDArray[np.float64]:
        x = features.astype(np.float64)
        return x.T @ (sigmoid(x @ at) - lesson.targets) + at / 1.5**2

    steps = 1e-5 * np.eye(len(posterior.mean))
    hessian = np.array([(gradient(posterior.mean + s) - gradient(posterior.mean - s)) / 2e-5 for s in steps])
    assert np.abs(gradient(posterior.mean)).max() < 1e-4
    np.testing.assert_allclose(posterior.root @ posterior.root.T, np.linalg.inv(hessian), rtol=1e-4, atol=1e-6)


def test_scores_near_0_and_1_do_not_lead_newton_astray() -> None:
    given = embeddings()
    features = Scale.of(given).scaled(given)
    targets = np.arange(12) % 2 == 0
    for offset in (-30.0, 30.0):
        posterior = fit(lesson_of(features[:12], targets, offset), strength=8.0)
        assert np.isfinite(posterior.mean).all()
        assert np.isfinite(posterior.deviation(features)).all()
        moved = posterior.correction(features[:12])
        assert moved[targets].mean() > moved[~targets].mean()


def test_the_corrected_head_gives_the_same_logits_on_plain_embeddings() -> None:
    given = embeddings()
    head = Head(np.linspace(-0.1, 0.1, FEATURES), -2.0)
    scale = Scale.of(given)
    features = scale.scaled(given)
    posterior = fit(lesson_of(features[:40], features[:40, 1] > 0), strength=2.0)
    weights = adapted_head(head, scale, posterior)
    wanted = head.logits(given) + posterior.correction(features)
    np.testing.assert_allclose(given.astype(np.float64) @ weights[:-1] + weights[-1], wanted, atol=1e-3)


def test_the_weight_of_a_verdict_is_shared_by_its_windows() -> None:
    given = embeddings()
    features = Scale.of(given).scaled(given)[:10]
    targets = np.arange(10) % 2 == 0
    once = fit(lesson_of(features, targets), strength=2.0)
    twice = np.repeat(features, 2, axis=0)
    shared = Lesson(twice, np.zeros(20), np.repeat(targets, 2).astype(float), np.full(20, 0.5))
    np.testing.assert_allclose(fit(shared, strength=2.0).mean, once.mean, atol=1e-5)
