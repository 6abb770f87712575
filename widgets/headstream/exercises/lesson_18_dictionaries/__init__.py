"""Exercises of lesson 18: sparse autoencoders find the features."""
