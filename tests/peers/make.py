"""Makes one library's picture of a pattern as HTML, in the environment that has the libraries.

python make.py LIBRARY PATTERN TOKENS OUT: prints the seconds it took, without imports.
PATTERN is [head, query, key] as .npy, TOKENS a list as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np


def circuitsvis(pattern: Any, tokens: list[str]) -> Callable[[], str]:
    import torch
    from circuitsvis.attention import attention_patterns

    weights = torch.from_numpy(pattern)
    # `_repr_html_` asks google.com whether there is a network, and otherwise loads its bundle from a CDN.
    return lambda: attention_patterns(tokens=tokens, attention=weights).local_src


def bertviz(pattern: Any, tokens: list[str]) -> Callable[[], str]:
    import torch
    from bertviz import head_view

    layers = [torch.from_numpy(pattern)[None]]
    return lambda: head_view(layers, tokens, html_action="return").data


def inspectus(pattern: Any, tokens: list[str]) -> Callable[[], str]:
    import inspectus
    import IPython.display

    def make() -> str:
        shown: list[str] = []
        IPython.display.display = lambda html: shown.append(html.data)
        inspectus.attention(pattern, tokens)
        return "".join(shown)

    return make


def main() -> None:
    library, pattern, tokens, out = sys.argv[1:]
    makers = {make.__name__: make for make in (circuitsvis, bertviz, inspectus)}
    weights, labels = np.load(pattern), json.loads(Path(tokens).read_text(encoding="utf-8"))
    makers[library](weights[:, :2, :2], labels[:2])()
    make = makers[library](weights, labels)
    start = time.perf_counter()
    html = make()
    print(time.perf_counter() - start)
    Path(out).write_text(html, encoding="utf-8")


if __name__ == "__main__":
    main()
