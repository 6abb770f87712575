"""Exercises of lesson 21: whose a feature is, and what the sum of norms does."""
