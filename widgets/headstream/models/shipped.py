"""Models by name: the shipped ones, ones that `headstream.models.training` wrote, or any TransformerLens boots."""

from __future__ import annotations

import hashlib
import json
import math
import os
import re
import socket
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit
from urllib.request import getproxies

from headstream import checks
from headstream.extras import needs_lessons, require
from headstream.tables import Table

if TYPE_CHECKING:
    import torch
    from transformer_lens.model_bridge import TransformerBridge

WEIGHTS = Path(__file__).parent / "weights"
TOKENIZER = Path(__file__).parent / "tokenizer"
MANIFEST = "manifest.json"
AGAIN = "install or train the model again"

PURPOSE = {
    "attn-only-0l": "bigrams: the logits are W_E W_U and nothing else",
    "attn-only-1l": "skip-trigrams: the logits are an exact sum of paths",
    "attn-only-2l": "composition of heads, and induction heads",
    "gelu-4l": "the logit lens, MLPs, LayerNorm, dictionaries of features",
}


@dataclass(frozen=True)
class ModelRow:
    """One shipped model; `parameters` counts every number in its weights."""

    name: str
    layers: int
    heads: int
    parameters: int
    purpose: str


COLUMNS = {"layers": "layers", "heads": "heads", "parameters": "parameters", "purpose": "what it is for"}


class ModelTable(tuple[ModelRow, ...]):
    """The shipped models, one row each; shown as a table of the columns that were asked for."""

    columns = tuple(COLUMNS)

    def _table(self) -> Table:
        rows = [(row.name, *(getattr(row, column) for column in self.columns)) for row in self]
        return Table(("name", *(COLUMNS[column] for column in self.columns)), rows, most=len(self))

    def __repr__(self) -> str:
        return self._table().text

    def _repr_html_(self) -> str:
        return self._table().html


def table(*columns: str) -> ModelTable:
    """The shipped models by name, with the columns named, or with all: "layers", "heads" (in each layer), "parameters"
    and "purpose".

    Errors: ValueError for another column; OSError for damaged files.
    """
    for column in columns:
        checks.choice("columns", column, tuple(COLUMNS))
    rows = []
    for name, purpose in PURPOSE.items():
        config = json.loads(verified(WEIGHTS, f"{name}.json"))["config"]
        weights = verified(WEIGHTS, f"{name}.safetensors")  # 8 bytes, the header's length; the header, JSON; numbers
        header = json.loads(weights[8 : 8 + int.from_bytes(weights[:8], "little")])
        count = sum(math.prod(entry["shape"]) for key, entry in header.items() if key != "__metadata__")
        heads = config["n_heads"] if config["n_layers"] else 0
        rows.append(ModelRow(name, config["n_layers"], heads, count, purpose))
    found = ModelTable(rows)
    if columns:
        found.columns = columns
    return found


def load(name: str | Path, *, fold: bool = True) -> TransformerBridge:
    """A TransformerLens model in eval mode, with its tokenizer; its weights are float32 and need no gradient.

    name: a shipped model (see `headstream.models()`); a local folder written by `headstream.models.training`
        (FOLDER/NAME for one of several models in it) or holding a Hugging Face model; or a Hugging Face name.
    fold: whether a model with LayerNorm is loaded with the norm's weights folded into the matrices after it and the
        matrices that write to the stream centred (TransformerLens' compatibility mode). Its predictions stay the same,
        and attribution by TransformerLens is right only then. Without LayerNorm there is nothing to fold.

    Errors: ValueError for a name or folder that holds no model; OSError for damaged weights; ConnectionError for a
    model that would have to be downloaded where there is no network.
    """
    if not isinstance(name, (str, Path)):
        raise TypeError(f"name: expected a model's name or folder, got {type(name).__name__}")
    own = place(name)
    return _load_own(*own, fold) if own else _boot(str(name), fold)


def place(name: str | Path) -> tuple[Path, str] | None:
    """The folder of a shipped model, or of one that `headstream.models.training` wrote, and its name in there; None for
    a model that is neither.
    """
    if str(name) in PURPOSE:
        return WEIGHTS, str(name)
    path = Path(name)
    # os.path's questions are answered with no for a name that is too long for a file, where Path's raise an error.
    if os.path.isfile(path / MANIFEST):
        names = {f.stem for f in path.iterdir() if f.suffix in (".safetensors", ".json") and f.name != MANIFEST}
        if len(names) != 1:
            raise ValueError(f"{str(path)!r} holds {len(names)} models: say which, as {str(path / 'NAME')!r}.")
        return path, names.pop()
    files = (f"{path}.safetensors", f"{path}.json")  # with one of the two gone it is still a model, a damaged one
    here = os.path.isfile(path.parent / MANIFEST) and any(map(os.path.isfile, files))
    return (path.parent, path.name) if here else None


def write_manifest(folder: Path) -> None:
    """Write the checksums of a folder's models, films and tokenizer: files are compared with them as they are read."""
    found = (file for kind in ("safetensors", "json", "film.npz") for file in folder.glob(f"*.{kind}"))
    files = sorted(file for file in found if file.name != MANIFEST)
    entries = {f.name: {"sha256": hashlib.sha256(f.read_bytes()).hexdigest(), "bytes": f.stat().st_size} for f in files}
    (folder / MANIFEST).write_text(json.dumps(entries, indent=1) + "\n")
    if (folder / "tokenizer").is_dir():
        write_manifest(folder / "tokenizer")


def _manifest(folder: Path) -> dict[str, tuple[str, int]]:
    """Checksum and length of every file that the folder's manifest names."""
    try:
        entries = json.loads((folder / MANIFEST).read_bytes())
        return {file: (entry["sha256"], int(entry["bytes"])) for file, entry in entries.items()}
    except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
        raise OSError(f"{folder / MANIFEST} is missing or damaged: {AGAIN}.") from error


def verified(folder: Path, file: str) -> bytes:
    """The content of a file, once it is known to be what the manifest says."""
    manifest = _manifest(folder)
    if file not in manifest:
        raise OSError(f"{file} is not in {folder / MANIFEST}, so it cannot be checked.")
    if not (folder / file).is_file():
        raise OSError(f"{folder / file} is missing: {AGAIN}.")
    content, (checksum, length) = (folder / file).read_bytes(), manifest[file]
    if hashlib.sha256(content).hexdigest() != checksum:
        raise OSError(
            f"{folder / file} is damaged: its checksum is not the one in {MANIFEST} "
            f"({len(content):,} bytes of {length:,}); {AGAIN}."
        )
    return content


def _load_own(folder: Path, name: str, fold: bool) -> TransformerBridge:
    config = json.loads(verified(folder, f"{name}.json"))["config"]
    weights = verified(folder, f"{name}.safetensors")
    with needs_lessons():
        from safetensors.torch import load as load_tensors

    tokenizer = tokenizer_of(folder)
    if len(tokenizer) != config["d_vocab"]:
        given = f"{name} has {config['d_vocab']} token ids and its tokenizer {len(tokenizer)}"
        raise ValueError(f"{given}: give train() the folder of the right one.")
    return bridge(config, load_tensors(weights), name, tokenizer, fold)


def tokenizer_of(folder: Path) -> Any:
    """The tokenizer of a folder's models: one that lies beside them, else the shipped one."""
    own = folder / "tokenizer"
    home = own if own.is_dir() else TOKENIZER
    for file in _manifest(home):
        verified(home, file)
    with needs_lessons():
        from transformers import AutoTokenizer

    return AutoTokenizer.from_pretrained(home)


def bridge(
    config: dict[str, Any], weights: Mapping[str, torch.Tensor], name: str, tokenizer: Any, fold: bool
) -> TransformerBridge:
    """A TransformerLens model of the "config" of a model's JSON file, with these weights."""
    with needs_lessons():
        from transformer_lens.config import TransformerBridgeConfig
        from transformer_lens.model_bridge import TransformerBridge

    model = TransformerBridge.boot_native(
        TransformerBridgeConfig(**bridge_config(config)), tokenizer=tokenizer, device="cpu", model_name=name
    )
    model.load_state_dict({key: tensor.float() for key, tensor in weights.items()})
    if fold and config["ln"]:
        model.enable_compatibility_mode()
    return _ready(model)


def bridge_config(config: dict[str, Any]) -> dict[str, Any]:
    """The arguments of a TransformerBridgeConfig for the "config" of a model's JSON file."""
    sizes = ("d_model", "n_layers", "n_heads", "d_head", "n_ctx", "d_vocab")
    mlp = {"d_mlp": config["d_mlp"], "act_fn": "gelu_new"} if config["d_mlp"] else {"attn_only": True, "act_fn": "relu"}
    return {
        **{key: config[key] for key in sizes},
        **mlp,
        "normalization_type": "LN" if config["ln"] else None,
        "positional_embedding_type": "standard",
        # The weights are about to be replaced, and TransformerLens' initialiser divides by the number of layers.
        "init_weights": False,
    }


def _boot(name: str, fold: bool) -> TransformerBridge:
    """A model of Hugging Face's, by its name or from a local folder."""
    ours = "The shipped models are " + ", ".join(PURPOSE) + "."
    shown = repr(name if len(name) <= 200 else name[:200] + "…")
    local = os.path.isdir(name)
    if local and not (Path(name) / "config.json").is_file():
        raise ValueError(f"the folder {shown} holds no model: it has neither {MANIFEST} nor config.json. {ours}")
    if not local and not re.fullmatch(r"[A-Za-z0-9_-][\w.-]{0,95}(/[\w.-]{1,96})?", name, re.ASCII):
        raise ValueError(f"{shown} is neither an existing folder nor a model's name. {ours}")

    online = local or _hub_answers()
    offline = f"{shown} has to be downloaded from Hugging Face, and there is no network. Without one these work: "
    offline += ", ".join(PURPOSE) + "."
    if not online and not _cached(name):  # said before TransformerLens is imported, which takes many seconds
        raise ConnectionError(offline)

    with needs_lessons():
        from transformer_lens.model_bridge import TransformerBridge

    try:
        with _from_cache_only(not online):
            model = TransformerBridge.boot_transformers(name)
    except Exception as error:
        if local:  # the files may be damaged in any way, and each library has its own error for each
            first_line = f"{type(error).__name__}: {error}".splitlines()[0]
            raise ValueError(f"the folder {shown} holds no model that can be read: {first_line}") from error
        if not isinstance(error, OSError):
            raise
        if online:
            raise ValueError(f"Hugging Face gave no model named {shown}: {error} {ours}") from error
        raise ConnectionError(offline) from None
    if fold:
        model.enable_compatibility_mode()
    return _ready(model)


def _ready(model: TransformerBridge) -> TransformerBridge:
    model.eval()
    model.requires_grad_(False)
    return model


def _hub_answers() -> bool:
    """Whether Hugging Face can be reached: without a network its client retries every file for 23 seconds."""
    constants = require("huggingface_hub.constants")

    if constants.HF_HUB_OFFLINE:
        return False
    if getproxies():
        return True  # only the client knows how to get through a proxy
    address = urlsplit(constants.ENDPOINT)
    try:
        socket.create_connection((address.hostname or "", address.port or 443), timeout=3).close()
    except OSError:
        return False
    return True


def _cached(name: str) -> bool:
    """Whether a model of Hugging Face's has been downloaded before, at least its settings."""
    hub = require("huggingface_hub")
    return isinstance(hub.try_to_load_from_cache(name, "config.json"), str)


@contextmanager
def _from_cache_only(wanted: bool) -> Iterator[None]:
    """While it lasts, Hugging Face's client reads what it has downloaded before and asks the network nothing."""
    constants = require("huggingface_hub.constants")

    before = constants.HF_HUB_OFFLINE
    constants.HF_HUB_OFFLINE = before or wanted
    try:
        yield
    finally:
        constants.HF_HUB_OFFLINE = before
