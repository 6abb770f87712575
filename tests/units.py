"""How pytest-xdist's workers are given tests: in units, the longest first, so that none is left alone at the end.

A unit is a file, for its tests may share a server or a model; or several files, where they share what takes longest.
What each lesson or view is put to shares nothing with what another is: there a unit is one lesson, or one view, and all
workers take part however many there come to be.
"""

from __future__ import annotations

from fnmatch import fnmatch

from xdist.scheduler import LoadScopeScheduling

SPREAD = ("tests/browser/test_contract.py", "tests/lessons/test_lessons.py", "tests/lessons/test_other_prompts.py")
TOGETHER = ("tests/browser/test_*lab.py", "tests/claims/*")  # one JupyterLab; the claims, recomputed once
# The first wait for servers and kernels for most of their time, and the others use it.
LONGEST = (
    "tests/browser/test_lab.py",
    *TOGETHER,
    "tests/browser/test_new_view.py",
    "tests/browser/test_site.py",
    *SPREAD,
    "tests/browser/*",
)

# What `make.py check` leaves out, beside single tests marked slow: files that take more than two seconds.
SLOW = (
    "tests/browser/",
    "tests/claims/",
    "tests/exercises/",
    "tests/explorer/",
    "tests/features/test_attribution.py",
    "tests/features/test_dictionaries.py",
    "tests/features/test_parameters.py",
    "tests/features/test_steering.py",
    "tests/features/test_summary.py",
    "tests/framework/test_bases.py",
    "tests/framework/test_circuits.py",
    "tests/framework/test_effects.py",
    "tests/framework/test_induction.py",
    "tests/framework/test_interventions.py",
    "tests/framework/test_nnsight.py",
    "tests/framework/test_roles.py",
    "tests/framework/test_run_sources.py",
    "tests/framework/test_skip_trigrams.py",
    "tests/framework/test_term_importance.py",
    "tests/lessons/test_lessons.py",
    "tests/lessons/test_other_prompts.py",
    "tests/models/test_load.py",
    "tests/models/test_sealed.py",
    "tests/models/test_served.py",
    "tests/models/test_trainings.py",
    "tests/site/test_pages.py",
)


class Units(LoadScopeScheduling):
    def _split_scope(self, nodeid: str) -> str:
        return unit(nodeid)


def unit(nodeid: str) -> str:
    file, _, test = nodeid.partition("::")
    if file in SPREAD:
        return file + "".join(test.partition("[")[1:])
    return next((pattern for pattern in TOGETHER if fnmatch(file, pattern)), file)


def place(nodeid: str) -> int:
    """How soon a test comes: its file is of the n-th of LONGEST, or of none."""
    file = nodeid.partition("::")[0]
    return next((n for n, pattern in enumerate(LONGEST) if fnmatch(file, pattern)), len(LONGEST))
