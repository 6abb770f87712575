"""Exercises of lesson 14: what LayerNorm costs the algebra."""
