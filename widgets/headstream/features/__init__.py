"""Features, and what came after them: superposition, dictionaries, attribution graphs, parameter decomposition."""
