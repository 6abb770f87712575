"""The numbers of the models that run in the page are the package's own, with SIMD and without."""

from __future__ import annotations

import base64
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page

import headstream as hs
from headstream.models.shipped import PURPOSE

TOP = 5
WITHIN = 1e-3
# Arrays as bytes; of the views' traits too.
BYTES = """(value) => {
  const text = (bytes) => {
    let all = "";
    for (let i = 0; i < bytes.length; i += 32768) all += String.fromCharCode(...bytes.subarray(i, i + 32768));
    return btoa(all);
  };
  const flat = (one) => {
    if (one instanceof Float32Array) return { dtype: "float32", bytes: text(new Uint8Array(one.buffer)) };
    if (one instanceof Int32Array) return { dtype: "int32", bytes: text(new Uint8Array(one.buffer)) };
    if (one?.data instanceof ArrayBuffer) return { ...one, data: null, bytes: text(new Uint8Array(one.data)) };
    if (Array.isArray(one)) return one.map(flat);
    if (typeof one !== "object" || one === null) return one;
    return Object.fromEntries(Object.entries(one).map(([name, item]) => [name, flat(item)]));
  };
  return flat(value);
}"""
LOAD = """([base, name, simd]) => {
  window.engines ??= {};
  const engine = engines[simd] = new Engine();
  return engine.load(base, name, () => {}, simd);
}"""
CLOSE = "() => { for (const engine of Object.values(engines)) engine.close(); engines = {} }"
READ = f"""async ([text, target, simd]) => {{
  let answer;
  const lens = await engines[simd].answer({{ text, position: null, target, top: {TOP} }}, (soon) => (answer = soon));
  return ({BYTES})([{{ ...answer, lens }}, await engines[simd].probe("activations")]);
}}"""
EVERY = 17  # of some ten million weights
SOME_WEIGHTS = f"""async () => {{
  const weights = Object.entries(await engines[true].probe("weights"));
  return ({BYTES})(Object.fromEntries(weights.map(([name, all]) => [name, all.filter((_, i) => i % {EVERY} === 0)])));
}}"""


def prompts(count: int, seed: int) -> Iterator[str]:
    """Some of books, some of any characters; every third goes on from, or stops before, what the one before it is."""
    random = np.random.default_rng(seed)
    book = (Path(hs.__file__).parent / "models" / "texts" / "hound.txt").read_text(encoding="utf-8")
    text = ""
    for index in range(count):
        if index % 3 == 2:
            text = text[: len(text) // 2] if random.random() < 0.5 else f"{text} and {text[:20]}"
        elif index % 7 == 1:
            text = "".join(map(chr, random.integers(32, 0x2FFF, 12)))
        else:
            start = int(random.integers(len(book) - 200))
            text = book[start : start + int(random.integers(1, 90))]
        yield text


def numbers(value: Any) -> Any:
    if isinstance(value, dict) and "bytes" in value:
        found = np.frombuffer(base64.b64decode(value["bytes"]), value["dtype"])
        return found.reshape(value["shape"]) if "shape" in value else found
    if isinstance(value, dict):
        return {name: numbers(item) for name, item in value.items()}
    return [numbers(item) for item in value] if isinstance(value, list) else value


@pytest.mark.parametrize(
    ("name", "count"), [("attn-only-0l", 5), ("attn-only-1l", 15), ("attn-only-2l", 15), ("gelu-4l", 15)]
)
def test_the_page_computes_what_the_package_does(
    engine_page: tuple[Page, str], shipped: Any, name: str, count: int
) -> None:
    page, base = engine_page
    model = shipped(name)
    for simd in (True, False):
        assert page.evaluate(LOAD, [base, name, simd])["simd"] is simd
    for text in prompts(count, seed=list(PURPOSE).index(name)):
        run, target = hs.run(model, text), None
        if len(run.tokens) % 2:
            target = int(run.token_ids[-1])
        bars, lens = hs.attribute_logit(run, target=target), hs.logit_lens(run, top=TOP)
        for simd in (True, False):
            answer, raw = numbers(page.evaluate(READ, [text, target, simd]))
            compare_activations(run, raw)
            compare_lens(lens, raw["readings"])
            compare_bars(hs.ResidualBars._drawn(bars), answer["bars"])
            compare_sent_lens(hs.LogitLensGrid._drawn(lens), answer["lens"])
            if model.cfg.n_layers:
                compare_heatmap(hs.AttentionHeatmap._drawn(run.attention), answer["heatmap"])
    page.evaluate(CLOSE)


def close(got: Any, expected: Any, within: float = WITHIN) -> None:
    np.testing.assert_allclose(np.ravel(got), np.ravel(expected), rtol=0, atol=within)


def compare_activations(run: Any, raw: dict[str, Any]) -> None:
    layers, lower = range(run.model.cfg.n_layers), np.tril_indices(len(run.tokens))
    of = lambda name: [run.cache[f"blocks.{layer}.{name}"].numpy(force=True) for layer in layers]  # noqa: E731
    close(raw["logits"], run.logits)
    close(raw["patterns"], [one[:, *lower] for one in of("attn.hook_pattern")])
    close(raw["mixtures"], of("attn.hook_z"))
    rows = [row for layer in layers for row in stream_rows(run, layer)] + [
        run.cache["ln_final.hook_in"].numpy(force=True)
    ]
    close(raw["stream"], rows)


def stream_rows(run: Any, layer: int) -> list[Any]:
    names = [f"blocks.{layer}.hook_resid_{where}" for where in ("pre", "mid")]
    return [run.cache[name].numpy(force=True) for name in names if name in run.cache]


def compare_lens(lens: Any, readings: list[dict[str, Any]]) -> None:
    cells = (len(lens.norms), len(lens.rows))
    others = 0
    for position, reading in enumerate(readings):
        ids = [int(i) for i in lens.candidates[position] if i >= 0]
        log_prob, rank = (reading[name].reshape(*cells, -1) for name in ("logProb", "rank"))
        for place, token in enumerate(ids):
            if token not in reading["candidates"]:
                # As probable as the next one, but for rounding: the last of some row's top tokens.
                assert (lens.rank[..., position, place] >= TOP - 1).all()
                others += 1
                continue
            at = reading["candidates"].index(token)
            close(log_prob[..., at], lens.log_prob[..., position, place])
            deep = lens.rank[..., position, place]
            assert (np.abs(rank[..., at] - deep) <= 1 + deep // 500).all()
        close(reading["entropy"], lens.entropy[..., position])
        close(reading["kl"], lens.kl[..., position])
    assert others <= 1


def compare_bars(expected: dict[str, Any], got: dict[str, Any]) -> None:
    for name in ("tokens", "sources_note", "quantity", "default_position"):
        assert got[name] == expected[name]
    for name in ("token_ids", "values", "total", "sources"):
        if expected[name] is None:
            assert got[name] is None
            continue
        assert (got[name].dtype, got[name].shape) == (expected[name].dtype, expected[name].shape)
        close(got[name].astype(np.float64), expected[name].astype(np.float64))


def compare_heatmap(expected: dict[str, Any], got: dict[str, Any]) -> None:
    assert (got["tokens"], got["packed"]) == (expected["tokens"], True)
    assert (got["pattern"].dtype, got["pattern"].shape) == (expected["pattern"].dtype, expected["pattern"].shape)
    close(got["pattern"].astype(int), expected["pattern"].astype(int), 1)
    close(got["value_norm"], expected["value_norm"])


def compare_sent_lens(expected: dict[str, Any], got: dict[str, Any]) -> None:
    assert got["tokens"] == expected["tokens"]
    for name in ("starts", "ids", "log_prob", "rank", "entropy", "kl", "next_token"):
        assert got[name].dtype == expected[name].dtype, name
        assert got[name].ndim == expected[name].ndim, name
    assert (got["next_token"] == expected["next_token"]).all()
    assert len(got["ids"]) == got["starts"][-1] == got["rank"].shape[-1]
    best = got["ids"][got["starts"][:-1]]
    assert (best == expected["ids"][expected["starts"][:-1]]).mean() > 0.99  # of two as probable either may come first
    named = {key: label for key, label in got["vocabulary"].items() if key in expected["vocabulary"]}
    assert named == {key: expected["vocabulary"][key] for key in named}


def test_norms_are_folded_as_by_load(engine_page: tuple[Page, str], shipped: Any) -> None:
    page, base = engine_page
    for name, count in (("gelu-4l", 52), ("attn-only-1l", 12)):
        page.evaluate(LOAD, [base, name, True])
        found, state = numbers(page.evaluate(SOME_WEIGHTS)), shipped(name).state_dict()
        folded = [key for key in found if ".ln" not in key and not key.startswith("ln_")]  # which are 1 and 0 then
        assert len(folded) == count
        for key in folded:
            close(found[key], state[key].numpy(force=True).ravel()[::EVERY], 1e-5)
        page.evaluate(CLOSE)
