"""python -m headstream.models.training NAME --tokens tokens.npz --out FOLDER [--steps … and any other setting]"""

from __future__ import annotations

import argparse
from dataclasses import fields, replace
from pathlib import Path

import numpy as np

from headstream.models.training import RECIPES, TrainingConfig, train


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m headstream.models.training", description="Train a model of the shipped family, or one like it."
    )
    parser.add_argument("recipe", choices=RECIPES)
    parser.add_argument("--tokens", type=Path, required=True, help="an npz file with train, valid and d_vocab")
    parser.add_argument("--out", type=Path, required=True, help="the folder for the results")
    parser.add_argument("--tokenizer", type=Path, help="folder of the tokenizer, if it is not the shipped one")
    parser.add_argument("--device", help="cuda, mps or cpu")
    parser.add_argument("--fresh", action="store_true", help="start again instead of going on from a checkpoint")
    settings = parser.add_argument_group("settings other than the recipe's")
    kinds = {"str": str, "int": int, "float": float}
    for field in fields(TrainingConfig):
        if field.type == "bool":
            settings.add_argument(f"--{field.name}", action=argparse.BooleanOptionalAction)
        elif field.name != "d_vocab":  # which the tokens decide
            settings.add_argument(f"--{field.name.replace('_', '-')}", type=kinds[str(field.type)])
    arguments = vars(parser.parse_args())

    changed = {f.name: arguments[f.name] for f in fields(TrainingConfig) if arguments.get(f.name) is not None}
    with np.load(arguments["tokens"]) as tokens:
        config = replace(RECIPES[arguments["recipe"]], d_vocab=int(tokens["d_vocab"]), **changed)
        result = train(
            config,
            tokens["train"],
            tokens["valid"],
            arguments["out"],
            tokenizer=arguments["tokenizer"],
            device=arguments["device"],
            resume=not arguments["fresh"],
        )
    print(f'Written. headstream.load("{result.as_posix()}") reads it.')


if __name__ == "__main__":
    main()
