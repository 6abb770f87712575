"""Sealed models do what their seal says, whatever is switched off; and nothing but running them tells it."""

from types import SimpleNamespace

import numpy as np
import pytest

import headstream as hs
from headstream.models.sealed import LETTERS, answers, opened, sealed, texts
from headstream.models.sealed_weights import ALL_HEADS, KINDS

SEEDS = range(12)


def seen(rule, text):
    """The letter that a rule looks at, or None: the words of `Rule.words`, as a program of its own."""
    present, last = text[-1], len(text) - 1
    if rule.kind == "distance":
        return text[last - rule.distance] if last >= rule.distance else None
    if rule.kind == "first":
        return text[0]
    if rule.kind == "duplicate":
        return present if present in text[:last] else None
    asked = present if rule.kind == "induction" else LETTERS[rule.marker - 1]
    after = [text[i + 1] for i in range(last) if text[i] == asked]
    return after[-1] if after else None


def foretold(algorithm, text, off=()):
    def works(what):
        return not what or not set(what) <= set(off)

    for name, rule in (("first rule", algorithm.first), ("second rule", algorithm.second)):
        reads = algorithm.heads["attends to the token before"] if rule.kind in ("induction", "marker") else ()
        letter = seen(rule, text)
        if letter is not None and works(algorithm.heads[name]) and works(reads):
            return LETTERS[(LETTERS.index(letter) + rule.shift) % len(LETTERS)]
    return LETTERS[algorithm.own[LETTERS.index(text[-1])] - 1]


@pytest.mark.parametrize("seed", SEEDS)
def test_a_sealed_model_does_what_its_seal_says(seed):
    model = sealed(seed)
    algorithm, tried = opened(model), texts(80, seed)
    silent = [head for head in ALL_HEADS if head not in sum(algorithm.heads.values(), ())]
    for off in ([], *([head] for head in ALL_HEADS), silent, ALL_HEADS, algorithm.heads["first rule"]):
        assert answers(model, tried, off) == [foretold(algorithm, text, off) for text in tried], off


def test_all_kinds_of_rules_occur_and_no_two_models_are_alike():
    # The seal is read from a model's name alone.
    named = [SimpleNamespace(cfg=SimpleNamespace(model_name=f"sealed-{seed}")) for seed in range(40)]
    found = list(map(opened, named))
    assert {rule.kind for each in found for rule in (each.first, each.second)} == set(KINDS)
    assert {len(each.heads["first rule"]) for each in found} == {1, 2}
    assert len({str(each) for each in found}) == len(found)


def test_the_same_seed_makes_the_same_model_and_answers_as_interventions_do():
    one, other = sealed(4), sealed(4)
    assert all(np.array_equal(a, b) for a, b in zip(one.parameters(), other.parameters(), strict=True))
    tried = texts(10)
    for off in ((), ("1.2",), ("0.1", "1.0")):
        single = []
        for text in tried:
            changed = hs.intervene(hs.run(one, text), *map(hs.ablate, off))
            single.append(LETTERS[int(changed.logits[-1, 1:].argmax())])
        assert answers(one, tried, off) == single


def test_no_weight_tells_the_algorithm_by_its_place():
    """The stream is turned: the embedding of a letter is spread over all directions."""
    spread = sealed(0).W_E[1:].abs()
    assert float((spread.max(1).values / spread.norm(dim=1)).max()) < 0.5


def test_other_characters_are_one_letter_and_long_texts_are_told():
    assert hs.run(sealed(0), "aB é").tokens == ("<start>", "a", "?", "?", "?")
    with pytest.raises(ValueError, match="expected at most 24 tokens"):
        hs.run(sealed(0), "a" * 24)


def test_what_is_no_seed_or_not_sealed_is_told():
    with pytest.raises(ValueError, match="seed: expected 0 or more"):
        sealed(-1)
    with pytest.raises(TypeError, match="seed: expected a whole number"):
        sealed("one")
    with pytest.raises(ValueError, match=r"expected one that hs\.sealed"):
        opened(hs.load("attn-only-1l"))
