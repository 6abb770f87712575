"""A dictionary's summary on a text, against all activations held at once."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest
import torch

import headstream as hs
from headstream.features.dictionaries import Dictionary
from headstream.features.kept import BEFORE, STRETCH, Best, Histogram
from headstream.results.features import joined

PLACE = "blocks.2.hook_in"
WINDOW, EXAMPLES, BINS = 10, 3, 8


def dictionary(reads: tuple[str, ...] = (PLACE,), writes: tuple[str, ...] = (), width: int = 384) -> Dictionary:
    made = Dictionary("random", reads, writes or reads, 384, width, 40, activation="topk", k=5, seed=3)
    with torch.no_grad():
        made.b_enc[7] = -1e6  # dead
    return made


@pytest.fixture(scope="module")
def model() -> Any:
    return hs.load("gelu-4l")


@pytest.fixture(scope="module")
def pages(model: Any) -> list[hs.models.Run]:
    return [*hs.pages(model, 2, 150), *hs.pages(model, 1, 40, "oz")]


@pytest.fixture(scope="module")
def summary(model: Any, pages: Any) -> Any:
    return hs.feature_summary(model, dictionary(), pages, examples=EXAMPLES, drawn=2, window=WINDOW, bins=BINS, top=4)


@pytest.fixture(scope="module")
def fired(pages: Any) -> list[np.ndarray]:
    """[position, feature] of each page, from its second position on."""
    return [dictionary().encode(page.cache[PLACE]).detach().numpy()[1:] for page in pages]


def test_density_largest_and_histogram_are_those_of_all_activations(summary: Any, fired: Any) -> None:
    whole = np.concatenate(fired)
    assert summary.positions == len(whole) == 149 + 149 + 39
    np.testing.assert_allclose(summary.density, (whole > 0).mean(0), rtol=1e-6)
    np.testing.assert_allclose(summary.largest, whole.max(0), rtol=1e-5)
    for feature in range(40):
        values = whole[:, feature][whole[:, feature] > 0]
        edges = np.linspace(0, summary.reach[feature], BINS + 1)
        wanted = [int(((values > low) & (values <= high)).sum()) for low, high in pairwise(edges)]
        # An activation may stand within a rounding of an edge.
        assert np.abs(summary.histogram[feature] - wanted).sum() <= 2
        assert summary.histogram[feature].sum() == len(values)
    assert summary.dead == (whole.max(0) <= 0).sum() >= 1
    assert summary.active == pytest.approx((whole > 0).sum(1).mean(), rel=1e-5)


def test_top_examples_are_the_strongest_of_each_stretch(summary: Any, fired: Any, pages: Any) -> None:
    before = round(BEFORE * (WINDOW - 1))
    for feature in range(40):
        places = []
        for page, activations in zip(pages, fired, strict=True):
            for start in range(0, len(activations), STRETCH):
                some = activations[start : start + STRETCH, feature]
                places.append((float(some.max()), page, activations, start + int(some.argmax())))
        places.sort(key=lambda place: -place[0])
        for at, (strength, page, activations, place) in enumerate(places[:EXAMPLES]):
            if strength <= 0:
                assert summary.top.at[feature, at] == -1
                assert (summary.top.token_ids[feature, at] == -1).all()
                continue
            start = max(0, min(place - before, len(activations) - WINDOW))
            assert summary.top.at[feature, at] == place - start
            np.testing.assert_array_equal(
                summary.top.token_ids[feature, at], page.token_ids[1:][start : start + WINDOW]
            )
            np.testing.assert_allclose(
                summary.top.activations[feature, at], activations[start : start + WINDOW, feature], rtol=1e-5, atol=1e-6
            )
    assert (summary.fires_on(int(summary.density.argmax()))) != []


def test_drawn_examples_are_places_where_it_fires_and_differ_by_seed(model: Any, pages: Any, summary: Any) -> None:
    at = np.maximum(summary.drawn.at, 0)[..., None]
    here = np.take_along_axis(summary.drawn.activations, at, 2)[..., 0]
    assert (here[summary.drawn.at >= 0] > 0).all()
    assert (here < summary.largest[:, None]).any()
    other = hs.feature_summary(model, dictionary(), pages, drawn=2, window=WINDOW, seed=1)
    assert (other.drawn.token_ids != summary.drawn.token_ids).any()
    # By chance, not by strength: over all features they stand lower than the top examples.
    peaks = np.take_along_axis(summary.top.activations, np.maximum(summary.top.at, 0)[..., None], 2)[..., 0]
    assert here[:, 0].mean() < peaks[:, 0].mean()


def test_logits_are_the_models_own_with_the_scale_frozen(model: Any, pages: Any, summary: Any) -> None:
    scale = np.mean([float(page.cache["ln_final.hook_scale"][1:].mean()) for page in pages])
    stream = pages[0].cache["ln_final.hook_in"][5]
    decoders = dictionary().W_dec[:, 0].detach()

    def logits(stream: torch.Tensor) -> torch.Tensor:
        centred = stream - stream.mean(-1, keepdim=True)
        found: torch.Tensor = centred / float(scale) @ model.W_U.float() + model.b_U.float()
        return found - found.mean(-1, keepdim=True)

    change = (logits(stream + decoders) - logits(stream)).numpy()
    for feature in range(40):
        for ids, values, order in (
            (summary.promoted, summary.promoted_logits, np.argsort(-change[feature])),
            (summary.suppressed, summary.suppressed_logits, np.argsort(change[feature])),
        ):
            np.testing.assert_allclose(values[feature], change[feature][order[:4]], atol=2e-4)
            np.testing.assert_allclose(change[feature][ids[feature]], values[feature], atol=2e-4)


def test_nearest_decoders_are_those_of_largest_cosine(summary: Any) -> None:
    unit = torch.nn.functional.normalize(dictionary().W_dec[:, 0].detach(), dim=1).numpy()
    cosine = unit @ unit.T
    np.fill_diagonal(cosine, -2)
    np.testing.assert_allclose(summary.cosine, -np.sort(-cosine, 1)[:, :4], atol=1e-5)
    np.testing.assert_allclose(np.take_along_axis(cosine, summary.nearest, 1), summary.cosine, atol=1e-5)


def test_pages_may_be_ids_and_a_generator(model: Any, pages: Any, summary: Any) -> None:
    from_ids = hs.feature_summary(
        model, dictionary(), (page.token_ids.tolist() for page in pages), examples=EXAMPLES, window=WINDOW, bins=BINS
    )
    np.testing.assert_allclose(from_ids.density, summary.density, atol=2 / summary.positions)
    np.testing.assert_allclose(from_ids.largest, summary.largest, rtol=1e-4, atol=1e-5)
    assert from_ids.text == summary.text == "3 pages of 40 to 150 tokens"


def test_a_number_of_pages_is_so_many_of_each_book(model: Any) -> None:
    found = hs.feature_summary(model, dictionary(), 1, examples=1, drawn=1)
    assert (found.text, found.positions) == ("3 pages of 256 tokens", 3 * 255)


def test_a_transcoder_and_neurons_reach_the_logits(model: Any, pages: Any) -> None:
    transcoder = dictionary(("blocks.1.mlp.hook_in",), ("blocks.1.hook_mlp_out",))
    found = hs.feature_summary(model, transcoder, pages)
    assert found.place == "blocks.1.mlp.hook_in → blocks.1.hook_mlp_out"
    neurons = dictionary(("blocks.1.mlp.hook_in",), ("blocks.1.mlp.hook_post",), 1536)
    through = hs.feature_summary(model, neurons, pages[:1], top=1)
    assert through.promoted.shape == (40, 1)


def test_several_places_are_read_together(model: Any, pages: Any) -> None:
    places = ("blocks.1.hook_in", "blocks.3.hook_in")
    cross = dictionary(places)
    found = hs.feature_summary(model, cross, pages[:1])
    fired = cross.encode(torch.stack([pages[0].cache[name] for name in places], 1))[1:].detach()
    np.testing.assert_allclose(found.density, (fired > 0).float().mean(0).numpy(), rtol=1e-5)
    with torch.no_grad():
        cross.W_dec[:, 1] *= 3
    norms = cross.W_dec.detach().norm(dim=-1).numpy()
    raw = hs.decoder_shares(cross, level=False)
    np.testing.assert_allclose(raw.centre, norms[:, 1] / norms.sum(1), rtol=1e-5)
    shares = hs.decoder_shares(cross, found)
    np.testing.assert_allclose(shares.norms.mean(0), 1, rtol=1e-5)
    assert abs(shares.centre.mean() - 0.5) < 0.05 < abs(raw.centre.mean() - 0.5)
    assert shares.places == places
    np.testing.assert_array_equal(shares.density, found.density)
    with pytest.raises(ValueError, match="summary: expected one of 40 features, got 2"):
        hs.decoder_shares(cross, SimpleNamespace(density=np.zeros(2)))  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="expected a crosscoder, which writes at several places, got random"):
        hs.decoder_shares(dictionary())


def test_the_histogram_loses_no_count_when_it_grows() -> None:
    values = np.random.default_rng(0).exponential(size=(400, 3)).astype(np.float32) * [0.1, 1, 30]
    grown = Histogram(3, 6)
    for part in np.array_split(values, 40):
        grown.add(torch.from_numpy(part.astype(np.float32)))
    assert grown.counts.sum(1).tolist() == [400] * 3
    for feature in range(3):
        edges = np.linspace(0, float(grown.reach[feature]), 7)
        edges[-1] *= 1.001
        wanted, _ = np.histogram(values[:, feature], edges)
        assert np.abs(grown.counts[feature].numpy() - wanted).sum() <= 2


def test_a_page_shorter_than_a_window_is_padded() -> None:
    best = Best(1, 1, 6)
    activations = torch.tensor([[0.0], [2.0], [1.0]])
    best.add(activations, activations, torch.tensor([4, 5, 6], dtype=torch.int32))
    found = best.examples()
    assert found.token_ids.tolist() == [[[4, 5, 6, -1, -1, -1]]]
    assert found.activations.tolist() == [[[0, 2, 1, 0, 0, 0]]]
    assert (found.at.tolist(), found.tokens.tolist(), found.start.tolist()) == ([[1]], [[5]], [[0]])


def test_windows_are_joined_to_one_text_from_which_each_is_read_again(summary: Any) -> None:
    tokens, starts = joined(summary.top, summary.drawn)
    for one, start in zip((summary.top, summary.drawn), starts, strict=True):
        again = tokens[np.minimum(start[..., None] + np.arange(WINDOW), len(tokens) - 1)]
        np.testing.assert_array_equal(again[one.at >= 0], one.token_ids[one.at >= 0])
    assert len(tokens) <= summary.positions
    wrong = replace(summary.top, start=np.zeros_like(summary.top.start))
    with pytest.raises(ValueError, match=r"Examples\.start: expected the same tokens where windows overlap"):
        joined(wrong)


@pytest.mark.parametrize(
    ("change", "error", "message"),
    [
        ({"dictionary": "gelu-4l-sae"}, TypeError, r"dictionary: expected a dictionary \(pass hs.dictionary.*got str"),
        ({"pages": []}, ValueError, "pages: expected at least one page, got none"),
        ({"pages": [[[1, 2]]]}, ValueError, r"pages: expected lists of token ids, got shape \[1, 2\]"),
        ({"pages": [[1]]}, ValueError, "pages: expected pages of 2 tokens or more, got one of 1"),
        ({"bins": 5}, ValueError, "bins: expected an even number, got 5"),
        ({"examples": 0}, ValueError, "examples: expected 1 or more, got 0"),
        ({"site": 1}, IndexError, "site: expected -1 to 0, got 1"),
        (
            {"dictionary": dictionary(("blocks.9.hook_in",))},
            ValueError,
            "dictionary: expected one of activations of gelu-4l, got one of blocks.9.hook_in",
        ),
        (
            {"dictionary": dictionary((PLACE,), ("blocks.1.attn.hook_z",), 48)},
            ValueError,
            "expected one that writes into the residual stream of 384 numbers, got one that writes 48",
        ),
    ],
)
def test_what_is_wrong_is_told(model: Any, change: Any, error: type[Exception], message: str) -> None:
    given: dict[str, Any] = {"dictionary": dictionary(), "pages": [[1, 2, 3]], **change}
    with pytest.raises(error, match=message):
        hs.feature_summary(model, **given)


def test_pages_of_another_model_are_refused(model: Any, pages: Any, shipped: Any) -> None:
    other = hs.run(shipped("attn-only-1l"), "I beg")
    with pytest.raises(ValueError, match="pages: expected runs of gelu-4l, got one of attn-only-1l"):
        hs.feature_summary(model, dictionary(), [other])


def test_a_summary_holds_labels_of_all_it_shows(summary: Any) -> None:
    assert summary.ids <= set(summary.vocabulary)
    with pytest.raises(ValueError, match="vocabulary: expected a label for every token"):
        replace(summary, vocabulary={})
