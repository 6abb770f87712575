"""Exercises of lesson 90, on a model of your own."""
