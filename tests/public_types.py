"""What a type checker knows of the public names. mypy checks this file; nothing runs it."""

from typing import assert_type

import headstream as hs
from headstream.models.runs import Run
from headstream.results import Decomposition

run = hs.run(hs.load("gelu-4l"), "Alice")
assert_type(run, Run)
assert_type(hs.attribute_logit(run, target=" was"), Decomposition)
assert_type(hs.AttentionHeatmap(run.attention), hs.AttentionHeatmap)
_ = hs.no_such_name  # type: ignore[attr-defined]  # an error here means that every name passes
