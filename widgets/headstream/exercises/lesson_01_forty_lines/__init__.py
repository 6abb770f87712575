"""The exercises of lesson 01: a transformer in forty lines."""
