"""Claims about a sealed model pass when they foretell it, and are told where they do not."""

import pytest

import headstream as hs
from headstream.models.sealed import LETTERS, answers, opened
from headstream.models.sealed_weights import ALL_HEADS

from .told import told


@pytest.fixture(scope="module")
def second():
    return hs.sealed(3)


def rules(model):
    """The heads that carry out the first rule, and those of the second."""
    return [opened(model).heads[which] for which in ("first rule", "second rule")]


def right(model):
    (first_rule, second_rule), shift = rules(model), opened(model).first.shift
    pairs = dict(zip(LETTERS, answers(model, LETTERS, ALL_HEADS), strict=True))

    def foretold(text, off):
        present = text[-1]
        if present in text[:-1] and not set(first_rule) <= set(off):
            return LETTERS[(LETTERS.index(present) + shift) % len(LETTERS)]
        return pairs[present] if second_rule[0] in off else text[0]

    return foretold


def test_the_smallest_circuit(second):
    first_rule, second_rule = rules(second)
    one, twin = first_rule
    idle = next(head for head in ALL_HEADS if head not in first_rule + second_rule)
    assert told("smallest_circuit", (second, ...))[0] == "unanswered"
    for heads, status, word in (
        ([one, *second_rule], "passed", ""),
        ([twin, *second_rule], "passed", ""),
        ([one, twin, *second_rule], "not yet", f"so they do without {one}"),
        ([one, *second_rule, idle], "not yet", f"so they do without {idle}"),
        ([one], "not yet", "A head is missing"),
        ([], "not yet", "A head is missing"),
        (["2.7"], "not yet", "a list of names among 0.0"),
        ("0.1", "not yet", "a list of names among 0.0"),
    ):
        found, message = told("smallest_circuit", (second, heads))
        assert (found, word in message) == (status, True), (heads, message)


def test_what_is_foretold(second):
    claim, first_rule = right(second), rules(second)[0]
    assert told("foretold", (second, claim))[0] == "passed"
    assert told("foretold", (second, lambda text, off: ...))[0] == "unanswered"
    blind = told("foretold", (second, lambda text, off: claim(text, [])))[1]
    assert "one head off" in blind or "two heads off" in blind
    assert "With no head off" in told("foretold", (second, lambda text, off: text[0]))[1]
    either = lambda text, off: claim(text, [*off, *first_rule] if set(first_rule) & set(off) else off)  # noqa: E731
    assert "and you foretold" in told("foretold", (second, either))[1]
    assert "foretold" in told("foretold", (second, lambda text: "a"))[1]


def test_a_model_of_the_readers_own(second):
    assert told("another_seal", (second, right(second)))[1].startswith("That is a model of this lesson")
    assert told("another_seal", (hs.sealed(9), right(second)))[0] == "not yet"
    assert told("another_seal", (hs.load("attn-only-0l"), right(second)))[1].startswith("Your answer is to be two")


def test_a_model_that_was_tampered_with_is_made_anew():
    model = hs.sealed(3)
    for weights in model.parameters():
        weights.data.zero_()
    assert told("foretold", (model, lambda text, off: "a"))[0] == "not yet"
    assert told("foretold", (model, right(hs.sealed(3))))[0] == "passed"
