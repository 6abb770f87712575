"""The weights of sealed models, set by hand: a head for each rule, heads that only look so, and random rotations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import numpy.typing as npt

from headstream.extras import require

if TYPE_CHECKING:
    import torch

Matrix = npt.NDArray[np.float64]

LETTERS = "abcdefghijklmnopqrstuvwxyz?"
VOCABULARY = 1 + len(LETTERS)
LAYERS, HEADS, PLACES, D_HEAD = 2, 4, 24, 64
# The stream before it is turned: the token, its place, the token before, what the logits are read off, and what is not
# read at all.
PARTS = {"token": VOCABULARY, "place": PLACES, "before": VOCABULARY, "out": VOCABULARY, "unread": VOCABULARY}
D_MODEL = sum(PARTS.values())
ALL_HEADS = tuple(f"{layer}.{head}" for layer in range(LAYERS) for head in range(HEADS))
# Scores: a key that matches wins over the start, the start over a later place, a later place over an earlier one.
MATCH, START, LATER = 250.0, 140.0, 5.0
FIRST, SECOND, OWN = 12.0, 6.0, 2.0  # logits: the second and the own together stay below the first
TWICE = 10.0  # of each of two heads that do the same: one of them is enough


class Head(NamedTuple):
    """W_Q, W_K, W_V [d_model, d_head] and W_O [d_head, d_model]."""

    q: Matrix
    k: Matrix
    v: Matrix
    o: Matrix


@dataclass(frozen=True)
class Rule:
    """Where a rule looks, and the letter that it then calls for. kind: one of KINDS.

    distance: of "distance". marker: of "marker". shift: by how many letters what is seen is moved on.
    """

    kind: str
    distance: int = 0
    marker: int = 0
    shift: int = 0

    @property
    def words(self) -> str:
        where = {
            "induction": "the letter that followed the last time the present one was seen",
            "marker": f"the letter after the latest {LETTERS[self.marker - 1]!r}",
            "distance": f"the letter {self.distance} places back",
            "duplicate": "the present letter, if it was seen before",
            "first": "the first letter",
        }[self.kind]
        return where + (f", moved on by {self.shift}" if self.shift else "")


KINDS = ("induction", "marker", "distance", "duplicate", "first")


def rule_head(rule: Rule, gain: float) -> Head:
    letters = np.eye(VOCABULARY)
    later = np.zeros((PLACES, PLACES)) + LATER * np.arange(PLACES)
    later[:, 0] = START
    written = gain * np.roll(letters, rule.shift, 1)
    # The letters move on in a circle, which the start is not part of.
    written[1:, 1:] = gain * np.roll(np.eye(VOCABULARY - 1), rule.shift, 1)
    written[0] = written[:, 0] = 0
    if rule.kind == "induction":
        return _head(later, "token", MATCH * letters, "out", written, key="before")
    if rule.kind == "marker":
        asked = np.zeros((VOCABULARY, VOCABULARY))
        asked[:, rule.marker] = MATCH
        return _head(later, "token", asked, "out", written, key="before")
    if rule.kind == "duplicate":
        return _head(later - 2 * MATCH * np.eye(PLACES), "token", MATCH * letters, "out", written)
    return _head(_back(rule.distance) if rule.kind == "distance" else _at(1), "token", None, "out", written)


def decoy(random: np.random.Generator) -> Head:
    """A head that attends as others do, and writes where nobody reads."""
    written = 10 * np.eye(VOCABULARY)[random.permutation(VOCABULARY)]
    later = np.zeros((PLACES, PLACES)) + LATER * np.arange(PLACES)
    later[:, 0] = START
    attends = int(random.integers(4))
    if attends == 3:
        return _head(
            later - 2 * MATCH * np.eye(PLACES), "token", MATCH * np.eye(VOCABULARY), "unread", written, key="token"
        )
    scores = (_back(1), _back(int(random.integers(2, 5))), _at(1))[attends]
    return _head(scores, "token", None, "unread", written)


def _back(distance: int) -> Matrix:
    """[query, key] scores that are high so many places back, and at the start where there is no such place."""
    scores = np.zeros((PLACES, PLACES))
    scores[np.arange(PLACES), np.maximum(0, np.arange(PLACES) - distance)] = MATCH
    return scores


def _at(place: int) -> Matrix:
    scores = np.zeros((PLACES, PLACES))
    scores[:, place] = MATCH
    return scores


def _head(places: Matrix, value: str, tokens: Matrix | None, into: str, written: Matrix, key: str = "token") -> Head:
    """A head before anything is turned.

    places: [query, key] scores of places. tokens: [token, token] scores of the present token and of what stands in the
    part `key`. What stands in the part `value` is moved by `written` [token, token] to the part `into`.
    """
    q, k, v = (np.zeros((D_MODEL, D_HEAD)) for _ in range(3))
    o = np.zeros((D_HEAD, D_MODEL))
    letters, at = slice(0, VOCABULARY), slice(VOCABULARY, VOCABULARY + PLACES)
    if tokens is not None:
        q[_part("token"), letters], k[_part(key), letters] = tokens, np.eye(VOCABULARY)
    q[_part("place"), at], k[_part("place"), at] = places, np.eye(PLACES)
    v[_part(value), letters], o[letters, _part(into)] = np.eye(VOCABULARY), written
    return Head(q * D_HEAD**0.5, k, v, o)


def previous_token_head() -> Head:
    """It writes the token before into the part that is for it."""
    return _head(_back(1), "token", None, "before", np.eye(VOCABULARY))


def _part(name: str) -> slice:
    names = list(PARTS)
    start = sum(PARTS[each] for each in names[: names.index(name)])
    return slice(start, start + PARTS[name])


def weights(
    random: np.random.Generator,
    heads: dict[tuple[int, int], Head],
    own: npt.NDArray[np.int64],
) -> dict[str, torch.Tensor]:
    """The state of the bridge: everything turned, so that what is computed stays as it is."""
    turn = _rotation(random, D_MODEL)
    embed, places, unembed = (
        np.zeros((VOCABULARY, D_MODEL)),
        np.zeros((PLACES, D_MODEL)),
        np.zeros((D_MODEL, VOCABULARY)),
    )
    embed[:, _part("token")] = np.eye(VOCABULARY)
    embed[1:, _part("out")] = OWN * np.eye(VOCABULARY)[own]
    places[:, _part("place")], unembed[_part("out")] = np.eye(PLACES), np.eye(VOCABULARY)
    state = {"embed.weight": embed @ turn, "pos_embed.weight": places @ turn, "unembed.weight": (turn.T @ unembed).T}
    state["unembed.bias"] = np.zeros(VOCABULARY)
    for layer in range(LAYERS):
        turned = []
        for head in range(HEADS):
            q, k, v, o = heads[layer, head]
            asks, moves = _rotation(random, D_HEAD), _rotation(random, D_HEAD)
            turned.append((turn.T @ q @ asks, turn.T @ k @ asks, turn.T @ v @ moves, moves.T @ o @ turn))
        for name, matrices in zip("qkv", list(zip(*turned, strict=True))[:3], strict=True):
            state[f"blocks.{layer}.attn.{name}.weight"] = np.concatenate(matrices, 1).T
            state[f"blocks.{layer}.attn.{name}.bias"] = np.zeros(HEADS * D_HEAD)
        state[f"blocks.{layer}.attn.o.weight"] = np.concatenate([each[3] for each in turned]).T
        state[f"blocks.{layer}.attn.o.bias"] = np.zeros(D_MODEL)
    tensor = require("torch").from_numpy
    return {name: tensor(np.ascontiguousarray(value)).float() for name, value in state.items()}


def _rotation(random: np.random.Generator, size: int) -> Matrix:
    turned: Matrix = np.linalg.qr(random.normal(size=(size, size)))[0]
    return turned
