"""The files that a page runs the shipped models from."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from headstream.models.labels import labels
from headstream.models.served import vocabulary, write_models
from headstream.models.shipped import WEIGHTS, tokenizer_of


def test_weights_are_served_as_they_are_shipped(tmp_path: Path) -> None:
    files = write_models(tmp_path / "new" / "models", ["attn-only-1l"])
    assert [file.name for file in files] == ["attn-only-1l.safetensors", "attn-only-1l.json", "tokenizer.json"]
    shipped = (WEIGHTS / "attn-only-1l.safetensors").read_bytes()
    assert files[0].read_bytes() == shipped
    told = json.loads(files[1].read_bytes())
    assert told["bytes"] == len(shipped)
    assert told["config"]["n_layers"] == 1
    assert files[2].stat().st_size < 400_000


def test_the_vocabulary_says_all_of_the_tokenizer() -> None:
    tokenizer = tokenizer_of(WEIGHTS)
    told = vocabulary(tokenizer)
    named = labels(tokenizer, range(len(tokenizer)))
    assert tuple(told["labels"]) == named
    assert [told["quoted"].get(str(i), f"'{label}'") for i, label in enumerate(named)] == [
        repr(label) for label in named
    ]
    assert told["start"] == tokenizer.bos_token_id
    assert len(set(told["bytes"])) == 256
    assert [named[told["bytes"][byte]] for byte in (0x20, 0x41, 0xF0)] == [" ", "A", "<0xF0>"]
    left, right, made = told["merges"][:3]
    assert named[left] + named[right] == named[made]


def test_what_is_not_shipped_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"^names: expected 'attn-only-0l' or .* got 'gpt2'$"):
        write_models(tmp_path, ["gpt2"])
    with pytest.raises(TypeError, match=r"^names: expected a list of shipped models, got a single str$"):
        write_models(tmp_path, "gelu-4l")
    assert list(tmp_path.iterdir()) == []


def test_it_is_a_command_too(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "headstream.models.served", str(tmp_path), "attn-only-0l"]
    done = subprocess.run(command, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[0] == f"{tmp_path / 'attn-only-0l.safetensors'}  13.0 MB"
    refused = subprocess.run(command[:3], capture_output=True, text=True)
    assert refused.returncode == 2
    assert "a folder is needed" in refused.stderr
