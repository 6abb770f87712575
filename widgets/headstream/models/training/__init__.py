"""How the shipped models were trained, and how to train them again, larger or smaller.

    python -m headstream.models.training attn-only-2l --tokens tokens.npz --out results

or `train(RECIPES["attn-only-2l"], train_tokens, valid_tokens, "results")`; then `hs.load("results/attn-only-2l")`.
"""

from headstream.models.training.loop import train
from headstream.models.training.recipes import RECIPES, TrainingConfig
from headstream.models.training.tokenizer import encode_documents, train_tokenizer

__all__ = ["RECIPES", "TrainingConfig", "encode_documents", "train", "train_tokenizer"]
