"""What framework functions return: small frozen dataclasses of numpy arrays with labels, one file each.

A result checks its arrays where it is made. It prints in one line, shows a table in a notebook, gives its records to
pandas or polars, can be tested without a browser, and is drawn by a view. Nothing here imports torch.
Token labels are exact: a byte that is not a whole character stands as ``<0xF0>``; views make spaces and
newlines visible and join such bytes when they show running text.
"""

from headstream.results.attention import Attention, AttentionChange
from headstream.results.attribution_graph import AttributionGraph, GraphNode
from headstream.results.base import Floats, Ints, Result
from headstream.results.bigrams import Bigrams
from headstream.results.circuit import Circuit, Entries
from headstream.results.composition import Composition
from headstream.results.decomposition import Component, Decomposition
from headstream.results.exploration import Exploration, Switch
from headstream.results.features import DecoderShares, Examples, FeatureSummary
from headstream.results.ladder import Ladder
from headstream.results.lens import LogitLens
from headstream.results.parameters import ParameterDecomposition
from headstream.results.patching import Effects, Patching
from headstream.results.roles import Roles
from headstream.results.scores import ScoreTerms
from headstream.results.skip_trigrams import SkipTrigrams
from headstream.results.spectra import Readings, Spectra
from headstream.results.superposition import Geometry
from headstream.results.term_importance import Term, TermImportance
from headstream.results.training import Training

__all__ = [
    "Attention",
    "AttentionChange",
    "AttributionGraph",
    "Bigrams",
    "Circuit",
    "Component",
    "Composition",
    "DecoderShares",
    "Decomposition",
    "Effects",
    "Entries",
    "Examples",
    "Exploration",
    "FeatureSummary",
    "Floats",
    "Geometry",
    "GraphNode",
    "Ints",
    "Ladder",
    "LogitLens",
    "ParameterDecomposition",
    "Patching",
    "Readings",
    "Result",
    "Roles",
    "ScoreTerms",
    "SkipTrigrams",
    "Spectra",
    "Switch",
    "Term",
    "TermImportance",
    "Training",
]
