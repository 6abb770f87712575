"""Exercises of lesson 23: a sealed model, and what it does with heads switched off."""
