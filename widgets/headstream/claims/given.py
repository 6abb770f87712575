"""What several claims are computed on, loaded once: the shipped models, pages and what their heads do."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from headstream import demos
from headstream.framework.composition import composition
from headstream.framework.heads import roles
from headstream.models import Run, load, run
from headstream.models.pages import pages
from headstream.results import Composition, Roles

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge


@cache
def model(name: str) -> TransformerBridge:
    return load(name)


@cache
def page(name: str) -> Run:
    """The first page of Alice, 256 tokens."""
    return pages(model(name), count=1)[0]


@cache
def demo_run(demo: demos.Demo, name: str | None = None) -> Run:
    return run(model(name or demo.model), demo.text)


@cache
def found_roles(name: str) -> Roles:
    return roles(model(name))


@cache
def found_composition(name: str) -> Composition:
    return composition(model(name))


def induction_pair(name: str = "attn-only-2l") -> tuple[tuple[int, int], tuple[int, int]]:
    """The previous-token head and the induction head, found by what they do."""
    found = found_roles(name)
    return found.heads("previous token")[0], found.heads("induction")[0]
