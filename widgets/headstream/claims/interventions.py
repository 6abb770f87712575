"""IV: attribution is not cause: what parts write, what they are needed for, and what makes good for them."""

from __future__ import annotations

from functools import cache
from typing import Any

import numpy as np

from headstream import demos
from headstream.claims.claim import Found, claim
from headstream.claims.given import demo_run, model, page, passages, places
from headstream.demo_measures import other_name
from headstream.extras import needs_lessons
from headstream.framework.effects import effects, patch_effects
from headstream.framework.interventions import Change, ablate, hooks_of, parts
from headstream.framework.residual import attribute_logit
from headstream.framework.stream import components, w_o
from headstream.models import Run, run
from headstream.results import Floats

with needs_lessons():
    import torch
    from torch import Tensor

LESSON = "15-interventions"
NAME, BARE = "gelu-4l", "attn-only-2l"
EXACT = 1e-4  # of logits of some 10, float32
SURE = 3  # standard errors from 0


@claim(
    "IV-direct",
    LESSON,
    "Where no LayerNorm stands between, the direct effect of setting a head to zero is its bar, taken away.",
    measured="largest difference, of all heads of the two-layer model; null: from the total effect",
    paper="exact",
)
def direct_is_the_bar() -> Found:
    prompt = demo_run(demos.half_name)
    found, bars = effects(prompt, *map(ablate, parts(prompt.model))), _bars(prompt, prompt)[:, -1]
    ours, null = (float(np.abs(effect + bars).max()) for effect in (found.direct, found.total))
    return Found(ours, null, ours < EXACT < null)


@claim(
    "IV-mean",
    LESSON,
    "The direct effect of setting a head to its mean over a text is the mean of its bars there, less its bar.",
    measured="largest difference, of all heads of the two-layer model; null: as if the mean were zero",
    paper="exact",
)
def mean_leaves_the_mean() -> Found:
    prompt, text = demo_run(demos.half_name), passages(BARE)[0]
    found = effects(prompt, *(ablate(head, "mean", over=text) for head in parts(prompt.model)))
    bars, mean = _bars(prompt, prompt)[:, -1], _bars(prompt, text).mean(1)
    ours, null = (float(np.abs(found.direct + bars - kept).max()) for kept in (mean, np.zeros_like(mean)))
    return Found(ours, null, ours < EXACT < null)


@claim(
    "IV-cause",
    LESSON,
    "Attribution is not cause: a head's bar does not tell what the answer loses without the head.",
    measured="correlation over heads of the bars with what the answer's logit loses in all, mean over places; null: "
    "with what it loses directly, the last scale computed anew",
    paper="the two kinds of importance disagree (The Hydra Effect)",
)
def bars_are_no_causes() -> Found:
    lost, _ = _without_each()
    bars = places(NAME).bars(places(NAME).written[_heads()]).numpy()
    ours, null = _correlation(bars, lost), _correlation(bars, _direct())
    chance = _correlation(np.random.default_rng(0).permutation(bars), lost)
    layers = ", ".join(f"{_correlation(bars[heads], lost[heads]):.2f}" for heads in _layers())
    note = f"Among the heads of one layer, from the first on: {layers}. With the heads shuffled: {chance:.2f}."
    return Found(ours, null, ours < 0.7 < null, note, "It tells most of it.")


@claim(
    "IV-layers",
    LESSON,
    "Without a layer's heads, later layers make good for some of what they wrote for the answer.",
    measured="what the answer's logit loses directly less what it loses in all, the most of any layer but the last, "
    "mean over places; null: 0, where nothing later reads them",
    paper="without one attention layer another compensates (The Hydra Effect)",
)
def layers_compensate() -> Found:
    found = []
    for heads in _layers()[:-1]:
        direct = places(NAME).lost(places(NAME).written[_heads()][heads].sum(0)).mean()
        lost, _ = _changed(*(ablate(part) for part in parts(model(NAME))[heads]))
        found.append((float(direct), float(lost.mean())))
    made_good = max(direct - lost for direct, lost in found)
    told = ", ".join(f"{direct:.2f} and {lost:.2f}" for direct, lost in found)
    note = f"Lost directly and in all, from the first layer on: {told}."
    why = "Later layers need what earlier ones write more than they replace it."
    return Found(made_good, 0, made_good > 0.05, note, why)


@claim(
    "IV-heads",
    LESSON,
    "Without the head that writes most for the answer, later heads write more for it.",
    measured="by how much the bars of all later heads grow without the head of a layer that writes most directly at a "
    "place, logits, mean over places, the most of any layer; null: without the others of its layer",
    paper="backup name movers: without three heads the logit difference falls by 5 % (Interpretability in the Wild)",
)
def later_heads_take_over() -> Found:
    _, bars = _without_each()
    grown = np.stack([(after - _own_bars())[heads.stop :].sum(0) for heads in _layers() for after in bars[heads]])
    why = "Where they write more it is little, and may be chance; elsewhere they lack what they read, and write less."
    return _backup(grown, _layers()[:-1], why)


@claim(
    "IV-backup",
    LESSON,
    "Without the head of the last layer that writes most for the answer, the last MLP makes good for some of it.",
    measured="what the answer's logit loses directly less what it loses in all, mean over places, without the head of "
    "the last layer that writes most directly there; null: without the others of its layer",
    paper="late MLPs hold the likeliest token down (The Hydra Effect)",
)
def last_mlp_makes_good() -> Found:
    return _backup(_direct() - _without_each()[0], _layers()[-1:], "It does not.")


@claim(
    "IV-zero",
    LESSON,
    "Zero is no neutral value: a part's mean, which knows as little of the prompt, costs less.",
    measured="what the answer's logit loses without a layer's heads or its MLP, set to zero, mean over layers and "
    "places; null: set to their mean over a page",
    paper="mean ablation, for zero is an arbitrary value (Interpretability in the Wild)",
)
def zero_is_a_shock() -> Found:
    names = parts(model(NAME), "layers")
    found = [[_changed(c)[0].mean() for c in (ablate(n), ablate(n, "mean", over=page(NAME)))] for n in names]
    ours, null = np.mean(found, 0)
    note = f"The mean costs less for {sum(mean < zero for zero, mean in found)} of {len(found)} parts."
    why = "Neither is neutral: a mean says something, too, and it may be wrong."
    return Found(ours, null, ours > 1.2 * null, note, why)


@claim(
    "IV-sum",
    LESSON,
    "Effects of single changes do not add up.",
    measured="how far what the answer's logit loses without all heads of the last layer is from the sum of what it "
    "loses without each, as a share, mean over places; null: of their bars",
    paper="not told",
)
def effects_do_not_add() -> Found:
    heads, given = _layers()[-1], places(NAME)
    written = given.written[_heads()][heads]
    both, _ = _changed(*(ablate(part) for part in parts(model(NAME))[heads]))
    ours = np.abs(both - _without_each()[0][heads].sum(0)).mean() / np.abs(both).mean()
    bars = given.bars(written.sum(0))
    null = float((bars - given.bars(written).sum(0)).abs().mean() / bars.abs().mean())
    return Found(ours, null, ours > 0.1 and null < EXACT)


@claim(
    "IV-patch",
    LESSON,
    "One head's write at one token brings back an answer that another name before has taken.",
    measured="the most that one cell restores, as a share; null: that the same head restores anywhere, patched from a "
    "page",
    paper="activation patching singles out few heads",
)
def one_cell_restores() -> Found:
    clean = demo_run(demos.patched_name)
    corrupted = other_name(clean)
    found = patch_effects(clean, corrupted)
    row, at = np.unravel_index(int(found.effect.argmax()), found.effect.shape)
    unrelated = run(clean.model, page(NAME).token_ids[: len(clean.tokens)])
    ours = float(found.effect[row, at])
    null = float(patch_effects(clean, corrupted, source=unrelated, parts=[found.components[row]]).effect.max())
    sizes = np.sort(np.abs(found.effect), axis=None)[::-1]
    note = f"Three of {sizes.size} cells have {sizes[:3].sum() / sizes.sum():.0%} of all effects."
    return Found(ours, null, ours > 0.5 and ours > 2 * null, note, "No single cell does.")


def _bars(prompt: Run, text: Run) -> Floats:
    """[head, position]: what heads bring on a text to the logit of the prompt's answer."""
    split = attribute_logit(text, target=int(prompt.logits[-1].argmax()))
    found: Floats = split.values[[one.kind == "head" for one in split.components]]
    return found


def _heads() -> list[bool]:
    """Which components are heads; they stand in the order of `parts`."""
    return [one.kind == "head" for one in components(passages(NAME)[0])]


def _layers() -> list[slice]:
    """Each layer's heads among all."""
    cfg = model(NAME).cfg
    return [slice(layer * cfg.n_heads, (layer + 1) * cfg.n_heads) for layer in range(cfg.n_layers)]


def _changed(*changes: Change) -> tuple[Floats, Floats]:
    """[place]: what the answer's logit less the mean of all loses by changes, everything after them computed anew; and
    [head, place]: the bars of heads then, the last scale as it was. All passages in one pass.
    """
    kept: dict[str, Tensor] = {}

    def keep(x: Tensor, hook: Any) -> None:
        kept[hook.name] = x[:, 1:].flatten(0, 1)

    texts, layers, given = passages(NAME), range(model(NAME).cfg.n_layers), places(NAME)
    mixed = [f"blocks.{layer}.attn.hook_z" for layer in layers]
    hooks = [*hooks_of(texts[0], changes), *((name, keep) for name in [*mixed, "ln_final.hook_in"])]
    hooks.append(("unembed.hook_in", lambda x, hook: x[:, :1]))  # the stream is enough
    with torch.no_grad(), model(NAME).hooks(fwd_hooks=hooks):
        model(NAME)(torch.from_numpy(np.stack([each.token_ids for each in texts])))
    lost = given.lost(given.stream - kept["ln_final.hook_in"])
    through = [torch.einsum("pd,hzd->phz", given.reader, w_o(texts[0], layer)) for layer in layers]
    bars = torch.cat([(kept[name] * out).sum(-1).T for name, out in zip(mixed, through, strict=True)]) / given.scale
    return lost.numpy(), bars.numpy()


@cache
def _without_each() -> tuple[Floats, Floats]:
    """Both of these without each head alone: [head, place] and [head that is gone, head, place]."""
    lost, bars = zip(*(_changed(ablate(part)) for part in parts(model(NAME))), strict=True)
    return np.stack(lost), np.stack(bars)


def _own_bars() -> Floats:
    """[head, place]."""
    found: Floats = places(NAME).bars(places(NAME).written[_heads()]).numpy()
    return found


def _direct() -> Floats:
    """[head, place]: what the logit loses directly, as in `effects`: later parts write what they wrote."""
    found: Floats = places(NAME).lost(places(NAME).written[_heads()]).numpy()
    return found


def _correlation(a: Floats, b: Floats) -> float:
    """Over heads, mean over places."""
    a, b = (each - each.mean(0) for each in (a, b))
    return float(((a * b).sum(0) / np.sqrt((a**2).sum(0) * (b**2).sum(0))).mean())


def _backup(made_good: Floats, layers: list[slice], why: str) -> Found:
    """Of [head, place], what stands at the head that writes most directly, beside its layer's others; the most of the
    layers.
    """
    found = []
    for heads in layers:
        direct, values = _direct()[heads], made_good[heads]
        chosen = np.take_along_axis(values, direct.argmax(0)[None], 0)[0]
        others = (values.sum(0) - chosen).mean() / (len(values) - 1)
        found.append((chosen.mean(), others, chosen.std() / np.sqrt(len(chosen)), direct.max(0).mean()))
    ours, null, error, direct = max(found)
    told = ", ".join(f"{mean:.2f} (others {other:.2f})" for mean, other, *_ in found)
    note = f"It is {ours / direct:.0%} of what is lost directly, with a standard error of {error:.2f}."
    if len(found) > 1:
        note += f" From the first layer on: {told}."
    return Found(ours, null, ours > SURE * error and ours > null + SURE * error, note, why)
