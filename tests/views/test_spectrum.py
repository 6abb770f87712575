"""Spectrum in Python: what it sends, what it takes, and what it refuses."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np
import pytest

import headstream as hs
from tests.views.examples import SHORT
from tests.views.spectrums import random_spectra, some_roles


def test_it_sends_the_numbers_of_the_spectra() -> None:
    spectra = random_spectra(SHORT, kind="qk")
    view = hs.Spectrum(spectra, some_roles())
    assert view.kind == "qk"
    assert [tuple(head) for head in view.heads.tolist()] == list(spectra.heads)
    assert (view.labels[0], view.labels[1], view.labels[7]) == ("0.0 previous token", "0.1", "1.3 induction")
    np.testing.assert_array_equal(view.eigenvalues[..., 0] + 1j * view.eigenvalues[..., 1], spectra.eigenvalues)
    np.testing.assert_array_equal(view.singular, spectra.singular)
    np.testing.assert_allclose(view.null_score, np.quantile(spectra.null_score, (0.05, 0.95)), rtol=1e-6)
    np.testing.assert_array_equal(view.eigen_weight, spectra.eigenvectors.weight)
    np.testing.assert_array_equal(view.singular_token, spectra.singular_vectors.token)
    assert hs.Spectrum(spectra).labels[7] == "1.3"


def test_gpt2_small_is_sent_in_less_than_a_megabyte() -> None:
    spectra = random_spectra([f" w{i}" for i in range(500)], 12, 12, 64, read=8, places=6, draws=4)
    state = hs.Spectrum(spectra).get_state()
    arrays = [value["data"] for value in state.values() if isinstance(value, dict) and "dtype" in value]
    assert 100_000 < sum(map(len, arrays)) < 1_000_000


def test_a_head_is_pinned_and_a_direction_set() -> None:
    view = hs.Spectrum(random_spectra(SHORT), layer=-1, head=2, values="singular values", direction=-1)
    assert (view.selection.layer, view.selection.head) == (1, 2)
    assert (view.values, view.direction) == ("singular values", 7)
    view.direction = np.int64(3)
    assert view.direction == 3
    view.show(random_spectra(SHORT, rank=3))
    assert view.direction is None


@pytest.mark.parametrize(
    ("given", "error", "message"),
    [
        ({"layer": 2}, IndexError, "layer: expected -2 to 1, got 2"),
        ({"layer": 0, "head": 3}, ValueError, r"head: expected one of the heads of these spectra, got 0\.3"),
        ({"direction": 8}, IndexError, "direction: expected -8 to 7, got 8"),
        ({"direction": "first"}, TypeError, "direction: expected a whole number, got 'first'"),
        ({"values": "both"}, ValueError, "values: expected 'eigenvalues' or 'singular values', got 'both'"),
        ({"roles": [1]}, TypeError, r"roles: expected Roles \(pass hs.roles\(model\)\), got list"),
        (
            {"roles": some_roles(1, 4)},
            ValueError,
            r"roles: expected those of the same model, got 1 × 4 heads without 1\.0",
        ),
    ],
)
def test_a_wrong_argument_is_told(given: dict[str, Any], error: type[Exception], message: str) -> None:
    all_but_one = random_spectra(SHORT)
    kept = [row for row, head in enumerate(all_but_one.heads) if head != (0, 3)]
    spectra = replace(
        all_but_one,
        heads=tuple(all_but_one.heads[row] for row in kept),
        **{name: getattr(all_but_one, name)[kept] for name in ("eigenvalues", "singular", "score")},
        **{
            name: replace(parts, token=parts.token[kept], weight=parts.weight[kept])
            for name in ("eigenvectors", "singular_vectors")
            for parts in [getattr(all_but_one, name)]
        },
    )
    with pytest.raises(error, match=f"^{message}$"):
        hs.Spectrum(spectra, **given)
