"""The exercises of lesson 04: the logit lens."""
