"""Spectra against the dense matrices and TransformerLens', on random models and on circuits made to measure."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pytest
import torch
from transformer_lens import FactoredMatrix
from transformer_lens.model_bridge import TransformerBridge

import headstream as hs
from headstream.framework.spectra import positive_share
from headstream.framework.weights import embedding, full_ov, full_qk, head_weights, unembedding
from headstream.results import Readings
from tests.framework.zoo import native

Models = Callable[[str], TransformerBridge]


def dense(model: TransformerBridge, layer: int, head: int, kind: str) -> np.ndarray:
    low = full_ov(model, layer, head) if kind == "ov" else full_qk(model, layer, head)
    return low.matrix().double().numpy() / (1 if kind == "ov" else model.cfg.d_head**0.5)


def by_size(values: np.ndarray) -> np.ndarray:
    return values[np.lexsort((values.imag, values.real, -np.abs(values).round(3)))]


@pytest.mark.parametrize("kind", ["ov", "qk"])
@pytest.mark.parametrize("name", ["native 2l LN", "gpt2", "llama folded"])
def test_values_are_the_dense_matrix_own(model: Models, name: str, kind: str) -> None:
    found = hs.spectra(model(name), kind, read=3, draws=2)
    assert found.heads == tuple(np.ndindex(2, 4))
    for row, head in enumerate(found.heads):
        whole = dense(model(name), *head, kind)
        expected = np.linalg.eigvals(whole)
        expected = expected[np.argsort(-np.abs(expected))][:8]
        scale = np.abs(expected).max()
        assert (np.diff(np.abs(found.eigenvalues[row])) <= 1e-5 * scale).all(), "largest first"
        np.testing.assert_allclose(by_size(found.eigenvalues[row]), by_size(expected), atol=1e-3 * scale)
        np.testing.assert_allclose(
            found.singular[row], np.linalg.svd(whole, compute_uv=False)[:8], atol=1e-5 * found.singular[row, 0]
        )
        share = expected.sum().real / np.abs(expected).sum()
        assert found.score[row] == pytest.approx(share, abs=1e-4)
    scores = hs.copying_scores if kind == "ov" else hs.matching_scores
    np.testing.assert_allclose(scores(model(name)).ravel(), found.score, atol=1e-6)


@pytest.mark.parametrize("kind", ["ov", "qk"])
def test_vectors_read_as_tokens_are_the_dense_matrix_own(kind: str) -> None:
    model = native("native 2l LN")
    found = hs.spectra(model, kind, [(1, 2), (0, 0)], read=2)
    assert found.heads == ((1, 2), (0, 0))
    for row, head in enumerate(found.heads):
        whole = dense(model, *head, kind)
        u, _, vh = np.linalg.svd(whole)
        turn = np.sign(u[np.abs(u[:, :2]).argmax(0), [0, 1]])
        check_readings(found.singular_vectors, row, [u[:, :2] * turn, vh[:2].T * turn])
        vectors = []
        for matrix in (whole, whole.T):
            values, own = np.linalg.eig(matrix)
            own = own[:, [int(np.abs(values - value).argmin()) for value in found.eigenvalues[row, :2]]]
            largest = own[np.abs(own).argmax(0), [0, 1]]
            vectors.append((own * largest.conj() / np.abs(largest)).real)
        check_readings(found.eigenvectors, row, vectors)


def check_readings(readings: Readings, row: int, vectors: list[np.ndarray]) -> None:
    for direction, end in np.ndindex(2, 2):
        vector = vectors[end][:, direction]
        for sign, ordered in enumerate((np.sort(vector)[::-1], np.sort(vector))):
            np.testing.assert_allclose(readings.weight[row, direction, end, sign], ordered[:6], atol=2e-4)
            np.testing.assert_allclose(vector[readings.token[row, direction, end, sign]], ordered[:6], atol=2e-4)


def test_eigenvalues_are_those_of_transformer_lens(shipped: Callable[[str], TransformerBridge]) -> None:
    model = shipped("attn-only-2l")
    theirs = FactoredMatrix(model.W_E @ model.W_V[1, 4], model.W_O[1, 4] @ model.W_U).eigenvalues.numpy()
    found = hs.spectra(model, heads=[(1, 4)], read=1, draws=1)
    ours = found.eigenvalues[0]
    assert np.abs(ours.sum() - theirs.sum()) < 1e-4 * np.abs(theirs).sum()
    np.testing.assert_allclose(np.abs(ours), np.sort(np.abs(theirs))[::-1], atol=1e-4 * np.abs(theirs).max())
    assert hs.copying_scores(model)[1, 4] == pytest.approx(theirs.sum().real / np.abs(theirs).sum(), abs=1e-4)


def made(ov: list[list[float]]) -> TransformerBridge:
    """A model of as many tokens as the circuit has, each a direction of its own, whose heads 0 have it."""
    model = native("native 1l")
    size = len(ov)
    with torch.no_grad():
        for weight in (model.embed.weight, model.unembed.weight, *model.parameters()):
            weight.zero_()
        embedding(model)[:size, :size] = torch.eye(size)
        unembedding(model)[0][:size, :size] = torch.eye(size)
        model.blocks[0].attn.W_V[0, :size, :size] = torch.tensor(ov)
        model.blocks[0].attn.W_O[0, :size, :size] = torch.eye(size)
    return model


def test_a_copier_scores_one_and_the_opposite_minus_one() -> None:
    assert hs.copying_scores(made([[2.0, 0.0], [0.0, 1.0]]))[0].tolist() == [1, 0, 0, 0]
    assert hs.copying_scores(made([[-2.0, 0.0], [0.0, -1.0]]))[0, 0] == -1
    assert hs.copying_scores(made([[0.0, -1.0], [1.0, 0.0]]))[0, 0] == pytest.approx(0, abs=1e-6)


def test_a_score_of_one_does_not_say_that_every_token_is_copied() -> None:
    model = made([[3.0, 3.5], [-1.0, -1.0]])  # trace 2, determinant 1/2: both eigenvalues are positive
    found = hs.spectra(model, heads=[(0, 0)])
    assert found.score[0] == pytest.approx(1)
    np.testing.assert_allclose(found.eigenvalues[0, :2].real, [1 + 0.5**0.5, 1 - 0.5**0.5], atol=1e-5)
    assert hs.circuit(model, 0, 0).row(1)[1] < 0, "attending to token 1 makes it less likely"


@pytest.mark.slow
def test_the_null_has_no_sign_and_is_seeded(shipped: Callable[[str], TransformerBridge]) -> None:
    model = shipped("attn-only-1l")
    for null in (hs.copying_null, hs.matching_null):
        drawn = null(model, draws=200)
        assert drawn.shape == (200,)
        assert abs(drawn.mean()) < 4 * drawn.std() / 200**0.5
        assert np.abs(drawn).max() < 0.4
        np.testing.assert_array_equal(null(model, draws=5), null(model, draws=5))
        assert not np.array_equal(null(model, draws=5), null(model, draws=5, seed=1))
    found = hs.spectra(model, draws=5)
    np.testing.assert_array_equal(found.null_score, hs.copying_null(model, draws=5))
    for band in (found.null_radius, found.null_singular):
        assert (band[0] <= band[1]).all()
    own = found.singular / np.sqrt((found.singular**2).mean(1, keepdims=True))
    np.testing.assert_allclose((own**2).mean(1), 1, rtol=1e-5)
    assert ((found.null_singular**2).mean(1) < 1.5).all()


def test_a_head_that_is_nothing_has_a_score_of_zero() -> None:
    model = made([[0.0]])
    found = hs.spectra(model)
    assert not found.score.any()
    assert not found.eigenvalues.any()
    assert positive_share(torch.zeros(3, 3))[1] == 0


def test_what_heads_are_there(shipped: Callable[[str], TransformerBridge]) -> None:
    assert hs.copying_scores(shipped("attn-only-0l")).shape == (0, 8)
    with pytest.raises(ValueError, match="heads: expected at least one, got none"):
        hs.spectra(shipped("attn-only-0l"))
    for heads, error, words in (
        ([(0, 8)], IndexError, "head: expected -8 to 7, got 8"),
        ([(0, 1, 2)], ValueError, r"heads: expected a list of \(layer, head\), got \(0, 1, 2\)"),
        ((0, 1), TypeError, r"heads: expected a list of \(layer, head\), got int"),
    ):
        with pytest.raises(error, match=words):
            hs.spectra(shipped("attn-only-1l"), heads=heads)


def test_models_that_bend_a_circuit_are_refused(model: Models) -> None:
    for call in (hs.spectra, hs.copying_scores, hs.copying_null):
        with pytest.raises(ValueError, match="model: expected one whose OV circuits are products of its matrices"):
            call(model("granite"))
    with pytest.raises(ValueError, match=r"model: expected one whose QK .* norms its queries and keys"):
        hs.matching_scores(model("olmo2"))


def test_heads_that_share_values_have_spectra_of_their_own_products(model: Models) -> None:
    llama = model("llama")
    weights = head_weights(llama, 0, 1)
    whole = (embedding(llama) @ weights.W_V @ weights.W_O @ unembedding(llama)[0]).double().numpy()
    found = hs.spectra(llama, heads=[(0, 1)])
    assert found.eigenvalues[0].sum().real == pytest.approx(np.trace(whole), rel=1e-3, abs=1e-3)
