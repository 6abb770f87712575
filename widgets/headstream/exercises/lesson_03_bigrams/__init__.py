"""Exercises of lesson 03: bigrams."""
