"""The exercises of lesson 00: what an induction head does, as a rule, and the marks of the ladder."""
