"""Every exercise, in the order of the lessons: one module a lesson, each with its EXERCISES."""

from __future__ import annotations

from headstream.exercises import forty_lines, logit_lens, residual_stream, tour
from headstream.exercises.engine import Exercise

EXERCISES: tuple[Exercise, ...] = (
    *tour.EXERCISES,
    *forty_lines.EXERCISES,
    *residual_stream.EXERCISES,
    *logit_lens.EXERCISES,
)
