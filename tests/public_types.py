"""What a type checker knows of the public names. mypy checks this file; nothing runs it."""

from typing import assert_type

import headstream as hs
from headstream.models.runs import Run
from headstream.results import Decomposition, Effects, Patching

run = hs.run(hs.load("gelu-4l"), "Alice")
assert_type(run, Run)
assert_type(hs.attribute_logit(run, target=" was"), Decomposition)
changed = hs.intervene(run, hs.ablate("1.6"), hs.patch("0.mlp", run, position=-1))
assert_type(changed, Run)
assert_type(hs.patch_effects(run, changed, parts="layers"), Patching)
assert_type(hs.effects(run, *map(hs.ablate, hs.parts(run.model))), Effects)
assert_type(hs.AttentionHeatmap(run.attention), hs.AttentionHeatmap)
_ = hs.no_such_name  # type: ignore[attr-defined]  # an error here means that every name passes
