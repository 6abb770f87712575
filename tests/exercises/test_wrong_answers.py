"""A wrong answer is refused each time: the mistakes of each exercise, sneaky answers, and mutants of the solution."""

import numpy as np
import pytest

from headstream.exercises import all_exercises, check, find
from headstream.exercises.exercise import Mistake, function
from headstream.exercises.judge import _cases, _run

from .mutants import mutants

FUNCTIONS = [name for name, exercise in all_exercises().items() if exercise.cases]
ON_MODELS = ("forward_pass", "stream_writes")

# Changes to the solution that only some cases show to be wrong.
SNEAKY: dict[str, list[dict[str, str]]] = {
    "induction_rule": [
        {"range(len(tokens) - 1)": "range(max(len(tokens) - 15, 0), len(tokens) - 1)"},
        {"range(len(tokens) - 1)": "range(1, len(tokens) - 1)"},
        {"range(len(tokens) - 1)": "range(len(tokens) - 2)"},
        {"tokens[place] == tokens[-1]": "tokens[-1] in tokens[place]"},
        {"tokens[place] == tokens[-1]": "tokens[place].lower() == tokens[-1].lower()"},
        {"return tokens[place + 1]": "return tokens[place + 1] if tokens[place + 1] != tokens[-1] else '?'"},
    ],
    "first_model": [
        {"above.argmax(0)": "np.minimum(above.argmax(0), 2)"},
        {"next_prob > threshold": "next_prob > 0.5"},
        {"next_prob > threshold": "~(next_prob <= threshold)"},
        {"above.argmax(0)": "len(above) - above.sum(0)"},
        {"next_prob > threshold": "next_prob > threshold + 0.1"},
    ],
    "bigram_loss": [
        {
            "counts.sum(-1, keepdim=True)": "counts.sum(-1, keepdim=True).clamp(min=2)",
            "/ counts.sum()": "/ counts.sum().clamp(max=99)",
        },
        {"torch.xlogy(weight, shares)": "weight * (shares + 1e-2).log()"},
        {"torch.xlogy(weight, shares)": "weight * shares.clamp(min=0.1).log()"},
        {"(weight * logits": "(weight[:, 1:] * logits[:, 1:]"},
        {"logits.log_softmax(-1)": "logits.log_softmax(0)"},
        {"logits.log_softmax": "logits.clamp(min=-6).log_softmax"},
    ],
    "kronecker": [
        {"A[:, None, :, None]": "A.clamp(max=0.8)[:, None, :, None]"},
        {"W.T[None, :, None, :]": "(W + W.T)[None, :, None, :] / 2"},
        {"len(A), len(W)": "len(A), 2"},
    ],
    "four_terms": [
        {"torch.stack(terms)": "torch.stack([terms[0], terms[1], terms[1].T, terms[3]])"},
        {"(q @ W_Q) @ (k @ W_K).T": "((q @ W_Q) @ (k @ W_K).T).tril()"},
        {"W_Q.shape[1] ** 0.5": "2**0.5"},
    ],
    "expand_one_layer": [
        {"range(len(A))": "range(min(len(A), 2))"},
        {"A[h] @ p @ W_OV[h]": "A[h] @ p @ W_OV[0]"},
        {"A[h] @ t": "A[h].clamp(max=0.9) @ t"},
        {"A[h] @ p": "A[0] @ p"},
    ],
    "ov_row": [
        {"W_E[token]": "W_E[0]"},
        {"W_E[token]": "W_E[token].abs()"},
        {"W_V @ W_O": "W_V @ W_V.T"},
    ],
    "bugs": [
        {"for a, b, c in good for": "for a, b, c in good[:4] for"},
        {"if a == d": "if a == d and b != e and len(good) < 6"},
        {"if a == d": "if a[0] == d[0]"},
    ],
    "contributions": [
        {"A[:-1, :-1]": "A[:-1, :-1].clamp(max=0.9)"},
        {"[:, ids[1:]].T": "[:, ids[1:].clamp(min=1)].T"},
        {"OV[ids[:-1]]": "OV[ids[:-1]].abs()"},
    ],
    "k_composition": [
        {"(ov @ qk.T).norm()": "(ov @ qk.T).norm().clamp(min=0.1)"},
        {"ov, qk = W_V @ W_O": "ov, qk = W_V[:, :3] @ W_O[:3]"},
        {"(ov @ qk.T).norm()": "torch.linalg.matrix_norm(ov @ qk.T, 2)"},
        {"(ov @ qk.T).norm()": "(ov @ (qk + qk.T)).norm() / 2"},
    ],
    "turned_score": [
        {"W_Q.T @ W_V @ W_O @ W_K": "W_Q[:, :2].T @ W_V @ W_O @ W_K"},
        {"turned.norm() /": "torch.linalg.matrix_norm(turned, 2) /"},
        {"turned.norm()": "turned.trace().abs()"},
        {"turned.norm()": "turned.norm().clamp(max=30)"},
    ],
    "virtual_head": [
        {"A2 @ A1": "(A2 @ A1).clamp(max=0.9)"},
        {"W1 @ W2": "(W2.T @ W1.T)"},
        {"W1 @ W2": "W1.relu() @ W2"},
        {"A2 @ A1": "(A2 @ A1).triu(-2)"},
    ],
    "key_matching": [
        {"(W_E @ W_Q)": "(W_E @ W_Q).abs()"},
        {"W_V @ W_O @ W_K": "W_V @ W_V.T @ W_K"},
        {"values.real.sum()": "values.real.clamp(min=-1).sum()"},
        {"torch.linalg.eigvals(small)": "torch.linalg.eigvals((small + small.T) / 2)"},
        {"small = (": "small = 0.5 * torch.eye(W_Q.shape[1]) + ("},
    ],
    "neuron_parts": [
        {"sigma(x @ W_in + b_in)": "sigma(x @ W_in + b_in).relu()"},
        {"sigma(x @ W_in + b_in)": "(x @ W_in + b_in).relu()"},
        {"(W_out @ u)": "(W_out @ u.abs())"},
        {"sigma(x @ W_in + b_in)": "sigma(x[:1] @ W_in + b_in)"},
    ],
    "jacobian": [
        {"slope(x @ W_in + b_in)": "slope(x @ W_in + b_in).clamp(max=1)"},
        {"slope(x @ W_in + b_in)": "(x @ W_in + b_in > 0).double()"},
        {"slope(x @ W_in + b_in)": "slope(x @ W_in + b_in).mean() + 0 * b_in"},
    ],
    "mean_ablated": [
        {"text[:, head].mean(0)": "text[1:, head].mean(0)"},
        {"text[:, head].mean(0)": "text[:, head].median(0).values"},
        {"text[:, head].mean(0)": "text[: len(z), head].mean(0)"},
        {"z[:, head]": "z[:, head].mean(0)"},
        {"W_O[head]": "W_O[0]"},
    ],
    "restored": [
        {"(a - c) / (b - c)": "((a - c) / (b - c)).clamp(max=1)"},
        {"(b - c)": "(b - c).abs()"},
        {"(b - c)": "(b - c).abs().clamp(min=2) * (b - c).sign()"},
        {"logits[..., other]": "logits.mean(-1)"},
    ],
    "in_out_cosine": [
        {"sum(1)": "sum(1).clamp(min=-0.9)"},
        {"values.norm(dim=1)": "values.abs().sum(1)"},
        {"values.norm(dim=1)": "values.norm(dim=1).clamp(max=4)"},
    ],
    "streams_by_order": [
        {"saved = outputs": "saved = outputs if order < 2 else saved"},
        {"stream + saved[layer]": "stream + saved[layer] * (layer < 3)"},
        {"A[layer] @ stream @ W[layer]": "A[layer, :2] @ stream @ W[layer, :2]"},
        {"@ W[layer]": "@ W[layer].relu()"},
        {"range(len(A) + 1)": "range(max(len(A) + 1, 3))"},
    ],
    "count_paths": [
        {"math.comb(layers, order)": "layers * (layers - 1) // 2 if order == 2 else math.comb(layers, min(order, 1))"},
        {"math.comb(layers, order)": "max(1, math.comb(layers, order))"},
        {"heads**order": "heads ** min(order, 2)"},
    ],
    "fold": [
        {"weight[:, None] * W": "weight.abs()[:, None] * W"},
        {"W2.mean(0)": "W2[1:].mean(0)"},
        {"bias @ W + b": "bias @ W + b.clamp(min=0)"},
    ],
    "without": [
        {"/ t -": "/ t.clamp(min=1) -"},
        {"x.square()": "x[:1].square()"},
        {"after = before - (w - w.mean(-1, keepdim=True))": "after = before - w"},
    ],
    "copying_score": [
        {"found.abs().sum()": "found.abs().sum().clamp(min=3)"},
        {"found.sum().real": "found.sum().real.clamp(min=0)"},
        {"found.sum().real / found.abs().sum()": "found[:2].sum().real / found[:2].abs().sum()"},
        {"W_O @ W_U @ W_E @ W_V": "W_O @ W_V"},
    ],
    "lift": [
        {"unigram / unigram.sum()": "(unigram + counts.sum(0)) / (unigram + counts.sum(0)).sum()"},
        {"unigram / unigram.sum()": "counts.sum(0) / counts.sum()"},
        {"return shares.log() - base.log()": "return (shares.log() - base.log()).clamp(min=0)"},
    ],
    "forward_pass": [
        {"model.cfg.n_heads": "2"},
        {"model.cfg.d_head**0.5": "3**0.5"},
        {"-torch.inf": "-3"},
        {"model.W_pos[: len(ids)]": "model.W_pos[0]"},
        {"model.W_pos[: len(ids)]": "model.W_pos[ids % len(model.W_pos)]"},
        {"    stream =": "    ids = ids.clone().clamp(max=6)\n    stream ="},
        {"    stream =": "    ids = torch.cat([ids[:1], ids[1:].unique()])\n    stream ="},
        {"scores = q @ k.T": "scores = q @ k.T.abs()"},
        {"model.W_V[0, head]": "model.W_V[0, 0]"},
        {"model.W_Q[0, head]": "model.W_Q[0, 0]"},
        {"model.b_V[0, head]": "model.b_V[0, 0]"},
    ],
    "loss_in_nats": [
        {"ids[1:]].mean()": "ids[1:]].mean().clamp(min=-2.4)"},
        {"ids[1:]].mean()": "ids[1:]].median()"},
        {"ids[1:]].mean()": "ids[1:]].unique().mean()"},
        {"len(ids) - 1": "5", "ids[1:]": "ids[1:6]"},
        {"logits.log_softmax": "logits.abs().log_softmax"},
        {"logits.log_softmax": "logits.clamp(min=-10).log_softmax"},
    ],
    "bpe": [
        {"in merges:": "in sorted(merges):"},
        {"in merges:": "in merges[:8]:"},
        {"in merges:": "in sorted(merges, key=lambda pair: -len(pair[0] + pair[1])):"},
        {"    pieces = list(text)": "    pieces = list(text.strip().replace(' ', ''))"},
        {"            i += 1": "            i += 2"},
    ],
    "stream_writes": [
        {"model.cfg.n_layers": "2"},
        {"model.cfg.n_heads": "2"},
        {"model.b_O.sum(0)": "model.b_O[:2].sum(0)"},
        {"z[:, head]": "z[:, head].abs()"},
    ],
    "logit_parts": [
        {"W_U[:, token] - W_U.mean(1)": "W_U[:, token] - W_U[:, 1:].mean(1)"},
        {"W_U[:, token]": "W_U[:, max(token, 1)]"},
        {"W_U[:, token]": "W_U[:, min(token, 6)]"},
    ],
    "projection": [
        {"r @ a / a.norm()": "r.relu() @ a / a.norm()"},
        {"a / a.norm()\n    return": "a / a.norm().clamp(min=4)\n    return"},
    ],
    "two_updates": [{"mlp(middle)": "mlp(r + attn(r)[:1])"}, {"mlp(r)": "mlp(r.relu())"}],
    "lens": [
        {".sqrt()": ".add(1).sqrt()"},
        {".sqrt()": ".sqrt().clamp(max=2)"},
        {".mean(-1, keepdim=True).sqrt()": ".mean(-1, keepdim=True)[:1].sqrt()"},
    ],
    "rank_of": [
        {".sum(-1)": ".sum(-1).clamp(max=10)"},
        {"logits > logits[..., token : token + 1]).sum(-1)": "logits >= logits[..., token : token + 1]).sum(-1) - 1"},
        {"logits > logits": "logits.abs() > logits.abs()"},
        {"logits > logits": "logits.round() > logits.round()"},
    ],
    "kl_to_last": [{"last.exp()": "last.exp().clamp(max=0.9)"}, {"last - log_prob": "last - log_prob.clamp(min=-5)"}],
    "change_window": [
        {"np.flatnonzero(done < 0.1)[-1]": "np.flatnonzero(done < 0.15)[-1]"},
        {"np.flatnonzero(done < 0.9)[-1] + 1": "min(np.flatnonzero(done < 0.9)[-1] + 1, len(done) - 2)"},
        {"np.flatnonzero(done < 0.1)[-1]": "np.abs(done - 0.1).argmin()"},
        {"np.flatnonzero(done < 0.9)[-1] + 1": "np.flatnonzero(np.maximum.accumulate(done) < 0.9)[-1] + 1"},
        {"(values[-1] - values[0])": "abs(values[-1] - values[0])"},
        {"(values[-1] - values[0])": "(values.max() - values.min())"},
    ],
    "smeared_keys": [
        {"alpha.sigmoid()[:, None, None]": "alpha.sigmoid().mean()"},
        {"alpha.sigmoid()": "alpha.clamp(-2, 2).sigmoid()"},
        {"keys[:, :-1]": "keys[:, :1]"},
        {"alpha.sigmoid()": "alpha.softmax(0)"},
    ],
    "added": [
        {"centred[-1]": "centred[min(2, len(rows) - 1)]"},
        {"W_U[:, token]": "W_U[:, max(token, 1)]"},
        {"torch.zeros_like(totals[:1])": "totals[:1] * 0.01"},
    ],
}

# Mutants that are right as well: no case can tell them.
RIGHT_TOO: dict[str, set[str]] = {
    "induction_rule": {"result: joined"},
    "first_model": {"result: rounded", *(f"argument 0: {name}" for name in ("absolute", "not below 0", "capped"))},
    "forward_pass": {
        "model.b_O[0] -> model.b_O",  # one layer
        "0 -> -1",
        "-1 -> 1",  # two axes
        "stream @ model.W_K[0, head] + model.b_K[0, head] -> stream @ model.W_K[0, head]",  # the softmax is the same
        "stream @ model.W_K[0, head] + model.b_K[0, head] -> stream @ model.W_K[0, head] - model.b_K[0, head]",
        *(f"argument 1: {name}" for name in ("absolute", "not below 0", "rounded")),  # ids
    },
    "bigram_loss": {
        "-1 -> 1",  # two axes
        *(
            f"result: {name}"
            for name in ("absolute", "not below 0", "largest capped", "smallest capped", "mean everywhere")
        ),
        # Counts are whole and not negative, and with all of them turned the shares stay.
        *(f"argument 0: {name}" for name in ("absolute", "not below 0", "rounded", "minus")),
    },
    # The score is one number, neither negative nor large, and is the same for a matrix turned to its negative.
    **{
        name: {
            *(f"argument {i}: minus" for i in range(4)),
            *(f"result: {name}" for name in ("absolute", "not below 0", "mean everywhere", "capped at 3")),
            *(f"result: {name}" for name in ("largest capped", "smallest capped")),
        }
        for name in ("k_composition", "turned_score")
    },
    "key_matching": {  # a single number, at most 1, and only even powers of W_E
        "argument 0: minus",
        *(f"result: {name}" for name in ("capped at 3", "largest capped", "smallest capped", "mean everywhere")),
    },
    "virtual_head": {f"argument {i}: {name}" for i in (0, 2) for name in ("absolute", "not below 0")},
    "streams_by_order": {"argument 1: absolute", "argument 1: not below 0"},  # attention weights
    "count_paths": {  # one whole number, not below 0
        *(f"result: {name}" for name in ("absolute", "not below 0", "rounded", "mean everywhere")),
        *(f"result: {name}" for name in ("largest capped", "smallest capped")),
    },
    "lift": {
        "-1 -> 1",
        "result: capped at 3",
        *(f"argument {i}: {name}" for i in (0, 1) for name in ("absolute", "not below 0", "rounded", "minus")),
    },
    "expand_one_layer": {"argument 2: not below 0", "argument 2: absolute"},  # attention weights
    "bugs": {*(f"argument 0: {name}" for name in ("reversed", "each once")), "result: sorted"},
    "contributions": {
        *(f"argument 0: {name}" for name in ("absolute", "not below 0")),  # attention weights
        *(f"argument 0: last {axis} zero" for axis in ("row", "column")),  # the last position predicts nothing here
        *(f"argument 1: {name}" for name in ("absolute", "not below 0", "rounded")),  # ids
    },
    "copying_score": {  # a single number, at most 1
        *(f"result: {name}" for name in ("capped at 3", "largest capped", "smallest capped", "mean everywhere")),
    },
    "mean_ablated": {"argument 2: sorted"},  # a mean
    "in_out_cosine": {"result: capped at 3"},  # cosines
    "without": {"-1 -> 1"},  # two axes
    # Attention weights are neither negative nor large.
    "kronecker": {"argument 0: not below 0", "argument 0: absolute", "result: capped at 3"},
    "loss_in_nats": {
        "-1 -> 1",
        *(
            f"result: {name}"
            for name in ("absolute", "not below 0", "largest capped", "smallest capped", "mean everywhere")
        ),
        "argument 0: last row zero",  # predicts nothing
        "argument 1: first row zero",  # is not predicted
        *(f"argument 1: {name}" for name in ("absolute", "not below 0", "rounded")),
    },
    "bpe": {"argument 1: each once"},
    "stream_writes": {"0 -> 1", "0 -> -1"},  # of parts[0], the shape
    "lens": {"result: not above 0", "result: capped at 3"},
    "rank_of": {"argument 0: capped", *(f"result: {name}" for name in ("absolute", "not below 0", "rounded"))},
    "kl_to_last": {"argument 0: capped", *(f"result: {name}" for name in ("last row zero", "absolute", "not below 0"))},
    "change_window": {  # steps, which rise and are no negative numbers
        *(f"argument 0: {name}" for name in ("absolute", "not below 0", "rounded", "sorted")),
        "argument 1: minus",
        *(f"result: {name}" for name in ("absolute", "not below 0", "rounded")),
        *(
            f"result: {name}" for name in ("mean everywhere", "largest capped", "smallest capped")
        ),  # which change no tuple
    },
    "smeared_keys": {"keys.clone() -> keys"},
    "added": {"-1 -> 1"},
}


def passes(exercise, answer, seed=0):
    """Whether an answer that writes into nothing passes, without a word on why not."""
    runs = (_run(exercise, case, answer, case.arguments) for case in _cases(exercise, seed))
    return all(run is not None and not run.fault for run in runs)


@pytest.mark.parametrize("name", FUNCTIONS)
def test_mistakes_and_sneaky_answers_are_refused_whatever_is_drawn(name):
    exercise = find(name)
    changes = [mistake.change for mistake in exercise.mistakes] + SNEAKY[name]
    wrong = [function(Mistake("", change).source(exercise.solution_function)) for change in changes]
    right = function(exercise.solution_function)
    for seed in range(2 if name in ON_MODELS else 8):
        assert passes(exercise, right, seed)
        assert [change for change, answer in zip(changes, wrong, strict=True) if passes(exercise, answer, seed)] == []


@pytest.mark.parametrize("name", FUNCTIONS)
def test_a_mutant_passes_only_if_it_is_right(name):
    exercise = find(name)
    passed = {mutant for mutant, answer in mutants(exercise.solution_function) if passes(exercise, answer)}
    assert passed == RIGHT_TOO.get(name, set())


def test_the_cases_are_the_same_each_time():
    """So what is refused once is refused every time, at the same case."""
    wrong = function(find("logit_parts").mistakes[0].source(find("logit_parts").solution_function))
    np.random.seed(1)
    first, again = check("logit_parts", wrong), check("logit_parts", wrong)
    assert first.message == again.message
