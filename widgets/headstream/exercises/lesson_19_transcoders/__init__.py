"""Exercises of lesson 19: an MLP replaced by its features."""
