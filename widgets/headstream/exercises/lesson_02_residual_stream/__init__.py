"""The exercises of lesson 02: the residual stream."""
