"""Exercises of lesson 15: attribution is not cause."""
