"""Exercises of lesson 20: attribution graphs."""
