"""Wrong answers that no mistake of an exercise tells: what every exercise says of shapes, signs and errors does.

Each is a change to the solution, as in `Mistake`, and a word that the message must have in it.
"""

from collections.abc import Mapping

Change = Mapping[str, str] | str

# exercise: (what goes wrong, change, a word of the message)
GENERAL_WORDS: dict[str, list[tuple[str, Change, str]]] = {
    "induction_rule": [
        ("finds itself", {"len(tokens) - 1": "len(tokens)"}, "IndexError"),
        ("its place", {"tokens[place + 1]": "place + 1"}, "not its place"),
        ("None if new", {'return "?"': "return None"}, "returned None"),
        ("end if new", {'return "?"': "return tokens[-1]"}, "new here"),
        ("always new", {"== tokens[-1]": "== 'none'"}, "is not new"),
        ("one place short", {"len(tokens) - 1": "len(tokens) - 2"}, "expected"),
        ("looks for the last but one", {"== tokens[-1]": "== tokens[-2]"}, "expected"),
    ],
    "first_model": [("over positions", {"np.where(above.any(0), above.argmax(0), -1)": "above.argmax(1)"}, "shape")],
    "forward_pass": [
        ("a token hidden from itself", {".triu(1)": ".triu(0)"}, "NaN"),
        ("transposed unembedding", {"@ model.W_U": "@ model.W_U.T"}, "shape"),
        ("transposed", {"(stream + written) @ model.W_U": "((stream + written) @ model.W_U).T"}, "transposed"),
        ("sizes of another model", {"range(model.cfg.n_heads)": "range(8)"}, "IndexError"),
        ("last row only", {"return (stream + written)": "return (stream + written)[-1]"}, "shape"),
        ("batch axis", {"model.W_E[ids]": "model.W_E[ids][None]"}, "shapes"),
    ],
    "bpe": [
        ("an empty piece", {"            i += 1": "            i += 1\n    pieces.append('')"}, "expected"),
        ("order reversed", {"in merges:": "in merges[::-1]:"}, "in its turn"),
        ("not joined", {"    return pieces": "    return ''.join(pieces)"}, "list of strings"),
        ("left piece lost", {"= [left + right]": "= [right]"}, "text back"),
        ("last pair forgotten", {"len(pieces) - 1": "len(pieces) - 2"}, "still stands"),
        ("past the end", {"len(pieces) - 1": "len(pieces)"}, "IndexError"),
    ],
    "stream_writes": [
        ("transposed W_O", {"model.W_O[layer, head]": "model.W_O[layer, head].T"}, "transposed"),
        ("a list", {"torch.stack(parts)": "parts"}, "not a list"),
        ("off by one position", {"torch.stack(parts)": "torch.stack(parts).roll(1, 1)"}, "off by one along axis 1"),
        ("transposed", {"torch.stack(parts)": "torch.stack(parts, 1)"}, "shape"),
    ],
    "logit_parts": [
        ("transposed", {"W_U[:, token]": "W_U[token]"}, "transposed"),
        ("mean over the wrong axis", {"W_U.mean(1)": "W_U.mean(0)"}, "transposed"),
        ("wrong sign", {"return writes": "return -writes"}, "sign"),
        ("off by one token", {"W_U[:, token]": "W_U[:, token - 1]"}, "expected"),
    ],
    "projection": [
        ("only one", {"return coordinate, vector": "return coordinate"}, "two things"),
        ("exchanged", {"return coordinate, vector": "return vector, coordinate"}, "shape"),
    ],
    "two_updates": [("only one", {"return sequential, parallel": "return sequential"}, "two things")],
    "lens": [
        ("off by one row", {"(centred / scale @": "((centred / scale).roll(1, 0) @"}, "off by one along axis 0"),
        ("transposed unembedding", {"@ W_U": "@ W_U.T"}, "shapes"),
        ("no keepdim", {", keepdim=True": ""}, "shapes"),
    ],
    "rank_of": [
        ("no axis kept", {"token : token + 1": "token"}, "shapes"),
        ("off by one token", {"token : token + 1": "token - 1 : token"}, "expected"),
    ],
    "kl_to_last": [("transposed", {".sum(-1)": ".sum(-1).T"}, "transposed")],
    "added": [
        ("not centred", {"rows - rows.mean(-1, keepdim=True)": "rows"}, "expected"),
        ("wrong sign", {"return torch": "return -torch"}, "sign"),
        ("transposed", {"totals[:1]))": "totals[:1])).T"}, "transposed"),
    ],
}
