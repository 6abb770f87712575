"""Exercises of lesson 22: weights split into components."""
