"""Models of nnsight's, here and by its simulation of a server: the same numbers, and few bytes on the way."""

from __future__ import annotations

import io
from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np
import pytest
import torch
from torch._subclasses.fake_tensor import FakeTensorMode
from transformer_lens.model_bridge import TransformerBridge
from transformers import AutoTokenizer

import headstream as hs
from headstream.framework import reductions
from headstream.models.patterns import head_patterns
from headstream.models.run_sources import Shape
from headstream.models.run_sources import nnsight_model as source
from tests.framework.test_run_sources import IDS, SUMS, same_attention, same_results
from tests.framework.zoo import hugging_face, save

nnsight = pytest.importorskip("nnsight")
zstandard = pytest.importorskip("zstandard")  # nnsight packs with it what it sends

Models = Callable[[str], TransformerBridge]


@pytest.fixture(scope="module")
def traced(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Any]:
    folder = tmp_path_factory.mktemp("tokenizer")
    save(hugging_face("gpt2"), folder)
    tokenizer = AutoTokenizer.from_pretrained(folder)
    return lambda kind: nnsight.TransformersModel(hugging_face(kind), tokenizer=tokenizer)


def on_the_way(found: dict[str, torch.Tensor]) -> int:
    """Bytes of a result as a server sends it."""
    buffer = io.BytesIO()
    torch.save({"found": found}, buffer)
    return len(zstandard.ZstdCompressor(level=6).compress(buffer.getvalue()))


@pytest.fixture
def crossed(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """Bytes of each request and each answer, in the order in which they cross."""
    from nnsight.schema.request import RequestModel

    sizes: list[int] = []
    serialize, unpack = RequestModel.serialize, source.unpacked

    def request(tracer: Any, compress: bool = False) -> bytes:
        sizes.append(len(serialize(tracer, compress=True)))
        return serialize(tracer, compress=compress)

    def answer(found: dict[str, torch.Tensor]) -> Any:
        sizes.append(on_the_way(found))
        return unpack(found)

    monkeypatch.setattr(RequestModel, "serialize", request)
    monkeypatch.setattr(source, "unpacked", answer)
    return sizes


@pytest.mark.parametrize("kind", ["gpt2", "llama", "neox", "gemma2", "olmo", "olmo2"])
def test_a_model_here_gives_the_bridges_numbers(model: Models, traced: Callable[[str], Any], kind: str) -> None:
    prompt = hs.run(traced(kind), IDS)
    assert not prompt.source.travels
    same_results(prompt, hs.run(model(kind), IDS), adds_up=kind in SUMS)


@pytest.mark.parametrize("kind", ["gpt2", "llama", "gemma2", "olmo2"])
def test_a_model_elsewhere_gives_the_bridges_numbers(
    model: Models, traced: Callable[[str], Any], crossed: list[int], kind: str
) -> None:
    ours, theirs = hs.run(traced(kind), IDS, remote="local"), hs.run(model(kind), IDS)
    assert ours.source.travels
    same_attention(ours.attention, theirs.attention)
    np.testing.assert_allclose(ours.attention_of(["1.2"]).pattern[0, 0], theirs.attention.pattern[1, 2], atol=1e-4)
    ladders = hs.ladder([ours]), hs.ladder([theirs])
    np.testing.assert_array_equal(ladders[0].guesses, ladders[1].guesses)
    np.testing.assert_allclose(ladders[0].next_log_prob, ladders[1].next_log_prob, atol=1e-4)
    if kind in SUMS:
        parts = hs.attribute_logit(ours), hs.attribute_logit(theirs)
        np.testing.assert_allclose(parts[0].values, parts[1].values, atol=1e-4)
    else:
        with pytest.raises(ValueError, match="is not the sum of what the components write"):
            hs.attribute_logit(ours)
    assert len(crossed) == 8, "a request and an answer for each result"
    assert max(crossed) < 40_000


def test_a_lens_from_elsewhere_tells_the_top_and_bounds(model: Models, traced: Callable[[str], Any]) -> None:
    ours = hs.logit_lens(hs.run(traced("llama"), IDS, remote="local"), top=3, also=IDS)
    theirs = hs.logit_lens(hs.run(model("llama"), IDS), top=3, also=IDS)
    assert ours.vocabulary == theirs.vocabulary
    for field in ("entropy", "kl"):
        np.testing.assert_allclose(getattr(ours, field), getattr(theirs, field), atol=1e-4)
    np.testing.assert_array_equal(ours.final, theirs.final)
    bounds = 0
    for at in range(len(IDS)):
        ids = ours.candidates[at][ours.candidates[at] >= 0]
        place = [theirs.candidates[at].tolist().index(token) for token in ids]
        for norm, row in np.ndindex(2, len(ours.rows)):
            rank, exact = ours.rank[norm, row, at, : len(ids)], theirs.rank[norm, row, at, place]
            log_prob, truth = ours.log_prob[norm, row, at, : len(ids)], theirs.log_prob[norm, row, at, place]
            known = rank >= 0
            np.testing.assert_array_equal(rank[known], exact[known])
            np.testing.assert_allclose(log_prob[known], truth[known], atol=1e-4)
            assert (rank[~known] == -3).all()
            assert (exact[~known] >= 3).all()
            assert (log_prob[~known] >= truth[~known] - 1e-4).all()
            asked = np.isin(ids, [ours.final[at], IDS[at], ours.next_token[at]])
            assert known[asked].all()
            bounds += int((~known).sum())
    assert bounds > 100
    assert ours.minus(theirs).change == pytest.approx(0, abs=1e-4)
    assert {record["rank"] for record in ours.records()} == {0, 1, 2}
    view = hs.LogitLensGrid(ours)
    assert view.rank.dtype == np.int32


def test_patterns_of_many_heads_are_not_sent(model: Models, traced: Callable[[str], Any]) -> None:
    prompt = hs.run(traced("llama"), IDS, remote="local")
    object.__setattr__(prompt, "tokens", prompt.tokens * 100)
    with pytest.raises(ValueError, match=r"at most 5 MB, got 8 of 1200 tokens, 23 MB: ask for some, run.attention_of"):
        _ = prompt.attention
    with pytest.raises(ValueError, match="remote: expected a model that nnsight can name to a server"):
        hs.run(nnsight.NNsight(hugging_face("llama")), IDS, remote=True)


def test_a_long_prompt_elsewhere_is_asked_for_in_parts(
    model: Models, traced: Callable[[str], Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    ours, theirs = hs.run(traced("llama"), IDS, remote="local"), hs.run(model("llama"), IDS)
    places = range(3, 7)
    some, all_of_it = hs.logit_lens(ours, positions=places), hs.logit_lens(ours)
    np.testing.assert_allclose(some.entropy, all_of_it.entropy[:, :, 3:7], atol=1e-5)
    np.testing.assert_array_equal(some.next_token, IDS[4:8])
    layers, heads = hs.attribute_logit(ours, by="layer"), hs.attribute_logit(theirs)
    for component, row in zip(layers.components, layers.values, strict=True):
        kind = "head" if component.kind == "attn" else component.kind
        same = [(c.kind, c.layer) == (kind, component.layer) for c in heads.components]
        np.testing.assert_allclose(row, heads.values[same].sum(0), atol=1e-4)
    monkeypatch.setattr("headstream.framework.residual.MOST_SENT", 100)
    monkeypatch.setattr("headstream.framework.lens.MOST_SENT", 1000)
    with pytest.raises(ValueError, match='by="layer" asks for each layer\'s heads together'):
        hs.attribute_logit(ours)
    with pytest.raises(ValueError, match=r"positions: expected so few .* ask for some, positions=range"):
        hs.logit_lens(ours)


def test_rounded_numbers_lose_a_byte_and_no_more() -> None:
    numbers = torch.randn(1000, generator=torch.Generator().manual_seed(0)) * torch.logspace(-9, 9, 1000)
    found = reductions.rounded(numbers)
    assert ((found - numbers).abs() <= 2**-16 * numbers.abs()).all()
    assert not (found.view(torch.int32) & 255).any()
    assert not torch.equal(found, numbers)


def test_numbers_survive_the_way() -> None:
    numbers = torch.tensor([[0.0, -0.0, 1e-42, -3.4e38, torch.inf, 1 / 3]])
    assert torch.equal(source.unpacked(source.packed({"x": numbers.clone()}))["x"], numbers)
    assert source.unpacked(source.packed({"x": torch.tensor([3, -1])}))["x"].tolist() == [3, -1]


LARGE = Shape(layers=80, heads=64, d_vocab=128_256, n_ctx=8192, norm="RMS", eps=1e-5)
TOKENS, WIDTH = 256, 8192


def large(names: list[str]) -> dict[str, torch.Tensor]:
    """Activations of a 70B-shaped model: 80 layers, 64 heads on 8 groups, 128,256 tokens, bfloat16."""
    sizes = {"hook_z": (TOKENS, 64, 128), "hook_v": (TOKENS, 8, 128), "hook_pattern": (64, TOKENS, TOKENS)}
    sizes |= {"hook_scale": (TOKENS, 1), "logits": (TOKENS, LARGE.d_vocab)}
    return {
        name: torch.empty(sizes.get(name.rpartition(".")[2], (TOKENS, WIDTH)), dtype=torch.bfloat16) for name in names
    }


def large_weight(name: str) -> torch.Tensor | None:
    size = {"W_U": (WIDTH, LARGE.d_vocab), "W_O": (64, 128, WIDTH), "w": (WIDTH,)}.get(name.rpartition(".")[2])
    return None if size is None else torch.empty(size, dtype=torch.bfloat16)


def filled(found: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """The same sizes with numbers at random: no model's would pack worse."""
    generator = torch.Generator().manual_seed(0)
    return {
        name: torch.randn(tensor.shape, generator=generator)
        if tensor.is_floating_point()
        else torch.randint(LARGE.d_vocab, tensor.shape, generator=generator, dtype=tensor.dtype)
        for name, tensor in found.items()
    }


def megabytes(names: list[str], reduce: Callable[..., dict[str, torch.Tensor]]) -> float:
    """Of the answer, from the shapes that the function gives for activations that are nowhere."""
    with FakeTensorMode():
        found = reduce(large(names), large_weight, LARGE)
    sent = filled(found)
    if "values" in sent:  # of a logit, which are sent so
        sent["values"] = reductions.rounded(sent["values"])
    return on_the_way(source.packed(sent)) / 1e6


def test_what_a_70b_model_sends_is_under_5_megabytes(
    monkeypatch: pytest.MonkeyPatch, record_property: Callable[[str, object], None]
) -> None:
    rows = 2 * LARGE.layers + 1

    def blocks(activations: Any, weight: Any, shape: Shape, names: Any, positions: range, numbers: int) -> Any:
        # Whether the lens holds for the model is asked of numbers, which these have not.
        yield slice(0, TOKENS), torch.empty(2, rows, TOKENS, shape.d_vocab)

    monkeypatch.setattr(reductions, "lens_blocks", blocks)
    wanted = torch.zeros(TOKENS, 1, dtype=torch.int64)
    with FakeTensorMode(allow_non_fake_inputs=True):
        cells = reductions.lens_cells({}, large_weight, LARGE, [], range(TOKENS), 0, top=5, wanted=wanted)
    lens = on_the_way(source.packed(filled(cells))) / 1e6
    layers = [f"blocks.{layer}" for layer in range(LARGE.layers)]
    names = ["hook_embed", "ln_final.hook_in", "ln_final.hook_scale", "logits"]
    names += [f"{at}.{part}" for at in layers for part in ("attn.hook_z", "hook_mlp_out")]
    asked: Any = partial(reductions.logit_parts, position=255, target=7, versus=None, short=True)
    parts, by_layer = (megabytes(names, partial(asked, by_layer=each)) for each in (False, True))
    heads = ["blocks.3.attn.hook_pattern", "blocks.3.attn.hook_v"]
    pattern = megabytes(heads, partial(head_patterns, asked=[(3, 0), (3, 9)], length=TOKENS))
    told = f"lens {lens:.2f}, parts {parts:.2f}, by layer {by_layer:.2f}, 2 heads {pattern:.2f} MB"
    record_property("measured", f"70B-shaped, 256 tokens: {told}")
    assert max(lens, pattern) < 5
    assert parts < 3.5
    assert by_layer * 4096 / TOKENS < 5  # a long prompt, then
    assert min(lens, parts, by_layer, pattern) > 0.1
