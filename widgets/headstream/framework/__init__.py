"""The mathematics: functions of a model's weights and of a run, which return the dataclasses of `headstream.results`.

Vectors are rows and weights stand on their right, as in TransformerLens: a head writes A x W_V W_O. The paper writes
columns, W_O W_V x. Importing this package imports no torch; its modules do.
"""
