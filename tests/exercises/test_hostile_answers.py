"""Whatever a reader's function returns, does to its arguments or raises, `check` says a true sentence about it."""

import subprocess
import sys

import numpy as np
import pytest
import torch

from headstream.exercises import all_exercises, check, find
from headstream.exercises.exercise import function


def solved(name):
    return function(find(name).solution_function)


class Unprintable:
    def __repr__(self):
        raise RuntimeError("no picture")


class Unreadable:
    def __getattr__(self, name):
        raise RuntimeError(f"no {name}")


class Speechless(Exception):  # noqa: N818
    def __str__(self):
        raise RuntimeError("no words")


def raises(error):
    raise error


needs_gradient = torch.ones(3, requires_grad=True)
ODD = {
    "bfloat16": lambda: torch.ones(3, dtype=torch.bfloat16),
    "numbers in bfloat16": lambda: [torch.ones((), dtype=torch.bfloat16)] * 2,
    "complex": lambda: torch.ones(3, dtype=torch.complex64),
    "a complex number": lambda: 1 + 2j,
    "sparse": lambda: torch.eye(3).to_sparse(),
    "quantised": lambda: torch._empty_affine_quantized([3], scale=0.1, zero_point=0, dtype=torch.qint8),
    "meta": lambda: torch.ones(3, device="meta"),
    "nested": lambda: torch.nested.nested_tensor([torch.ones(2), torch.ones(3)], layout=torch.jagged),
    "gradients": lambda: [needs_gradient * 1, needs_gradient * 2],
    "ragged": lambda: [[1, 2], [3]],
    "unprintable": Unprintable,
    "list of unprintables": lambda: [Unprintable()],
    "unreadable": Unreadable,
    "a set": lambda: {1, 2},
    "dates": lambda: np.array(["2020-01-01"], dtype="datetime64"),
    "records": lambda: np.zeros(2, dtype="i4,f4"),
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.filterwarnings("ignore")
def test_an_odd_answer_gets_a_sentence(odd):
    returned = ODD[odd]()
    for name in all_exercises():
        for answer in (lambda *_: returned, lambda *_: (returned, returned)):
            result = check(name, answer)
            assert result.status == "not yet"
            assert result.message.split("\n")[0].endswith(".") or "expected" in result.message


def told(change):
    right = solved("logit_parts")
    return check("logit_parts", lambda *arguments: change(right(*arguments))).message


def test_a_right_answer_in_a_wrong_kind_of_numbers_is_told_which():
    assert "is in bfloat16, which keeps too few digits" in told(torch.Tensor.bfloat16)
    assert "is in float16" in told(lambda parts: parts.numpy().astype(np.float16))
    assert "Your array of parts is complex" in told(lambda parts: parts + 0j)
    assert "torch.sparse_coo" in told(torch.Tensor.to_sparse)
    assert "on the device meta" in told(lambda parts: parts.to("meta"))
    assert "is to be one array, not a list of 5" in told(lambda parts: [part[None] for part in parts])


def test_right_answers_may_be_computed_in_another_way():
    def parts(compute):
        return check("logit_parts", compute).passed

    assert parts(lambda w, W_U, token: (w @ W_U[:, token] - (w @ W_U).mean(-1)).float())
    assert parts(lambda w, W_U, token: np.einsum("cd,d->c", w, W_U[:, token] - W_U.mean(1)))
    assert parts(lambda w, W_U, token: [float(x @ (W_U[:, token] - W_U.mean(1))) for x in w])
    assert parts(lambda w, W_U, token: [x @ (W_U[:, token] - W_U.mean(1)) for x in w])
    assert parts(lambda w, W_U, token: w.flip(1).float() @ (W_U[:, token] - W_U.mean(1)).flip(0).float())


@pytest.mark.parametrize("number", [torch.Tensor.float, torch.Tensor.double])
def test_a_forward_pass_may_be_an_einsum_in_any_precision(number):
    def forward(model, ids):
        names = [f"{kind}_{part}" for kind in "Wb" for part in ("Q", "K", "V", "O", "U")]
        w = {name: number(getattr(model, name)) for name in ("W_E", "W_pos", *names)}
        x = w["W_E"][ids] + w["W_pos"][: len(ids)]
        q, k, v = (torch.einsum("pd,hde->hpe", x, w[f"W_{i}"][0]) + w[f"b_{i}"][0][:, None] for i in "QKV")
        scores = torch.einsum("hqe,hke->hqk", q, k) / q.shape[-1] ** 0.5
        pattern = (scores + torch.full_like(scores, -torch.inf).triu(1)).softmax(-1)
        heads = torch.einsum("hqk,hke,hed->qd", pattern, v, w["W_O"][0])
        return heads @ w["W_U"] + ((x + w["b_O"][0]) @ w["W_U"] + w["b_U"])

    assert check("forward_pass", forward).passed


def test_a_wrong_answer_that_changes_its_arguments_fails():
    def projection(r, a):
        r /= r.norm(dim=-1, keepdim=True)
        return solved("projection")(r, a)

    def forward(model, ids):
        model.W_pos.zero_()
        return model(ids[None])[0]

    def writes(model, cache):
        cache["hook_embed"].zero_()
        return solved("stream_writes")(model, cache)

    assert "is a cosine" in check("projection", projection).message
    assert "left out the position embedding" in check("forward_pass", forward).message
    assert check("stream_writes", writes).status == "not yet"


def test_a_right_answer_that_changes_its_arguments_passes():
    def two_updates(r, attn, mlp):
        parallel = r + attn(r) + mlp(r)
        r += attn(r)
        r += mlp(r)
        return r, parallel

    def bpe(text, merges):
        pieces = solved("bpe")(text, merges)
        merges.clear()
        return pieces

    assert check("two_updates", two_updates).passed
    assert check("bpe", bpe).passed


def test_an_error_without_words_is_told():
    assert "Speechless: (an error without a readable message)" in check("bpe", lambda *_: raises(Speechless())).message


def test_only_dots_that_stand_for_a_value_are_unanswered():
    def placeholder(r, a):
        middle = ...
        return middle / a, r

    def correct(r, a):
        r = r[..., :] * 1
        return solved("projection")(r[..., 0:], a)

    def two_ellipses(r, a):
        return np.asarray(r)[..., ..., 0]

    def ellipsis_in_words(r, a):
        raise TypeError(f"no ellipsis here: {r[..., 0].shape}, {r.ellipsis}")

    assert check("projection", placeholder).status == "unanswered"
    assert check("projection", correct).passed
    assert "IndexError" in check("projection", two_ellipses).message
    assert "AttributeError" in check("projection", ellipsis_in_words).message


def test_an_index_past_the_end_is_told_truly():
    message = check("induction_rule", lambda tokens: tokens[len(tokens)]).message
    assert "past the end of a list or of an axis" in message
    assert "x[i + 1] does at the last i" in message


WITHOUT = """
import sys
for name in "torch transformer_lens tokenizers".split():
    sys.modules[name] = None
import headstream as hs
from headstream.exercises.exercise import function
for name in ("induction_rule", "first_model"):
    assert hs.check(name, function(hs.exercises.find(name).solution_function)).passed
for name in set(hs.exercises.all_exercises()) - {"induction_rule", "first_model"}:
    assert hs.check(name, ...).status == "unanswered"
    try:
        hs.check(name, lambda *_: 0)
    except ModuleNotFoundError as error:
        assert "pip install 'headstream[lessons]'" in str(error), error
    else:
        raise AssertionError(name)
"""


def test_an_exercise_without_tensors_needs_no_torch():
    subprocess.run([sys.executable, "-c", WITHOUT], check=True, capture_output=True)
    code = WITHOUT.replace("torch transformer_lens tokenizers", "torch").split("for name in set")[0]
    code += "\nassert hs.check('bpe', function(hs.exercises.find('bpe').solution_function)).passed"
    subprocess.run([sys.executable, "-c", code], check=True, capture_output=True)
