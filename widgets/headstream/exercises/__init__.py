"""The exercises that lessons call: check an answer, ask for a hint or a solution, predict before running.

Importing this imports no torch; checking an answer does.
"""

from headstream.exercises.engine import Exercise, Result, all_exercises, check, find, hint, solution, solution_source
from headstream.exercises.predictions import Prediction, predict

__all__ = [
    "Exercise",
    "Prediction",
    "Result",
    "all_exercises",
    "check",
    "find",
    "hint",
    "predict",
    "solution",
    "solution_source",
]
