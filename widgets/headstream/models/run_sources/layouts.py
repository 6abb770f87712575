"""Where Hugging Face's decoders keep what is read: paths of modules, by the model's type, and the order they run in."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from headstream.models.run_sources import Shape


class Layout(NamedTuple):
    """Paths of modules; those of a block begin at the block.

    out: the attention's last matrix, W_O. middle: what reads the stream between attention and MLP, or None where these
    stand side by side. down: the MLP's last matrix.
    """

    blocks: str
    embed: str
    norm: str
    attention: str
    out: str
    middle: str | None
    down: str
    positions: str | None = None
    mlp: str = "mlp"
    unembed: str = "lm_head"


_LLAMA = Layout(
    blocks="model.layers",
    embed="model.embed_tokens",
    norm="model.norm",
    attention="self_attn",
    out="self_attn.o_proj",
    middle="post_attention_layernorm",
    down="mlp.down_proj",
)


LAYOUTS = {
    "gpt2": Layout(
        blocks="transformer.h",
        embed="transformer.wte",
        positions="transformer.wpe",
        norm="transformer.ln_f",
        attention="attn",
        out="attn.c_proj",
        middle="ln_2",
        down="mlp.c_proj",
    ),
    "gpt_neox": Layout(
        blocks="gpt_neox.layers",
        embed="gpt_neox.embed_in",
        norm="gpt_neox.final_layer_norm",
        attention="attention",
        out="attention.dense",
        middle="post_attention_layernorm",
        down="mlp.dense_4h_to_h",
    ),
    **dict.fromkeys(("llama", "mistral", "qwen2", "qwen3", "olmo", "granite"), _LLAMA),
    **dict.fromkeys(("gemma2", "gemma3_text"), _LLAMA._replace(middle="pre_feedforward_layernorm")),
    "olmo2": _LLAMA._replace(middle="mlp"),
}

# Trained on texts with no start token before them, as TransformerLens has it.
_NO_START = ("gpt_neox", "granite", "qwen2", "qwen3")

Step = tuple[str, str, tuple[str, ...]]


def layout_of(model: Any) -> Layout:
    """The layout of a model of transformers'. Raises ValueError for one of a type that is not known here."""
    config = model.config
    if config.model_type not in LAYOUTS:
        raise ValueError(
            f"model: expected one of {', '.join(LAYOUTS)}, got {config.model_type}: a TransformerBridge reads more"
            " kinds of decoders (hs.load takes names and folders of Hugging Face's)"
        )
    layout = LAYOUTS[config.model_type]
    side_by_side = config.model_type == "gpt_neox" and config.use_parallel_residual
    return layout._replace(middle=None) if side_by_side else layout


def shape_of(model: Any, layout: Layout) -> Shape:
    """What results must know of a model of transformers'; its weights may be nowhere (torch's meta device)."""
    config, norm = model.config, model.get_submodule(layout.norm)
    centred = "LayerNorm" in type(norm).__name__
    eps = next((float(getattr(norm, name)) for name in ("eps", "variance_epsilon") if hasattr(norm, name)), 1e-5)
    cap = getattr(config, "final_logit_softcapping", None)
    d_vocab = model.get_submodule(layout.unembed).weight.shape[0]
    kind = "LN" if centred else "RMS"
    longest = config.max_position_embeddings
    start = config.model_type not in _NO_START
    return Shape(config.num_hidden_layers, config.num_attention_heads, d_vocab, longest, kind, eps, cap, start)


def steps(layout: Layout, layers: int) -> list[Step]:
    """(path of a module, what of it is read, the names that it gives), in the order in which they run."""
    found: list[Step] = [(layout.embed, "output", ("hook_embed",))]
    if layout.positions:
        found.append((layout.positions, "output", ("hook_pos_embed",)))
    for layer in range(layers):
        block, name = f"{layout.blocks}.{layer}", f"blocks.{layer}"
        seen = (f"{name}.attn.hook_pattern", f"{name}.attn.hook_v")
        found += [
            (block, "input", (f"{name}.hook_resid_pre",)),
            (f"{block}.{layout.attention}", "attention", seen),
            (f"{block}.{layout.out}", "heads", (f"{name}.attn.hook_z",)),
            (f"{block}.{layout.attention}", "output", (f"{name}.hook_attn_out",)),
        ]
        if layout.middle:
            found.append((f"{block}.{layout.middle}", "input", (f"{name}.hook_resid_mid",)))
        found.append((f"{block}.{layout.mlp}", "output", (f"{name}.hook_mlp_out",)))
    return [*found, (layout.norm, "input", ("ln_final.hook_in",)), ("", "logits", ("logits",))]


def wanted_steps(all_steps: Iterable[Step], names: Iterable[str]) -> list[Step]:
    """The steps that give these names, with the names wanted of each; a scale is made of what its norm reads."""
    wanted = {"ln_final.hook_in" if name == "ln_final.hook_scale" else name for name in names}
    kept = ((path, what, tuple(name for name in given if name in wanted)) for path, what, given in all_steps)
    return [step for step in kept if step[2]]


# What follows is sent to where an nnsight model runs (see `headstream.framework.reductions`): torch and nothing else.


def activation(what: str, value: Any, heads: int) -> Any:
    """What is read of a module, as a tensor without the batch; of heads, [position, head, d_head]."""
    value = value[0] if isinstance(value, tuple) else value
    value = value.detach()[0]
    return value.unflatten(-1, (heads, -1)) if what == "heads" else value


def pattern_and_values(module: Any, query: Any, key: Any, value: Any, mask: Any, options: dict[str, Any]) -> list[Any]:
    """The pattern [head, query, key] by the model's own arithmetic, and the values [position, group, d_head].

    mask: as the model's attention got it: None, where it was causal anyway; booleans, true where may be looked; or
    what is added to the scores.
    """
    import sys

    import torch

    length = query.shape[-2]
    if mask is None:
        mask = torch.ones(length, length, dtype=torch.bool, device=query.device).tril()
    if mask.dtype == torch.bool:
        mask = torch.zeros(mask.shape, dtype=query.dtype, device=mask.device).masked_fill(~mask, -torch.inf)
    eager = sys.modules[type(module).__module__].eager_attention_forward
    pattern = eager(module, query, key, value, mask, **options)[1]
    return [pattern.detach()[0], value.detach()[0].transpose(0, 1)]


def with_scale(activations: dict[str, Any], names: Any, shape: Any) -> dict[str, Any]:
    """The activations, with the last norm's scale where it is wanted."""
    if "ln_final.hook_scale" in names:
        stream = activations["ln_final.hook_in"].float()
        stream = stream - stream.mean(-1, keepdim=True) if shape.norm == "LN" else stream
        activations["ln_final.hook_scale"] = (stream.square().mean(-1, keepdim=True) + shape.eps).sqrt()
    return activations


def stored(module: Any, kind: str, heads: int) -> Any:
    """A weight of a module as results read it; kind: the end of its name, such as "W_O"."""
    weight = getattr(module, "bias" if kind.startswith("b") else "weight", None)
    if weight is None or kind.startswith("b"):
        return weight
    name = type(module).__name__
    if kind == "w":  # Gemma's norms hold what is added to 1
        return weight + 1 if name.startswith("Gemma") else weight
    rows = weight if name == "Conv1D" else weight.T  # [in, out]
    return rows.unflatten(0, (heads, -1)) if kind == "W_O" else rows


def weight_place(layout: Any, name: str) -> tuple[str, str]:
    """The path of the module that holds a weight, and the kind that `stored` takes."""
    *path, kind = name.split(".")
    if path[0] != "blocks":
        return {"unembed": layout["unembed"], "ln_final": layout["norm"]}[path[0]], kind
    return f"{layout['blocks']}.{path[1]}.{layout['out' if path[2] == 'attn' else 'down']}", kind
