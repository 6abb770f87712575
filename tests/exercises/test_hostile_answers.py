"""Whatever a reader's function returns, does to its arguments or raises, `check` says a true sentence about it."""

import numpy as np
import pytest
import torch

from headstream.exercises import check, find
from headstream.exercises.exercise import function


def solved(name):
    return function(find(name).solution_function)


class Unprintable:
    def __repr__(self):
        raise RuntimeError("no picture")


class Unreadable:
    def __getattr__(self, name):
        raise RuntimeError(f"no {name}")


class Untouchable:
    def __getattribute__(self, name):
        raise RuntimeError(f"no {name}")


class Unequal:
    def __eq__(self, other):
        raise RuntimeError("not comparable")

    __hash__ = None


class Frame:
    shape = ("rows", "columns")

    def __array__(self, *_, **__):
        raise RuntimeError("no array")


class Words(str):
    def __str__(self):
        raise RuntimeError("no words")


class Lists(list):
    def __iter__(self):
        raise RuntimeError("no items")

    __len__ = __iter__


class Endless:
    def __len__(self):
        return 10**12

    def __getitem__(self, place):
        return 0


itself = []
itself.append(itself)
FUNCTIONS = ("bpe", "rank_of", "projection", "first_model")  # texts, numbers, parts, and numpy's arrays
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
    "untouchable": Untouchable,
    "unequal": Unequal,
    "a frame": Frame,
    "words": lambda: Words("a"),
    "lists": lambda: Lists([1]),
    "list of lists": lambda: [Lists([1])],
    "endless": Endless,
    "itself": lambda: itself,
    "huge": lambda: np.broadcast_to(0.0, (10**6, 10**6)),
    "a long range": lambda: range(10**12),
    "a generator": lambda: (i for i in range(3)),
    "a dict": lambda: {"a": 1},
    "text": lambda: "text",
    "bytes": lambda: b"text",
    "objects": lambda: np.array([1, None, "a"], dtype=object),
    "masked": lambda: np.ma.masked_array([1.0, 2.0], [False, True]),
    "a class": lambda: int,
    "an error": lambda: ValueError("an error"),
    "records": lambda: np.zeros(2, dtype="i4,f4"),
}


@pytest.mark.parametrize("odd", ODD)
@pytest.mark.filterwarnings("ignore")
def test_an_odd_answer_gets_a_sentence(odd):
    returned = ODD[odd]()
    for name in FUNCTIONS:
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
    assert "is to be one array, not a list of 4" in told(lambda parts: [part[None] for part in parts])


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


def test_an_odd_answer_in_place_of_a_function_gets_a_sentence():
    for make in ODD.values():
        assert check("bpe", make()).status == "not yet"


def test_what_a_function_prints_is_printed_once(capsys):
    def ranks(logits, token):
        print("here")
        return (logits > logits[..., token : token + 1]).sum(-1) + 1

    assert "ranks start at 1" in check("rank_of", ranks).message
    assert capsys.readouterr().out.count("here") == 1
