"""A dictionary of random numbers, thresholds included."""

import torch

from headstream.features.dictionaries import Dictionary


def random_dictionary(reads=("here",), writes=("there",), d_in=6, d_out=5, features=9, **settings):
    made = Dictionary("random", reads, writes, d_in, d_out, features, **{"k": 3, **settings})
    random = torch.Generator().manual_seed(1)
    for parameter in made.parameters():
        parameter.data.normal_(generator=random)
    made.threshold.uniform_(0, 1, generator=random)
    return made.requires_grad_(False)
