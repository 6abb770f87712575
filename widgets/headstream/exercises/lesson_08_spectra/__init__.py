"""Exercises of lesson 08: spectra."""
