"""Whoever lacks the extra's modules is told what to install, and not the module's name alone."""

from __future__ import annotations

import subprocess
import sys

import pytest

from headstream.extras import require

ADVICE = "this needs {}, which is not installed here: pip install 'headstream[lessons]'"


def test_what_is_installed_is_given() -> None:
    assert require("json.decoder") is sys.modules["json.decoder"]


@pytest.mark.slow  # each imports everything anew
@pytest.mark.parametrize(
    ("missing", "use"),
    [
        ("torch", "import headstream as hs; hs.run(None, 'Alice')"),
        ("torch", "import headstream as hs; hs.logit_lens"),
        ("torch", "import headstream as hs; hs.Toy"),
        ("torch", "from headstream.framework import ladder"),
        ("torch", "from headstream.framework import identities"),
        ("transformer_lens", "import headstream as hs; hs.load('attn-only-0l')"),
        ("huggingface_hub", "import headstream as hs; hs.load('gpt2')"),
    ],
)
def test_what_is_missing_is_told_with_the_extra(missing: str, use: str) -> None:
    source = f"import sys; sys.modules[{missing!r}] = None; {use}"
    told = subprocess.run([sys.executable, "-c", source], capture_output=True, text=True).stderr
    assert told.splitlines()[-1] == f"ModuleNotFoundError: {ADVICE.format(missing)}"
