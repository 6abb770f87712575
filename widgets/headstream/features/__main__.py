"""python -m headstream.features --tokens tokens.npz --out FOLDER [--steps N] [--start FOLDER] [NAME …]

Trains the dictionaries that come with the package again, on the model that they belong to, and writes them with their
scores on held-out text. An unfinished training goes on from its checkpoint; a finished one can be the start of another.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from headstream.extras import needs_lessons
from headstream.features.activations import Windows
from headstream.features.dictionaries import Dictionary
from headstream.features.files import dictionary, facts, save
from headstream.features.learning import train_dictionaries
from headstream.features.scores import score
from headstream.models import load

with needs_lessons():
    import torch

MODEL = "gelu-4l"
LENGTH, BATCH = 128, 16  # of a window and windows a step: 2,032 positions
HELD_OUT = 8  # batches of windows that scores are measured on


@dataclass(frozen=True)
class Recipe:
    reads: tuple[str, ...]
    writes: tuple[str, ...]
    features: int
    k: int

    def make(self, name: str, d_model: int) -> Dictionary:
        return Dictionary(name, self.reads, self.writes, d_model, d_model, self.features, k=self.k)


STREAMS = ("blocks.1.hook_in", "blocks.2.hook_in", "blocks.3.hook_in", "ln_final.hook_in")
RECIPES = {
    **{
        f"{MODEL}-transcoder-{layer}": Recipe(
            (f"blocks.{layer}.mlp.hook_in",), (f"blocks.{layer}.hook_mlp_out",), 1024, 62
        )
        for layer in range(4)
    },
    f"{MODEL}-sae": Recipe(("blocks.2.hook_in",), ("blocks.2.hook_in",), 2048, 48),
    f"{MODEL}-crosscoder": Recipe(STREAMS, STREAMS, 768, 48),
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m headstream.features", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"among {', '.join(RECIPES)}; none for all")
    parser.add_argument("--tokens", type=Path, required=True, help="an npz file with train and valid")
    parser.add_argument("--out", type=Path, required=True, help="the folder for the results")
    parser.add_argument("--steps", type=int, default=2400, help="of 2,032 positions each")
    parser.add_argument("--lr", type=float, default=1e-3, help="the largest learning rate")
    parser.add_argument("--seed", type=int, default=0, help="of the text that is drawn")
    parser.add_argument("--start", type=Path, help="a folder of trained dictionaries to begin with")
    parser.add_argument("--device", default="cpu", help="cuda, mps or cpu")
    given = parser.parse_args()
    if unknown := set(given.names) - set(RECIPES):
        parser.error(f"expected names among {', '.join(RECIPES)}, got {', '.join(sorted(unknown))}")

    model = load(MODEL).to(given.device)
    names = given.names or list(RECIPES)
    made, trained = [], 0
    for name in names:
        new = RECIPES[name].make(name, model.cfg.d_model)
        if given.start:
            new.load_state_dict(dictionary(given.start / name).state_dict())
            trained = facts(given.start / name)["training"]["positions"]
        made.append(new.to(given.device))
    sites = tuple(dict.fromkeys(site for each in made for site in (*each.reads, *each.writes)))
    given.out.mkdir(parents=True, exist_ok=True)
    with np.load(given.tokens) as tokens:
        windows, held_out = (
            Windows(model, tokens[part], length=LENGTH, batch=BATCH, seed=seed)
            for part, seed in (("train", given.seed), ("valid", 1))
        )
    checkpoint = given.out / "checkpoint.pt"
    fitted = train_dictionaries(
        made,
        lambda step: windows.draw(step, sites),
        given.steps,
        lr=given.lr,
        bfloat16=True,
        checkpoint=checkpoint,
        every=50,
    )
    batches = [held_out.ids(step) for step in range(HELD_OUT)]
    positions = trained + given.steps * BATCH * (LENGTH - 1)
    for each in made:
        reached = score(each, model, batches)
        print(f"{each.name}: {reached.recovered:.1%} of the loss, L0 {reached.l0:.1f}, dead {reached.dead:.1%}")
        training = {"positions": positions, "seconds": fitted.seconds}
        save(each.cpu(), given.out, model=MODEL, scores=reached.as_json(), training=training)


if __name__ == "__main__":
    torch.manual_seed(0)
    main()
