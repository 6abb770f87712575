"""Models of every kind that the framework must treat alike, by name."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import Any

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformer_lens.config import TransformerBridgeConfig
from transformer_lens.model_bridge import TransformerBridge
from transformers import (
    BertConfig,
    BertForMaskedLM,
    Gemma2Config,
    Gemma2ForCausalLM,
    Gemma3ForCausalLM,
    Gemma3TextConfig,
    GPT2Config,
    GPT2LMHeadModel,
    GPTNeoXConfig,
    GPTNeoXForCausalLM,
    GraniteConfig,
    GraniteForCausalLM,
    JambaConfig,
    JambaForCausalLM,
    LlamaConfig,
    LlamaForCausalLM,
    MambaConfig,
    MambaForCausalLM,
    MistralConfig,
    MistralForCausalLM,
    Olmo2Config,
    Olmo2ForCausalLM,
    OlmoConfig,
    OlmoForCausalLM,
    OpenAIGPTConfig,
    OpenAIGPTLMHeadModel,
    PreTrainedModel,
    PreTrainedTokenizerFast,
    Qwen2Config,
    Qwen2ForCausalLM,
    Qwen3Config,
    Qwen3ForCausalLM,
    T5Config,
    T5ForConditionalGeneration,
)

from headstream.models.run_sources import Shape
from headstream.models.run_sources.bridge import KeptPass
from headstream.models.runs import Run

SHIPPED = ("attn-only-0l", "attn-only-1l", "attn-only-2l", "gelu-4l", "gelu-4l unfolded")
NATIVE = (
    "native 0l LN",
    "native 1l",
    "native 2l LN",
    "native 2l LN folded",
    "native 3l attn-only LN",
    "native 1l LNPre",
)
FOREIGN = ("gpt2", "gpt2 folded", "neox", "llama", "llama folded")
NORMED = ("gemma3", "olmo2", "granite")  # their blocks norm or scale what they write
NO_DECODERS = ("bert", "t5", "mamba", "jamba")
D_VOCAB = 97


def randomised(model: torch.nn.Module, seed: int) -> None:
    """Every weight and every bias at random: a bias of zero would hide that it is forgotten."""
    generator = torch.Generator().manual_seed(seed)
    with torch.no_grad():
        for name, weight in model.named_parameters():
            is_scale = weight.ndim == 1 and name.endswith("weight")
            weight.copy_(torch.randn(weight.shape, generator=generator) * 0.3 + is_scale)


def native(name: str, seed: int = 0) -> TransformerBridge:
    _, layers, *rest = name.split()
    norm = next((word for word in rest if word.startswith("LN")), None)
    cfg = TransformerBridgeConfig(
        d_model=32,
        n_layers=int(layers[0]),
        n_heads=4,
        d_head=8,
        n_ctx=64,
        d_vocab=D_VOCAB,
        d_mlp=48,
        attn_only="attn-only" in rest,
        normalization_type=norm,
        act_fn="gelu_new",
        positional_embedding_type="standard",
        init_weights=False,
    )
    model = TransformerBridge.boot_native(cfg)
    randomised(model, seed)
    with torch.no_grad():
        model.unembed.b_U.normal_(generator=torch.Generator().manual_seed(seed))  # a buffer, not a parameter
    model.eval()
    if "folded" in rest:
        model.enable_compatibility_mode()
    return model


def constructed() -> TransformerBridge:
    """Two layers whose heads do one thing each: 0.0 attends to the token before and tells which it is, 0.1 to earlier
    copies of the token, 0.2 evenly and copies; 1.0 is an induction head. The others do nothing.

    The stream holds the token, the place and the token before, each a direction of its own.
    """
    tokens, places, sure = 200, 101, 1000.0
    cfg = TransformerBridgeConfig(
        d_model=2 * tokens + places,
        n_layers=2,
        n_heads=3,
        d_head=tokens + places,
        n_ctx=places,
        d_vocab=tokens,
        attn_only=True,
        act_fn="relu",
        normalization_type=None,
        positional_embedding_type="standard",
        init_weights=False,
    )
    model = TransformerBridge.boot_native(cfg)
    token, place, before = slice(0, tokens), slice(tokens, tokens + places), slice(tokens + places, None)
    same, where = torch.eye(tokens), torch.eye(places)
    first, second = (block.attn for block in model.blocks)
    with torch.no_grad():
        for weight in model.parameters():
            weight.zero_()
        model.W_E[:, token] = model.W_U[token] = same
        model.W_pos[:, place] = where
        first.W_Q[0, place, place] = sure * where.roll(-1, 1)
        first.W_K[0, place, place] = where
        first.W_V[0, token, token] = first.W_O[0, token, before] = same
        first.W_Q[1, token, token] = sure * same
        first.W_Q[1, place, place] = -2 * sure * where  # not to itself
        first.W_K[1, token, token], first.W_K[1, place, place] = same, where
        first.W_V[2, token, token] = first.W_O[2, token, token] = same
        second.W_Q[0, token, token] = sure * same
        second.W_K[0, before, token] = same
        second.W_V[0, token, token] = second.W_O[0, token, token] = same
    return model.eval()


def hugging_face(kind: str) -> PreTrainedModel:
    shape = {"vocab_size": D_VOCAB, "bos_token_id": 0, "eos_token_id": 0}
    rotary = shape | {
        "hidden_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "intermediate_size": 48,
        "max_position_embeddings": 64,
    }
    grouped = rotary | {"num_key_value_heads": 2}
    jamba = grouped | {"num_experts": 2, "num_experts_per_tok": 1, "mamba_d_state": 4, "use_mamba_kernels": False}
    model: PreTrainedModel = {
        "gpt2": lambda: GPT2LMHeadModel(GPT2Config(**shape, n_positions=64, n_embd=32, n_layer=2, n_head=4)),
        "neox": lambda: GPTNeoXForCausalLM(GPTNeoXConfig(**rotary)),  # attention and MLP side by side
        # RMSNorm, no biases, two heads to one value
        "llama": lambda: LlamaForCausalLM(LlamaConfig(**grouped)),
        # norms after each sublayer, and capped logits
        "gemma2": lambda: Gemma2ForCausalLM(Gemma2Config(**grouped, head_dim=8, sliding_window=32)),
        "gemma3": lambda: Gemma3ForCausalLM(Gemma3TextConfig(**grouped, head_dim=8, sliding_window=32)),
        "mistral": lambda: MistralForCausalLM(MistralConfig(**grouped, head_dim=8, sliding_window=6)),
        "qwen2": lambda: Qwen2ForCausalLM(Qwen2Config(**grouped)),
        "qwen3": lambda: Qwen3ForCausalLM(Qwen3Config(**grouped, head_dim=8)),
        "olmo": lambda: OlmoForCausalLM(OlmoConfig(**rotary)),
        "olmo2": lambda: Olmo2ForCausalLM(Olmo2Config(**rotary)),
        "granite": lambda: GraniteForCausalLM(GraniteConfig(**rotary, residual_multiplier=0.2)),
        "gpt1": lambda: OpenAIGPTLMHeadModel(
            OpenAIGPTConfig(vocab_size=D_VOCAB, n_positions=64, n_embd=32, n_layer=2, n_head=4)
        ),
        "bert": lambda: BertForMaskedLM(BertConfig(**rotary)),
        "t5": lambda: T5ForConditionalGeneration(T5Config(**shape, d_model=32, d_kv=8, d_ff=48, num_layers=2)),
        "mamba": lambda: MambaForCausalLM(MambaConfig(**shape, hidden_size=32, num_hidden_layers=2, state_size=4)),
        # attention in every second block
        "jamba": lambda: JambaForCausalLM(JambaConfig(**jamba, attn_layer_period=2, attn_layer_offset=1)),
    }[kind]()
    randomised(model, seed=1)
    return model.eval()


def save(model: PreTrainedModel, folder: Path) -> None:
    """The model with a tokenizer of single bytes, as a local folder."""
    bytes_ = sorted(pre_tokenizers.ByteLevel.alphabet())[: D_VOCAB - 1]
    backend = Tokenizer(models.BPE({"<|endoftext|>": 0} | {byte: i for i, byte in enumerate(bytes_, 1)}, []))
    backend.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    backend.decoder = decoders.ByteLevel()
    tokenizer = PreTrainedTokenizerFast(tokenizer_object=backend, bos_token="<|endoftext|>", eos_token="<|endoftext|>")
    tokenizer.save_pretrained(folder)
    model.save_pretrained(folder)


class Altered(KeptPass):
    """A kept pass that tells something else of its shape, activations or weights than is so."""

    told: dict[str, Any]

    @property
    def shape(self) -> Shape:
        return super().shape._replace(**self.told["shape"])

    def read(self, token_ids: Any, names: Any, reduce: Any) -> Any:
        def mistaken(activations: Any, weight: Any, shape: Any) -> Any:
            others = {name: tensor for name, tensor in self.told["activations"].items() if name in activations}
            return reduce(activations | others, lambda name: self.told["weights"].get(name, weight(name)), shape)

        return super().read(token_ids, names, mistaken)


def altered(run: Run, shape: Any = (), activations: Any = (), weights: Any = ()) -> Run:
    """The run with other entries of its shape, other activations or weights, by name."""
    source = Altered(run.model, run.logits, run.cache)
    told = {"shape": dict(shape), "activations": dict(activations), "weights": dict(weights)}
    object.__setattr__(source, "told", told)
    return replace(run, source=source)


def with_logits(run: Run, logits: torch.Tensor) -> Run:
    return replace(run, source=replace(run.source, logits=logits))


def tolerance(run: Run) -> float:
    """What the project promises, of the largest |logit|: 1e-5 without LayerNorm, 1e-4 with it."""
    return 1e-4 if "ln_final.hook_scale" in run.cache else 1e-5
