"""Exercises of lesson 05: heads move information."""
