"""The claims as a table in text, and as a page that can be read on its own."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date

from headstream.claims.claim import Claim, chosen
from headstream.models.shipped import MANIFEST, PURPOSE, WEIGHTS
from headstream.tables import Table, shown

HEAD = ("claim", "what it says", "paper", "what is measured", "ours", "null", "verdict", "lesson")
COMMAND = "python -m headstream.claims"


def table(claims: Sequence[Claim]) -> Table:
    rows = [(c.id, c.verdict, c.ours, "" if c.null is None else c.null, c.lesson[:2]) for c in claims]
    head = ("claim", "verdict", "ours", "null", "lesson")
    texts = [(c.words, c.paper) for c in claims]
    return Table((*head, "what it says", "paper"), [(*r, *t) for r, t in zip(rows, texts, strict=True)], most=len(rows))


def page(claims: Sequence[Claim], made: date) -> str:
    """Markdown: the table, the reasons and notes, what was not computed, and which models it is of."""
    failing, missing = (
        [c.id for c in claims if not c.holds],
        [e.id for e in chosen([]) if e.id not in {c.id for c in claims}],
    )
    rows = [
        (f"**{c.id}**", c.words, c.paper, c.measured, shown(c.ours), "none" if c.null is None else shown(c.null),
         c.verdict if c.holds else f"**{c.verdict}**", f"[{c.lesson[:2]}]({c.lesson}.ipynb)")
        for c in claims
    ]  # fmt: skip
    models = [(f"`{name}`", f"`{sum_}`") for name, sum_ in checksums().items()]
    notes = [f"- **{c.id}{'' if c.holds else ', fails'}**: {c.note}" for c in claims if c.note]
    return "\n".join(
        [
            "# The papers' claims on our models",
            "",
            'What lessons 03 to 22 teach of "A Mathematical Framework for Transformer Circuits" (2021, **F**; of its '
            'LayerNorm, **LN**), "Interpreting GPT: the logit lens" (2020, **LENS**), "In-context Learning and '
            'Induction Heads" (2022, **ICL**), interventions ("Interpretability in the Wild", 2022, and "The Hydra '
            'Effect", 2023, **IV**), "Toy Models of Superposition" (2022, **TMS**), "Towards Monosemanticity" (2023, '
            '**TM**), "Sparse Crosscoders" (2024, **XC**), transcoders (**TC**), "Circuit Tracing" (2025, **CT**) and '
            "attribution-based and stochastic parameter decomposition (2025, **APD**, **SPD**), computed with the "
            "functions that lessons call. "
            "Each number stands beside its null: the same where there is nothing to find. Our models are far smaller "
            "than the papers', and a claim that fails on them is said to fail.",
            "",
            f"Made by `{COMMAND} --write` on {made.isoformat()}: {len(claims)} claims, "
            f"{len(claims) - len(failing)} hold, {len(failing)} fail ({', '.join(failing) or 'none'}). "
            "Every number was computed then.",
            "",
            *([f"Not computed this time: {', '.join(missing)}.", ""] if missing else []),
            *_markdown(HEAD, rows),
            "",
            "## Reasons and notes",
            "",
            *notes,
            "",
            "## The models",
            "",
            "Claims whose id ends in *live* are of toys that were trained for this page, as many seeds as the note "
            "says. The others are of the models that come with the package, with these SHA-256 sums:",
            "",
            *_markdown(("model", "weights"), models),
            "",
        ]
    )


def checksums() -> dict[str, str]:
    """Of the shipped models' weights, as their manifest has them."""
    entries = json.loads((WEIGHTS / MANIFEST).read_text())
    return {name: entries[f"{name}.safetensors"]["sha256"] for name in PURPOSE}


def _markdown(head: Sequence[str], rows: Sequence[Sequence[str]]) -> list[str]:
    cells = [[cell.replace("|", "\\|").replace("\n", " ") for cell in row] for row in rows]
    return [f"| {' | '.join(row)} |" for row in (head, ["---"] * len(head), *cells)]
