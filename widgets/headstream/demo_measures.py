"""What the prompts of `headstream.demos` show, measured: a number each, of one run a model."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from headstream.framework.heads import prefix_matching_scores, previous_token_scores, top_head
from headstream.framework.interventions import ablate, intervene, patch, with_patterns, without_head
from headstream.models import Run, token_id
from headstream.models import run as run_model


def probability(run: Run, token: str, position: int = -1) -> float:
    return float(run.logits[position].softmax(-1)[token_id(run.model, token)])


def last(run: Run, token: str) -> int:
    """The position whose next token is the last `token` of the prompt."""
    return int(np.flatnonzero(run.token_ids == token_id(run.model, token))[-1]) - 1


def rungs(*runs: Run) -> float:
    """The least number of tokens that a model is the first, in this order, to predict with p > .5."""
    right = []
    for run in runs:
        p = run.logits[:-1].softmax(-1).numpy(force=True)
        right.append(p[np.arange(len(p)), run.token_ids[1:]] > 0.5)
    first = np.argmax(right, 0)[np.any(right, 0)]
    return float(np.bincount(first, minlength=len(runs)).min())


def names(one: Run, two: Run) -> float:
    """Mean probability of "ry" at the later mentions of "Gryphon", with two layers less with one."""
    mentions = np.flatnonzero(one.token_ids == token_id(one.model, "ry"))[1:] - 1
    return float(np.mean([probability(two, "ry", i) - probability(one, "ry", i) for i in mentions]))


def lesser(two: Run, one: Run) -> list[Run]:
    """The prompt in one layer, and in two without the induction head or without the previous-token head."""
    pair = top_head(prefix_matching_scores(two.model)), top_head(previous_token_scores(two))
    return [one, *(without_head(two, *head) for head in pair)]


def induction(two: Run, one: Run) -> float:
    """How much of the probability of both continuations is gone in them (the least of all differences)."""
    places, others = [(token, last(two, token)) for token in ("ot", "ion")], lesser(two, one)
    return min(probability(two, *place) - probability(other, *place) for place in places for other in others)


def by_the_pair(two: Run, one: Run, token: str) -> float:
    """How much of the token's probability is gone in the lesser ones (the least of all differences)."""
    return probability(two, token) - max(probability(other, token) for other in lesser(two, one))


def other_name(run: Run) -> Run:
    """The same prompt with another first letter of the name, where it stands first: as many tokens, one of them new."""
    return run_model(run.model, (run.text or "").replace("Potter", "Cotter", 1))


def restored(run: Run) -> float:
    """How much of the answer's probability comes back into the run with another name once the previous-token head's
    write at the token after the first letter is patched; 0 if that head's own bar is not short."""
    from headstream.framework.residual import attribute_logit  # needs torch, which prompts do not

    corrupted = other_name(run)
    earlier, after = top_head(previous_token_scores(run)), last(run, "ter")
    patched = intervene(corrupted, patch(earlier, run, position=after))
    bars = attribute_logit(run, target="ot")
    length = {(one.layer, one.head): abs(value) for one, value in zip(bars.components, bars.values[:, -1], strict=True)}
    longest = max(value for (_, head), value in length.items() if head is not None)
    return float(length[earlier] < longest / 10) * (probability(patched, "ot") - probability(corrupted, "ot"))


def by_patterns(run: Run) -> float:
    """How much of the answer's probability comes back into the run with another name by the patterns of this run alone;
    0 if that run has the answer too.
    """
    corrupted = other_name(run)
    missing = probability(corrupted, "ot") < 0.1
    return missing * (probability(with_patterns(corrupted, run), "ot") - probability(corrupted, "ot"))


def by_mlps(target: str) -> Callable[[Run], float]:
    def measure(run: Run) -> float:
        """How much of the target's probability is gone once every MLP writes its mean over the prompt."""
        means = [ablate(f"{layer}.mlp", "mean", over=run) for layer in range(run.model.cfg.n_layers)]
        return probability(run, target) - probability(intervene(run, *means), target)

    return measure


def least(run: Run, target: str) -> float:
    """The target's probability without the one head that matters most."""
    return min(probability(without_head(run, 0, head), target) for head in range(run.model.cfg.n_heads))


def gone(target: str) -> Callable[[Run], float]:
    """How much of the target's probability is gone without the one head that matters most."""
    return lambda run: probability(run, target) - least(run, target)


def times(target: str) -> Callable[[Run], float]:
    """How many times likelier the target is than without the one head that matters most."""
    return lambda run: probability(run, target) / least(run, target)


def lens_ranks(run: Run, target: str) -> list[int]:
    """Rank of the target (0: the top) read off the last position's stream after the embedding and after every block."""
    import torch

    model, token = run.model, token_id(run.model, target)
    stream = [run.cache[f"blocks.{layer}.hook_resid_pre"][-1] for layer in range(model.cfg.n_layers)]
    with torch.no_grad():
        logits = [*model.unembed(model.ln_final(torch.stack(stream)[None]))[0], run.logits[-1]]
    return [int((row > row[token]).sum()) for row in logits]


def rises(target: str) -> Callable[[Run], float]:
    def measure(run: Run) -> float:
        """Rank of the target after the embedding; 0 unless it is the top token in the end."""
        ranks = lens_ranks(run, target)
        return float(ranks[0] if ranks[-1] == 0 else 0)

    return measure


def early(target: str) -> Callable[[Run], float]:
    def measure(run: Run) -> float:
        """After how many of the last blocks in a row the target is the top token."""
        ranks = lens_ranks(run, target)
        return float(next((n for n, rank in enumerate(reversed(ranks)) if rank), len(ranks)))

    return measure
