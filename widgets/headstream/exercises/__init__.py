"""The exercises that lessons call: check an answer, ask for a hint or a solution, predict before running.

A folder a lesson, a file an exercise: a new one is found by standing there. Importing this imports no torch; checking
an answer does, if the exercise is about tensors.
"""

from headstream.exercises.engine import all_exercises, check, find, hint, solution, solution_source
from headstream.exercises.exercise import Exercise
from headstream.exercises.predictions import predict

__all__ = [
    "Exercise",
    "all_exercises",
    "check",
    "find",
    "hint",
    "predict",
    "solution",
    "solution_source",
]
