"""Exercises of lesson 16: a basis is a choice, unless something privileges it."""
