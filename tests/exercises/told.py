"""What the exercises whose answer is something found are told."""

import headstream as hs

TOKENS = ["<|endoftext|>", " the", " cat", ".", " A", " dog", " sat"]


def told(name, answer):
    result = hs.check(name, answer)
    return result.status, result.message
