"""Exercises of lesson 11: born in training."""
