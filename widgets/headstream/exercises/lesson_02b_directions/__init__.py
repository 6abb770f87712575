"""Exercises of lesson 02b: directions."""
