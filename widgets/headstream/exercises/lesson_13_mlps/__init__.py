"""Exercises of lesson 09: heads compose through the stream."""
