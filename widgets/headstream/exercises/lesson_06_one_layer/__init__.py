"""Exercises of lesson 06: one layer."""
