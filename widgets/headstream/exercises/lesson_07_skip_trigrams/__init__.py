"""Exercises of lesson 07: skip-trigrams."""
