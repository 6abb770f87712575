"""How far each row's prediction is from the last."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from headstream.exercises.exercise import Case, Exercise, Mistake


def cases(rng: np.random.Generator) -> Iterator[Case]:
    drawn = [rng.dirichlet(np.ones(sizes[-1]), size=sizes[:-1]) for sizes in ((2, 3, 4), (4, 3, 11), (3, 1, 6))]
    agreeing = drawn[1].copy()
    agreeing[1] = agreeing[-1]
    sure = np.array([[[0.25] * 4], [[0.001, 0.001, 0.001, 0.997]], [[0.997, 0.001, 0.001, 0.001]]])
    for probability in (*drawn, agreeing, sure):
        log_prob = np.log(probability)
        entropy = -np.einsum("pv,pv->p", probability[-1], log_prob[-1])
        cross_entropy = -np.einsum("pv,rpv->rp", probability[-1], log_prob)
        yield Case((log_prob,), cross_entropy - entropy, "Your array of divergences")


EXERCISE = Exercise(
    name="kl_to_last",
    number=4,
    difficulty=1,
    minutes=6,
    hints=(
        "KL(p ‖ q) = Σ p (log p - log q), the sum over the vocabulary. p is the last row, q each row in turn.",
        "log_prob[-1] is log p, [position, d_vocab]. It can be subtracted from all rows at once.",
        "last = log_prob[-1]; return (last.exp() * (last - log_prob)).sum(-1)",
    ),
    solution="""\
def kl_to_last(log_prob):
    last = log_prob[-1]
    return (last.exp() * (last - log_prob)).sum(-1)


hs.check("kl_to_last", kl_to_last)""",
    cases=cases,
    mistakes=(
        Mistake(
            "That is KL(row ‖ last). The average is taken under the last row: last.exp() stands in front.",
            {"last.exp() * (last - log_prob)": "log_prob.exp() * (log_prob - last)"},
        ),
        Mistake(
            "Every number is negative, and a KL divergence never is. Exchange the two logarithms.",
            {"(last - log_prob)": "(log_prob - last)"},
        ),
        Mistake("These are bits. Nats use the natural logarithm.", {".sum(-1)": ".sum(-1) / math.log(2)"}),
        Mistake(
            "You took the mean over the vocabulary. The weights are probabilities already: sum.",
            {".sum(-1)": ".mean(-1)"},
        ),
        Mistake("Sum over the vocabulary, the last axis.", {".sum(-1)": ""}),
        Mistake(
            "That is the cross-entropy. The KL divergence is what it has above the last row's own entropy: it is 0 "
            "where the two agree.",
            {"(last.exp() * (last - log_prob))": "-(last.exp() * log_prob)"},
        ),
        Mistake(
            "The weights are missing: each difference counts with its probability, last.exp().", {"last.exp() * ": ""}
        ),
        Mistake(
            "Keep the signs: a token can take away as well as add.", {"(last - log_prob)": "(last - log_prob).abs()"}
        ),
        Mistake(
            "You summed over everything. Return [row, position]: sum over the vocabulary alone.", {".sum(-1)": ".sum()"}
        ),
        Mistake(
            "kl_div averages over everything unless told otherwise: reduction='none', then sum over the vocabulary.",
            {
                "(last.exp() * (last - log_prob)).sum(-1)": (
                    "torch.nn.functional.kl_div(log_prob, last.exp().expand_as(log_prob), reduction='mean')"
                )
            },
        ),
        Mistake(
            "Each row is weighted by its own probabilities. The average is taken under the last row: last.exp().",
            {"last.exp() * ": "log_prob.exp() * "},
        ),
        Mistake(
            "You compared each row with the one after it. Compare each with the last.",
            {"last = log_prob[-1]": "last = torch.cat([log_prob[1:], log_prob[-1:]])"},
        ),
        Mistake("You averaged over the positions. Return [row, position].", {".sum(-1)": ".sum(-1).mean(-1)"}),
        Mistake("The last row is missing. It is 0 there: a good check.", {".sum(-1)": ".sum(-1)[:-1]"}),
        Mistake("You compared with the first row. Compare with the last.", {"log_prob[-1]": "log_prob[0]"}),
    ),
    passed="Right on random predictions, and 0 for the last row, which agrees with itself.",
)
