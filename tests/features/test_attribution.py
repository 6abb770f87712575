"""Attribution graphs: exact on every kind of model, and what a frozen model does when a source is taken out."""

from __future__ import annotations

import pickle
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import numpy as np
import pytest
import torch
from transformer_lens.model_bridge import TransformerBridge

import headstream as hs
from headstream.features import replacement as replacements
from headstream.features.attribution import attribution_graph
from headstream.models.runs import Run
from headstream.results import AttributionGraph
from tests.features.graph_models import random_transcoder, random_transcoders
from tests.framework.zoo import D_VOCAB, hugging_face, native, save, tolerance

NAMES = ("native 2l LN", "native 2l", "native 1l", "native 2l LN folded", "native 1l LNPre", "gpt2", "neox", "llama")
IDS = tuple(np.random.default_rng(0).integers(0, D_VOCAB, 9).tolist())


@cache
def model(name: str) -> TransformerBridge:
    if name.startswith("native"):
        return native(name)
    folder = Path(mkdtemp())
    save(hugging_face(name), folder)
    return TransformerBridge.boot_transformers(str(folder)).eval()


@cache
def run(name: str) -> Run:
    return hs.run(model(name), IDS)


@cache
def graph(name: str) -> AttributionGraph:
    return attribution_graph(run(name), random_transcoders(model(name)))


@pytest.mark.parametrize("name", NAMES)
def test_the_edges_into_a_node_sum_to_its_value_in_the_run(name: str) -> None:
    for settings in ({}, {"activation": "topk", "k": 5}, {"activation": "batchtopk", "k": 5}):
        coders = random_transcoders(model(name), **settings)
        for choice in ({}, {"position": 4}, {"most": 6}, {"logits": [3, 7]}):
            found = attribution_graph(run(name), coders, **choice)
            assert found.error <= 1e-4
            _check_totals(run(name), coders, found, choice.get("position", len(IDS) - 1))


def _check_totals(made: Run, coders: list[Any], found: AttributionGraph, position: int) -> None:
    """Against the model's own numbers."""
    x = [made.cache[f"blocks.{layer}.mlp.hook_in"].float() for layer in range(len(coders))]
    pre, active = ([getattr(one, way)(x[at]) for at, one in enumerate(coders)] for way in ("pre", "encode"))
    logits, p = made.logits[position] - made.logits[position].mean(), made.logits[position].softmax(-1)
    totals, activations = np.zeros(len(found.nodes)), np.ones(len(found.nodes))
    for at, node in enumerate(found.nodes):
        if node.kind == "feature":
            totals[at] = pre[node.layer][node.position, node.feature]
            activations[at] = active[node.layer][node.position, node.feature]
        elif node.kind == "logit":
            totals[at], activations[at] = logits[node.token], p[node.token]
    assert max(node.position for node in found.nodes) == position
    np.testing.assert_allclose(found.totals, totals, rtol=1e-5, atol=1e-5)
    np.testing.assert_allclose([node.activation for node in found.nodes], activations, rtol=1e-5)
    assert min(node.activation for node in found.nodes if node.kind == "feature") > 0


def frozen_reads(made: Run, coders: list[Any], writes: dict[tuple[str, int], np.ndarray]) -> list[np.ndarray]:
    """What every layer's encoder and the unembedding read, [position, feature], in a sequential model that is frozen,
    forwards in float64, if the sources write this: ("embed", 0) and ("mlp", layer), [position, d_model] each.
    """

    def norm(x: np.ndarray, name: str, holder: Any) -> np.ndarray:
        if f"{name}.hook_scale" not in made.cache:
            return x
        scale = made.cache[f"{name}.hook_scale"].double().numpy()
        weight = getattr(holder, "weight", None)
        weight = 1 if weight is None else weight.detach().double().numpy()
        bias = getattr(holder, "bias", None)
        bias = 0 if bias is None else bias.detach().double().numpy()
        return (x - x.mean(-1, keepdims=True)) / scale * weight + bias

    stream, found = writes["embed", 0], []
    for layer, block in enumerate(made.model.blocks):
        x = norm(stream, f"blocks.{layer}.ln1", getattr(block, "ln1", None))
        attention = block.attn
        for head, pattern in enumerate(made.cache[f"blocks.{layer}.attn.hook_pattern"].double().numpy()):
            w_v, b_v, w_o = (getattr(attention, n)[head].detach().double().numpy() for n in ("W_V", "b_V", "W_O"))
            stream = stream + pattern @ (x @ w_v + b_v) @ w_o
        stream = stream + attention.b_O.detach().double().numpy()
        x = norm(stream, f"blocks.{layer}.ln2", getattr(block, "ln2", None))
        found.append(x @ coders[layer].W_enc[0].double().numpy() + coders[layer].b_enc.double().numpy())
        stream = stream + writes["mlp", layer]
    x = norm(stream, "ln_final", getattr(made.model, "ln_final", None))
    logits = x @ made.model.W_U.detach().double().numpy() + made.model.b_U.detach().double().numpy()
    return [*found, logits - logits.mean(-1, keepdims=True)]


@pytest.mark.parametrize("name", ["native 2l LN", "native 2l", "native 2l LN folded"])
def test_an_edge_is_what_is_lost_when_its_source_is_taken_out_of_the_frozen_model(name: str) -> None:
    made, coders, found = run(name), random_transcoders(model(name)), graph(name)
    embedded = (made.cache["hook_embed"] + made.cache["hook_pos_embed"]).double().numpy()
    writes = {("embed", 0): embedded}
    for layer in range(2):
        writes["mlp", layer] = made.cache[f"blocks.{layer}.hook_mlp_out"].double().numpy()
    whole = frozen_reads(made, coders, writes)
    weights = np.zeros((len(found.nodes),) * 2)
    weights[found.sources, found.targets] = found.weights
    largest, targets = np.abs(found.totals).max(), [*found.find(kind="feature"), *found.find(kind="logit")]

    def read(reads: list[np.ndarray]) -> np.ndarray:
        ends = [found.nodes[at] for at in targets]
        return np.array(
            [reads[2][e.position, e.token] if e.layer is None else reads[e.layer][e.position, e.feature] for e in ends]
        )

    for source in [0, 4, *range(len(IDS), len(found.nodes) - len(found.find(kind="logit")), 5)]:
        node = found.nodes[source]
        lost = np.zeros_like(embedded)
        if node.kind == "embed":
            lost[node.position] = embedded[node.position]
        elif node.kind == "feature":
            lost[node.position] = node.activation * coders[node.layer].W_dec[node.feature, 0].double().numpy()
        else:
            said = coders[node.layer](made.cache[f"blocks.{node.layer}.mlp.hook_in"].float()).double().numpy()
            lost[node.position] = (writes["mlp", node.layer] - said)[node.position]
        key = ("embed", 0) if node.kind == "embed" else ("mlp", node.layer)
        less = frozen_reads(made, coders, {**writes, key: writes[key] - lost})
        np.testing.assert_allclose(weights[source, targets], read(whole) - read(less), atol=1e-5 * largest)
    writes["embed", 0] = np.zeros_like(embedded)
    for layer, one in enumerate(coders):  # what is left is biases; those of the transcoders are written too
        writes["mlp", layer] = np.broadcast_to(one.b_dec[0].double().numpy(), embedded.shape)
    np.testing.assert_allclose(found.constants[targets], read(frozen_reads(made, coders, writes)), atol=1e-5 * largest)


@pytest.mark.parametrize("name", ["native 2l LN", "neox", "llama"])
def test_what_is_not_told_apart_is_in_the_errors(name: str) -> None:
    whole = graph(name)
    few = attribution_graph(run(name), random_transcoders(model(name)), most=9)
    assert len(few.find(kind="feature")) == 9 < len(whole.find(kind="feature"))

    def brought(found: AttributionGraph, target: int) -> np.ndarray:
        """[kind, layer, position]: by the embeddings, and by all else."""
        sums = np.zeros((2, 2, len(IDS)))
        for source, weight in found.inputs(target):
            node = found.nodes[source]
            sums[int(node.kind != "embed"), node.layer or 0, node.position] += weight
        return sums

    for target in (*few.find(kind="feature"), *few.find(kind="logit")):
        expected = brought(whole, whole.nodes.index(few.nodes[target]))
        np.testing.assert_allclose(brought(few, target), expected, atol=1e-4 * np.abs(whole.totals).max())


def test_nodes_are_those_of_influence_in_order() -> None:
    found = graph("native 2l LN")
    order = [(-1 if n.kind == "embed" else 9 if n.kind == "logit" else n.layer, n.kind == "error") for n in found.nodes]
    assert order == sorted(order)
    assert len(found.find(kind="embed")) == len(IDS)
    last = {n.position for n in found.nodes if n.layer == 1}
    assert last == {len(IDS) - 1}, "what the last layer writes elsewhere reaches no logit"
    reached = set(found.sources.tolist())
    assert all(at in reached for at, n in enumerate(found.nodes) if n.kind in ("feature", "error"))
    assert found.token_ids.tolist() == list(IDS)
    again = attribution_graph(run("native 2l LN"), random_transcoders(model("native 2l LN"))[::-1])
    assert again.nodes == found.nodes
    np.testing.assert_array_equal(again.weights, found.weights)
    assert pickle.loads(pickle.dumps(found)).nodes == found.nodes


def test_logits_are_the_likeliest_or_those_asked_for() -> None:
    made, coders = run("native 2l LN"), random_transcoders(model("native 2l LN"))
    p = made.logits[-1].softmax(-1)
    order = p.argsort(descending=True)
    found = graph("native 2l LN")
    tokens = [found.nodes[at].token for at in found.find(kind="logit")]
    assert tokens == order[: len(tokens)].tolist()
    assert len(tokens) == min(10, int((p[order].cumsum(0) < 0.95).sum()) + 1)
    one = attribution_graph(made, coders, logits=5)
    assert [one.nodes[at].token for at in one.find(kind="logit")] == [5]


def test_the_start_token_writes_all_that_is_written_at_it(shipped: Any) -> None:
    made = hs.run(shipped("gelu-4l"), hs.demos.patched_name.text)
    coders = random_transcoders(made.model, 64)
    found = attribution_graph(made, coders)
    assert found.error <= tolerance(made)
    assert [node.kind for node in found.nodes if node.position == 0] == ["embed"]
    bare = attribution_graph(hs.run(made.model, made.token_ids[1:]), coders)
    assert {node.kind for node in bare.nodes if node.position == 0} == {"embed", "feature", "error"}


@pytest.mark.parametrize("damage", ["no scale", "no centring", "another pattern", "no bias"])
def test_a_wrong_path_shows(monkeypatch: pytest.MonkeyPatch, damage: str) -> None:
    made, coders = run("native 2l LN"), random_transcoders(model("native 2l LN"))
    right = replacements.replacement

    def changed(*args: Any) -> Any:
        local = right(*args)
        attentions = list(local.attentions)
        one = attentions[1]
        attentions[1] = {
            "no scale": one._replace(norm=one.norm._replace(scale=torch.ones_like(one.norm.scale))),
            "no centring": one._replace(norm=one.norm._replace(centred=False)),
            "another pattern": one._replace(pattern=one.pattern.roll(1, 0)),
            "no bias": one._replace(bias=one.bias * 0),
        }[damage]
        return local._replace(attentions=tuple(attentions))

    monkeypatch.setattr("headstream.features.attribution.replacement", changed)
    with pytest.raises(ValueError, match="the edges into a node do not sum to its value in the run"):
        attribution_graph(made, coders)


@pytest.mark.parametrize("name", ["gemma3", "olmo2", "granite"])
def test_models_that_norm_or_scale_their_writes_are_refused(name: str) -> None:
    with pytest.raises(ValueError, match="run: expected a model that adds heads, MLPs and biases to its stream, got"):
        attribution_graph(run(name), random_transcoders(model(name)))


def test_what_does_not_fit_is_said() -> None:
    made, coders = run("native 2l LN"), random_transcoders(model("native 2l LN"))
    for given, got in ((coders[:1], "0"), ([], "none"), ([*coders, coders[0]], "0, 1, 0")):
        with pytest.raises(ValueError, match=f"transcoders: expected one for each of the layers 0, 1, got {got}$"):
            attribution_graph(made, given)
    with pytest.raises(TypeError, match="transcoders: expected a list of dictionaries, got "):
        attribution_graph(made, 3)  # type: ignore[arg-type]
    with pytest.raises(TypeError, match="transcoders: expected dictionaries, got str"):
        attribution_graph(made, ["gelu-4l-transcoder-0", "gelu-4l-transcoder-1"])  # type: ignore[list-item]
    with pytest.raises(TypeError, match="run: expected a run"):
        attribution_graph(made.model, coders)  # type: ignore[arg-type]
    stream = random_transcoder(1, 32)
    stream.reads = stream.writes = ("blocks.1.hook_in",)
    with pytest.raises(ValueError, match=r"transcoders: expected each to read blocks\.L\.mlp\.hook_in and to write"):
        attribution_graph(made, [coders[0], stream])
    with pytest.raises(ValueError, match=r"transcoders\[1\]\.W_enc: expected shape \[1, 32, 24\], got \[1, 16, 24\]"):
        attribution_graph(made, [coders[0], random_transcoder(1, 16)])
    with pytest.raises(IndexError, match="position: expected -9 to 8, got 9"):
        attribution_graph(made, coders, position=9)
    with pytest.raises(ValueError, match="most: expected 1 or more, got 0"):
        attribution_graph(made, coders, most=0)
    with pytest.raises(ValueError, match="logits: expected one token or several different ones"):
        attribution_graph(made, coders, logits=[3, 3])
    with pytest.raises(ValueError, match="logits: expected"):
        attribution_graph(made, coders, logits=[D_VOCAB])


def test_a_graph_finds_its_nodes_and_edges() -> None:
    found = graph("native 2l LN")
    logit = found.find(kind="logit")[0]
    inputs = found.inputs(logit)
    assert sum(weight for _, weight in inputs) + found.constants[logit] == pytest.approx(found.totals[logit], abs=1e-4)
    assert [abs(weight) for _, weight in inputs] == sorted((abs(weight) for _, weight in inputs), reverse=True)
    source, weight = inputs[0]
    assert (logit, weight) in found.outputs(source)
    with pytest.raises(ValueError, match="field: expected 'kind' or"):
        found.find(head=3)
    less = replace(found, weights=found.weights * 2)
    assert less.error > 0.1
