"""Models of every kind that the framework must treat alike, by name."""

from __future__ import annotations

from pathlib import Path

import torch
from tokenizers import Tokenizer, decoders, models, pre_tokenizers
from transformer_lens.config import TransformerBridgeConfig
from transformer_lens.model_bridge import TransformerBridge
from transformers import (
    GPT2Config,
    GPT2LMHeadModel,
    GPTNeoXConfig,
    GPTNeoXForCausalLM,
    LlamaConfig,
    LlamaForCausalLM,
    PreTrainedModel,
    PreTrainedTokenizerFast,
)

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


def hugging_face(kind: str) -> PreTrainedModel:
    shape = {"vocab_size": D_VOCAB, "bos_token_id": 0, "eos_token_id": 0}
    rotary = shape | {
        "hidden_size": 32,
        "num_hidden_layers": 2,
        "num_attention_heads": 4,
        "intermediate_size": 48,
        "max_position_embeddings": 64,
    }
    model: PreTrainedModel = {
        "gpt2": lambda: GPT2LMHeadModel(GPT2Config(**shape, n_positions=64, n_embd=32, n_layer=2, n_head=4)),
        "neox": lambda: GPTNeoXForCausalLM(GPTNeoXConfig(**rotary)),  # attention and MLP side by side
        # RMSNorm, no biases, two heads to one value
        "llama": lambda: LlamaForCausalLM(LlamaConfig(**rotary, num_key_value_heads=2)),
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


def tolerance(run: Run) -> float:
    """What the project promises, of the largest |logit|: 1e-5 without LayerNorm, 1e-4 with it."""
    return 1e-4 if "ln_final.hook_scale" in run.cache else 1e-5
