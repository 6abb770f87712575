"""A run: one prompt through one model."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from headstream.extras import require
from headstream.models.labels import labels
from headstream.models.patterns import attention_of
from headstream.models.prompts import prompt_ids
from headstream.models.run_sources import Found, Reduce, RunSource, is_source
from headstream.models.run_sources.bridge import KeptPass
from headstream.results import Attention, Floats

if TYPE_CHECKING:
    import torch
    from transformer_lens import ActivationCache
    from transformer_lens.model_bridge import TransformerBridge


@dataclass(frozen=True, eq=False, repr=False)
class Run:
    """One prompt through one model: everything that depends on the prompt is computed from it.

    source: where the model runs, and what it gives (see `headstream.models.run_sources`).
    token_ids: [position] int64. tokens: their exact labels (see `headstream.models.labels`).
    text: the prompt, or None if token ids were given.
    changes: what was changed on the way (`headstream.framework.interventions`).

    The run of a TransformerBridge keeps all that passed: its `model`, its `logits`, [position, d_vocab] float32, and
    its `cache`, the activations. Another one runs the prompt at each result and keeps nothing; asked for these three,
    it raises ValueError.
    """

    source: RunSource
    token_ids: npt.NDArray[np.int64]
    tokens: tuple[str, ...]
    text: str | None
    changes: tuple[Any, ...] = ()

    @property
    def name(self) -> str:
        """The model's name."""
        return self.source.name

    @property
    def model(self) -> TransformerBridge:
        """The TransformerBridge."""
        return self._kept.model

    @property
    def logits(self) -> torch.Tensor:
        """[position, d_vocab] float32."""
        return self._kept.logits

    @property
    def cache(self) -> ActivationCache:
        """The model's activations, the batch dimension removed."""
        return self._kept.cache

    @property
    def keeps(self) -> bool:
        """Whether all activations are kept, as of a TransformerBridge."""
        return isinstance(self.source, KeptPass)

    @property
    def _kept(self) -> KeptPass:
        if not isinstance(self.source, KeptPass):
            raise ValueError(
                "run: expected one of a TransformerBridge, which keeps what every part writes (hs.load takes names and"
                f" folders of Hugging Face's), got one of {self.name}: it gives attention, the logit lens, the ladder"
                " and what each component adds to a logit"
            )
        return self.source

    def read(self, names: Sequence[str], reduce: Reduce[Found]) -> Found:
        """What `reduce` makes of the named activations, where the model is (see `headstream.models.run_sources`).

        Raises ValueError for a name that the source does not give.
        """
        for name in names:
            if name not in self.source.names:
                has = "ends with a norm and an unembedding" if name == "ln_final.hook_in" else f"has {name}"
                raise ValueError(f"run: expected a model that {has}, got {self.name}")
        return self.source.read(self.token_ids, names, reduce)

    @property
    def attention(self) -> Attention:
        """Every head's attention pattern, and the norms of its value vectors.

        Raises ValueError where they would cross a network and are more than 5 MB: ask `attention_of` for some heads.
        """
        return self.attention_of(None)

    def attention_of(self, heads: Sequence[tuple[int, int] | str] | None) -> Attention:
        """The attention patterns of the heads asked for, (layer, head) or "layer.head"; None for all.

        Those asked for stand side by side in one row, and `heads` of the result tells which they are. Errors:
        ValueError for a text that names no head or where more than 5 MB would cross a network; IndexError for a head
        that is not there.
        """
        return attention_of(self, heads)

    def __repr__(self) -> str:
        shown = "".join(self.tokens)
        shown = shown if len(shown) <= 60 else shown[:57] + "..."
        changed = "".join(f"; {change}" for change in self.changes)
        return f"Run of {self.name} on {len(self.tokens)} tokens: {shown!r}{changed}"


def run(
    model: Any,
    text_or_ids: str | Sequence[int] | npt.NDArray[Any] | torch.Tensor,
    *,
    tokenizer: Any = None,
    remote: bool | str = False,
) -> Run:
    """One prompt through one model.

    model: a TransformerBridge (as `hs.load` gives), whose run keeps all that passed; a Hugging Face model of a decoder
        (as `AutoModelForCausalLM.from_pretrained` gives, on one device or several); an nnsight model of one; or a
        source of your own (see `headstream.models.run_sources`). Of these the run gives attention, the logit lens, the
        ladder and what each component adds to a logit, each by one pass. In half precision all is computed in float32
        from what passed; no weight is copied whole, and beside the model a result holds only what it reads: the lens
        and the parts of a logit about two rows of the stream a layer.
    text_or_ids: a text, before which the model's start token is put; or token ids, [position] (or [1, position], as
        `model.to_tokens` gives), which are used as they are. A ``<|endoftext|>`` typed in a text is text.
    tokenizer: of a Hugging Face model; the others bring their own.
    remote: of an nnsight model, whether it runs on NDIF's cluster: no more than a few MB then come back for a result.
        "local" does the same with a copy in this process, as nnsight means it.

    Errors: ValueError for an empty prompt, one longer than the model's context, ids that are not in the vocabulary, or
    a model that is no decoder with attention in every block (BERT, T5, Mamba); TypeError for anything else than a
    model, a text or whole numbers.
    """
    torch = require("torch")
    if (source := _source_of(model, tokenizer, remote)) is not None:
        shape = source.shape
        ids, text = prompt_ids(text_or_ids, source.name, source.tokenizer, shape.d_vocab, shape.n_ctx, shape.start)
        return Run(source, ids, labels(source.tokenizer, ids), text)
    cfg = checked_model(model).cfg
    start = cfg.default_prepend_bos
    ids, text = prompt_ids(text_or_ids, cfg.model_name, model.tokenizer, cfg.d_vocab, cfg.n_ctx, start)
    with torch.no_grad():
        logits, cache = model.run_with_cache(
            torch.from_numpy(ids)[None].to(cfg.device), return_type="logits", remove_batch_dim=True
        )
    for layer in range(cfg.n_layers):  # a model may not say that it looks ahead
        if cache[f"blocks.{layer}.attn.hook_pattern"].triu(1).any():
            raise _no_decoder(model, "in which a token attends to later ones")
    return Run(KeptPass(model, logits[0].float(), cache), ids, labels(model.tokenizer, ids), text)


def _source_of(model: Any, tokenizer: Any, remote: bool | str) -> RunSource | None:
    """The source that a model is, or None for one of a TransformerBridge. Whoever made the model has imported its
    library: nothing is imported to ask.
    """
    kinds = _libraries(model)
    if "nnsight.Envoy" in kinds:
        from headstream.models.run_sources.nnsight_model import NnsightSource

        return NnsightSource(model, remote=remote)
    if remote:
        raise TypeError(f"remote: expected an nnsight model to run elsewhere, got {_kind(model)}")
    if "transformers.PreTrainedModel" in kinds:
        from headstream.models.run_sources.hugging_face import HuggingFaceSource

        return HuggingFaceSource(model, tokenizer)
    if tokenizer is not None:
        raise TypeError(f"tokenizer: expected none, for {_kind(model)} brings its own, got {_kind(tokenizer)}")
    return model if is_source(model) else None


def checked_model(given: Any) -> Any:
    """The model itself. Errors: TypeError for anything that is not a model; ValueError for one that is no decoder with
    attention in every block.
    """
    if is_source(given) or _libraries(given) & {"transformers.PreTrainedModel", "nnsight.Envoy"}:
        raise TypeError(f"model: expected a TransformerBridge (as hs.load gives), got {_kind(given)}")
    if isinstance(given, type) or not hasattr(given, "run_with_cache"):
        raise TypeError(f"model: expected a model (pass hs.load('attn-only-2l')), got {_kind(given)}")
    if not hasattr(given, "blocks"):
        raise _no_decoder(given, "which has an encoder beside its decoder")
    if given.cfg.attention_dir != "causal":
        raise _no_decoder(given, "in which a token attends to later ones")
    for layer, block in enumerate(given.blocks):
        if not hasattr(block, "attn"):
            raise _no_decoder(given, f"whose block {layer} has none")
    return given


def _no_decoder(model: TransformerBridge, got: str) -> ValueError:
    name = getattr(model.cfg, "architecture", None) or model.cfg.model_name
    expected = "a decoder that predicts the next token from those before it, with attention in every block"
    return ValueError(f"model: expected {expected}, got {name}, {got}")


def ungrouped(weights: torch.Tensor, heads: int, axis: int = 0) -> torch.Tensor:
    """One entry a head along `axis`, where the heads of a group share keys and values and so have one between them."""
    return weights if weights.shape[axis] == heads else weights.repeat_interleave(heads // weights.shape[axis], axis)


def checked_run(given: Any) -> Run:
    """The run itself. Errors: TypeError for anything that is not a run."""
    if not isinstance(given, Run):
        raise TypeError(f"run: expected a run (pass hs.run(model, text)), got {_kind(given)}")
    return given


def to_numpy(tensor: torch.Tensor) -> Floats:
    """float32, on the CPU; numpy has no bfloat16."""
    array: Floats = tensor.float().numpy(force=True)
    return array


def _libraries(given: Any) -> set[str]:
    """The classes that it is of, each with its library."""
    return {f"{kind.__module__.partition('.')[0]}.{kind.__name__}" for kind in type(given).__mro__}


def _kind(given: Any) -> str:
    return type(given).__name__
