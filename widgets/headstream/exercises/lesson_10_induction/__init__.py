"""Exercises of lesson 10: the induction circuit."""
