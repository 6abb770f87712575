"""The table of examples: every exported view, made from any tokens, with what else the contract of views asks of it.

A new view is one entry here; what holds for all views (tests/views/test_contract.py, tests/browser/test_contract.py)
runs over the table.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

import headstream as hs
from headstream.results import Attention, Ladder
from tests.views.arrays import attention_pattern, decomposition
from tests.views.circuits import circuit
from tests.views.compositions import random_composition
from tests.views.explorations import exploration
from tests.views.geometries import random_geometry
from tests.views.graphs import random_graph
from tests.views.importances import random_importance
from tests.views.lenses import random_lens
from tests.views.parameter_decompositions import random_decomposition
from tests.views.patchings import random_patching
from tests.views.spectrums import random_spectra, some_roles
from tests.views.summaries import random_shares, random_summary
from tests.views.trainings import random_training


@dataclass(frozen=True)
class Example:
    """One view.

    data: the arguments that the view draws, and that `show` takes, for some tokens and a seed of the numbers in it.
    wrong: what it says of anything that is not its result, up to ", got".
    point: where on the page the pointer is moved, as CSS selectors of items.
    settings: what else is given.
    quiet: whether a pointer that moves over it says nothing, for there is nothing to preview.
    choice: where what the keyboard chooses is no pin, the CSS selector of what a choice leaves on the page.
    stop: the CSS selector of what the Tab key reaches.
    """

    data: Callable[[Sequence[str], int], tuple[Any, ...]]
    wrong: str
    point: tuple[str, ...]
    settings: dict[str, Any]
    quiet: bool = False
    choice: str | None = None
    stop: str = ".hs-picture [tabindex='0'][data-key]"

    def make(self, name: str, tokens: Sequence[str], seed: int = 0, **settings: Any) -> Any:
        return getattr(hs, name)(*self.data(tokens, seed), **{**self.settings, **settings})


def attention(tokens: Sequence[str], seed: int = 0) -> Attention:
    size = len(tokens)
    norms = np.random.default_rng(seed).uniform(0.5, 2, (2, 3, size)).astype(np.float32)
    return Attention(attention_pattern(2, 3, size, seed), norms, tuple(tokens), token_ids=np.arange(size))


def ladder(tokens: Sequence[str], seed: int = 0) -> Ladder:
    """Two models; the guesses are tokens of the text."""
    size, random = len(tokens), np.random.default_rng(seed)
    p = random.uniform(0.01, 0.99, (2, size)).astype(np.float32)
    guesses = random.integers(0, size, (2, size, 3)).astype(np.int32)
    guess_prob = np.sort(random.uniform(0, 0.3, guesses.shape))[..., ::-1].astype(np.float32)
    p[:, 0] = guess_prob[:, 0] = np.nan
    guesses[:, 0] = -1
    names = ("one", "a model with a long name, of 70 million parameters")
    return Ladder(names, p, guesses, guess_prob, dict(enumerate(tokens)), tuple(tokens), token_ids=np.arange(size))


def with_tokens(tokens: Sequence[str], seed: int = 0) -> Any:
    size = len(tokens)
    return replace(decomposition(length=size, seed=seed), tokens=tuple(tokens), token_ids=np.arange(size))


def lens(tokens: Sequence[str], seed: int = 0) -> Any:
    labels = [tokens[i % len(tokens)] for i in range(60)]
    return random_lens(tokens, vocabulary=60, labels=labels, seed=seed)[0]


def small_graph(tokens: Sequence[str], seed: int = 0) -> Any:
    """Of a long text little, for no more edges than the page has room for."""
    features, share = (3, 0.4) if len(tokens) < 50 else (1, 0.02)
    return random_graph(tokens, 2, features, share=share, seed=seed)


def some_cards(tokens: Sequence[str]) -> dict[str, Any]:
    """Of the first of these tokens, by the label of an embedding, for features have labels by chance."""
    few = list(tokens[:6])
    card = {"promotes": few, "suppresses": few[::-1], "examples": [(few, np.linspace(0, 2, len(few)))]}
    return {label: card for label in (*few, " w0")}


def found(tokens: Sequence[str]) -> tuple[str, list[str], str]:
    """What a check says of a wrong answer, with its hints and a solution."""
    text = "".join(tokens)
    code = "".join(f"    {token} = {token}\n" for token in tokens)
    return f"{text} was called.\n  line 1: {text}\n{text}", [text, *tokens[:2]], f"def solved():\n{code}"


EXAMPLES: dict[str, Example] = {
    "AttentionHeatmap": Example(
        data=lambda tokens, seed: (attention(tokens, seed),),
        wrong=r"attention: expected an Attention \(pass run.attention\) or an array of numbers",
        point=(".hs-token", ".hs-thumb", ".hs-head canvas"),
        settings={},
    ),
    "AttributionGraph": Example(
        data=lambda tokens, seed: (small_graph(tokens, seed), some_cards(tokens)),
        wrong=r"graph: expected an AttributionGraph \(pass hs.attribution_graph\(run, transcoders\)\)",
        point=(".hs-graph-mark", ".hs-graph-link"),
        settings={},
    ),
    "Board": Example(
        data=lambda tokens, seed: (
            hs.AttentionHeatmap(attention(tokens, seed)),
            hs.ModelLadder(ladder(tokens, seed)),
        ),
        wrong="views: expected headstream views",
        point=(".hs-attention_heatmap .hs-token", ".hs-prose .hs-token"),
        settings={},
    ),
    "Check": Example(
        data=lambda tokens, seed: (f"{tokens[0]}_{seed}", "not yet", *found(tokens)),
        wrong="exercise: expected a text",
        point=(".hs-head-line", ".hs-message > *", ".hs-controls > button"),
        settings={},
        quiet=True,
        choice=".hs-hint:not([hidden])",
        stop=".hs-controls > button",
    ),
    "CircuitTable": Example(
        data=lambda tokens, seed: (circuit(tokens, "qk", seed=seed),),
        wrong=r"circuit: expected a Circuit \(pass hs.circuit\(model, layer, head, kind\)\)",
        point=(".hs-row", ".hs-circuit-canvas"),
        settings={},
    ),
    "ComponentGallery": Example(
        data=lambda tokens, seed: (random_decomposition(tokens[:40], seed=seed),),
        wrong=r"decomposition: expected a ParameterDecomposition \(pass hs.decompose\(target\)\)",
        point=(".hs-gallery-part", ".hs-gallery-switch", ".hs-gallery-input"),
        settings={},
        choice=".hs-gallery-card.hs-off",
    ),
    "CompositionGraph": Example(
        data=lambda tokens, seed: (random_composition(2, 3, seed=seed), attention(tokens, seed)),
        wrong=r"composition: expected a Composition \(pass hs.composition\(model\)\)",
        point=(".hs-node", ".hs-row", ".hs-token", ".hs-pattern canvas"),
        settings={},
    ),
    "DecoderNorms": Example(
        data=lambda tokens, seed: (
            replace(random_shares(len(tokens[:4]) + 1, seed=seed), places=(*tokens[:4], "last")),
        ),
        wrong=r"norms: expected DecoderShares \(pass hs.decoder_shares\(crosscoder\)\) or an array of numbers",
        point=(".hs-row", ".hs-norms-ground"),
        settings={},
        stop=".hs-row[tabindex='0']",
    ),
    "ExplorerPanel": Example(
        data=lambda tokens, seed: (exploration(tokens, seed),),
        wrong=r"exploration: expected an Exploration \(hs.explore\(model\) makes it\)",
        point=(".hs-token", ".hs-explore-row", ".hs-explore-switch"),
        settings={},
    ),
    "FeatureCard": Example(
        data=lambda tokens, seed: (random_summary(tokens, seed=seed),),
        wrong=r"summary: expected a FeatureSummary \(pass hs.feature_summary\(model, dictionary\)\)",
        point=(".hs-row", ".hs-feature-token", ".hs-feature-near", ".hs-feature-logits li"),
        settings={},
        stop=".hs-row[tabindex='0']",
    ),
    "FeatureGeometry": Example(
        data=lambda tokens, seed: (random_geometry(tokens, seed=seed),),
        wrong=r"geometry: expected a Geometry \(pass hs.Superposition\(\).geometry\) or an array of numbers",
        point=(".hs-geometry-bar", ".hs-geometry-vector > circle"),
        settings={},
    ),
    "Film": Example(
        data=lambda tokens, seed: (random_training(tokens, seed=seed),),
        wrong=r"training: expected a Training \(pass hs.training_record\(name\)\)",
        point=(".hs-curves", ".hs-thumb", ".hs-token", ".hs-head canvas"),
        settings={},
    ),
    "LogitLensGrid": Example(
        data=lambda tokens, seed: (lens(tokens, seed),),
        wrong=r"lens: expected a LogitLens \(pass hs.logit_lens\(run\)\)",
        point=(".hs-lens-cell", ".hs-lens-choice", ".hs-lens-name[data-row]"),
        settings={},
    ),
    "ModelLadder": Example(
        data=lambda tokens, seed: (ladder(tokens, seed),),
        wrong=r"ladder: expected a Ladder \(pass hs.ladder\(\[run, ...\]\)\) or an array of numbers",
        point=(".hs-token", ".hs-rung-button"),
        settings={"threshold": 0.3},
    ),
    "PathLadder": Example(
        data=lambda tokens, seed: (random_importance(tokens, seed=seed), some_roles(2, 3)),
        wrong=r"importance: expected a TermImportance \(pass hs.term_importance\(runs\)\)",
        point=(".hs-token", ".hs-path-switch"),
        settings={},
    ),
    "PatchGrid": Example(
        data=lambda tokens, seed: (random_patching(tokens, seed=seed),),
        wrong=r"patching: expected a Patching \(pass hs.patch_effects\(clean, corrupted\)\)",
        point=(".hs-patch-token", ".hs-patch-name[data-row]", ".hs-patch-cell"),
        settings={},
    ),
    "Prediction": Example(
        data=lambda tokens, seed: (f"{seed} {''.join(tokens)}?", tokens[:10]),
        wrong="question: expected a text",
        point=(".hs-question", ".hs-option"),
        settings={},
        quiet=True,
        choice=".hs-option[aria-checked='true']",
    ),
    "PromptExplorer": Example(
        data=lambda tokens, seed: (
            "".join(tokens),
            hs.AttentionHeatmap(attention(tokens, seed)),
            hs.ResidualBars(with_tokens(tokens, seed)),
            hs.LogitLensGrid(lens(tokens, seed)),
        ),
        wrong="text: expected a text",
        point=(".hs-prompt .hs-token", ".hs-prompt-row", ".hs-thumb", ".hs-bars-row", ".hs-lens-cell"),
        settings={},
    ),
    "ResidualBars": Example(
        data=lambda tokens, seed: (with_tokens(tokens, seed),),
        wrong=r"values: expected a Decomposition \(pass hs.attribute_logit\(run\)\) or an array of numbers",
        point=(".hs-token", ".hs-bars-row"),
        settings={},
    ),
    "Spectrum": Example(
        data=lambda tokens, seed: (random_spectra(tokens[:40], seed=seed), some_roles()),
        wrong=r"spectra: expected Spectra \(pass hs.spectra\(model\)\)",
        point=(".hs-spectrum-head", ".hs-eigenvalue"),
        settings={},
    ),
    "TokenValues": Example(
        data=lambda tokens, seed: (np.random.default_rng(seed).normal(size=len(tokens)), tokens),
        wrong="values: expected one number a token",
        point=(".hs-token",),
        settings={"quantity": "loss, nats"},
    ),
}
SHORT = ("<|endoftext|>", " Alice", " was", " beginning", " to", "\n", " get", " very", " tired")
LONG = tuple(f" word{i}" for i in range(200))
# Each of these has once widened or moved a page: no place to break in, and longer than any read-out.
WIDE = ("<|endoftext|>", "x" * 128, " short", "W" * 60, " " + "y" * 200)
