"""Exercises of lesson 12: which paths matter."""
