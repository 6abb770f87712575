"""The usual wrong answers to every exercise, as a reader would write them, and a word that the message must have in it.

A wrong answer is its function's source, most often the solution with one piece replaced.
"""

from headstream.exercises import solution_source

# exercise: (what goes wrong, piece of the solution, what stands there instead, a word of the message)
REPLACEMENTS: dict[str, list[tuple[str, str, str, str]]] = {
    "induction_rule": [
        ("first place", "reversed(range(len(tokens) - 1))", "range(len(tokens) - 1)", "first place"),
        ("finds itself", "len(tokens) - 1", "len(tokens)", "IndexError"),
        ("token before", "tokens[place + 1]", "tokens[place - 1]", "token before"),
        ("the token itself", "tokens[place + 1]", "tokens[place]", "final token itself"),
        ("its place", "tokens[place + 1]", "place + 1", "not its place"),
        ("None if new", 'return "?"', "return None", "returned None"),
        ("end if new", 'return "?"', "return tokens[-1]", "new here"),
        ("one place short", "len(tokens) - 1", "len(tokens) - 2", "expected"),
        ("looks for the last but one", "== tokens[-1]", "== tokens[-2]", "expected"),
    ],
    "first_model": [
        ("no -1", "np.where(above.any(0), above.argmax(0), -1)", "above.argmax(0)", "-1"),
        ("counted from 1", "above.argmax(0), -1", "above.argmax(0) + 1, 0", "counted from 0"),
        ("the last one", "above.argmax(0), -1", "len(above) - 1 - above[::-1].argmax(0), -1", "last model"),
        ("the surest", "above.argmax(0), -1", "np.nan_to_num(next_prob).argmax(0), -1", "largest p"),
        ("at the threshold", "next_prob > threshold", "next_prob >= threshold", "just at the threshold"),
        ("how many", "np.where(above.any(0), above.argmax(0), -1)", "above.sum(0)", "counts the models"),
        ("whether any", "np.where(above.any(0), above.argmax(0), -1)", "above.any(0)", "whether any"),
        ("over positions", "np.where(above.any(0), above.argmax(0), -1)", "above.argmax(1)", "shape"),
    ],
    "forward_pass": [
        ("unscaled", " / model.cfg.d_head**0.5", "", "√d_head"),
        ("scaled by d_head", "d_head**0.5", "d_head", "square root"),
        ("scaled by d_model", "d_head**0.5", "d_model**0.5", "√d_model"),
        ("no mask", ".masked_fill(future, -torch.inf)", "", "causal mask"),
        ("mask after softmax", ".masked_fill(future, -torch.inf).softmax(-1)", ".softmax(-1) * ~future", "before"),
        ("mask transposed", ".triu(1)", ".tril(-1)", "wrong way round"),
        ("a token hidden from itself", ".triu(1)", ".triu(0)", "NaN"),
        ("softmax over queries", ".softmax(-1)", ".softmax(0)", "over the queries"),
        ("queries and keys swapped", "q @ k.T", "k @ q.T", "exchanged"),
        ("no positions", " + model.W_pos[: len(ids)]", "", "W_pos"),
        ("off by one position", "model.W_pos[: len(ids)]", "model.W_pos[1 : len(ids) + 1]", "off by one"),
        ("no residual", "(stream + written)", "written", "must be added"),
        ("mean of heads", "@ model.W_O[0, head]", "@ model.W_O[0, head] / model.cfg.n_heads", "averaged"),
        ("forgotten bias b_Q", " + model.b_Q[0, head]", "", "b_Q"),
        ("forgotten bias b_V", " + model.b_V[0, head]", "", "b_V"),
        ("forgotten bias b_O", "model.b_O[0]", "0", "b_O"),
        ("forgotten bias b_U", " + model.b_U", "", "b_U"),
        ("transposed unembedding", "@ model.W_U", "@ model.W_U.T", "shape"),
        ("transposed logits", "return (stream + written) @ model.W_U",
         "return ((stream + written) @ model.W_U).T", "transposed"),
        ("first head only", "range(model.cfg.n_heads)", "range(1)", "Only the first head"),
        ("sizes of another model", "range(model.cfg.n_heads)", "range(8)", "IndexError"),
        ("first token dropped", "    stream =", "    ids = ids[1:]\n    stream =", "first token"),
        ("probabilities", "return (stream + written) @ model.W_U + model.b_U",
         "return ((stream + written) @ model.W_U + model.b_U).softmax(-1)", "probabilities"),
        ("last row only", "return (stream + written)", "return (stream + written)[-1]", "shape"),
        ("batch axis", "model.W_E[ids]", "model.W_E[ids][None]", "shapes"),
    ],
    "loss_in_nats": [
        ("off by one position", "ids[1:]]", "ids[:-1]]", "row t on token t"),
        ("own token", "torch.arange(len(ids) - 1), ids[1:]", "torch.arange(len(ids)), ids", "its own token"),
        ("off by one, the other way", "torch.arange(len(ids) - 1), ids[1:]", "torch.arange(1, len(ids)), ids[:-1]",
         "t + 1"),
        ("bits", ".mean()", ".mean() / math.log(2)", "bits"),
        ("sign", "return -", "return ", "sign"),
        ("sum", ".mean()", ".sum()", "mean"),
        ("divided by all positions", ".mean()", ".sum() / len(ids)", "One fewer"),
        ("log of the mean", "log_prob[torch.arange(len(ids) - 1), ids[1:]].mean()",
         "log_prob[torch.arange(len(ids) - 1), ids[1:]].exp().mean().log()", "mean of the logarithms"),
        ("probabilities", "return -log_prob[torch.arange(len(ids) - 1), ids[1:]]",
         "return log_prob[torch.arange(len(ids) - 1), ids[1:]].exp()", "averaged probabilities"),
        ("no softmax", "logits.log_softmax(-1)", "logits", "no softmax"),
        ("softmax over positions", "log_softmax(-1)", "log_softmax(0)", "over the positions"),
        ("first prediction dropped", "ids[1:]].mean()", "ids[1:]][1:].mean()", "first prediction"),
        ("perplexity", "return -log_prob[torch.arange(len(ids) - 1), ids[1:]].mean()",
         "return (-log_prob[torch.arange(len(ids) - 1), ids[1:]].mean()).exp()", "perplexity"),
        ("one loss a position", ".mean()", "", "one number"),
    ],
    "bpe": [
        ("merged twice over", "            i += 1", "            i += 1\n    pieces.append('')", "expected"),
        ("once only", "pieces[i : i + 2] = [left + right]", "pieces[i : i + 2] = [left + right]\n                break",
         "still stands"),
        ("order reversed", "in merges:", "in merges[::-1]:", "in its turn"),
        ("not joined", "    return pieces", "    return ''.join(pieces)", "list of strings"),
        ("nothing merged", "= [left + right]", "= [left, right]", "nothing was merged"),
        ("left piece lost", "= [left + right]", "= [right]", "text back"),
        ("last pair forgotten", "len(pieces) - 1", "len(pieces) - 2", "still stands"),
        ("past the end", "len(pieces) - 1", "len(pieces)", "IndexError"),
    ],
    "stream_writes": [
        ("forgotten bias", "model.b_O.sum(0).expand_as(parts[0])", "torch.zeros_like(parts[0])", "biases are missing"),
        ("no bias row", "    parts.append(model.b_O.sum(0).expand_as(parts[0]))\n", "", "biases are missing"),
        ("bias of one layer", "model.b_O.sum(0)", "model.b_O[0]", "first layer's bias"),
        ("values unmixed", 'cache["z", layer]', 'cache["v", layer]', "z is v mixed"),
        ("one layer's W_O", "model.W_O[layer, head]", "model.W_O[0, head]", "layer 0"),
        ("transposed W_O", "model.W_O[layer, head]", "model.W_O[layer, head].T", "transposed"),
        ("running sums", "torch.stack(parts)", "torch.stack(parts).cumsum(0)", "each write alone"),
        ("only the sum", "torch.stack(parts)", "sum(parts)", "only the sum"),
        ("a list", "torch.stack(parts)", "parts", "not a list"),
        ("no embeddings", "torch.stack(parts)", "torch.stack(parts[2:])", "first two writes"),
        ("no position", ', cache["hook_pos_embed"]]', "]", "second write"),
        ("off by one position", "torch.stack(parts)", "torch.stack(parts).roll(1, 1)", "off by one along axis 1"),
        ("transposed", "torch.stack(parts)", "torch.stack(parts, 1)", "shape"),
    ],
    "logit_parts": [
        ("raw logits", " - W_U.mean(1)", "", "raw logits"),
        ("mean over d_model", "W_U.mean(1)", "W_U[:, token].mean()", "over the vocabulary"),
        ("transposed", "W_U[:, token]", "W_U[token]", "transposed"),
        ("mean over the wrong axis", "W_U.mean(1)", "W_U.mean(0)", "transposed"),
        ("only the sum", "return writes", "return writes.sum(0)", "one number for each"),
        ("running sums", "return writes", "return writes.cumsum(0)", "running sums"),
        ("all tokens", "W_U[:, token] - W_U.mean(1)", "W_U - W_U.mean(1, keepdim=True)", "every token"),
        ("wrong sign", "return writes", "return -writes", "sign"),
        ("off by one token", "W_U[:, token]", "W_U[:, token - 1]", "expected"),
        ("unit direction", "(W_U[:, token] - W_U.mean(1))",
         "torch.nn.functional.normalize(W_U[:, token] - W_U.mean(1), dim=0)", "length of the direction"),
    ],
    "projection": [
        ("unscaled coordinate", "r @ a / a.norm()", "r @ a", "plain dot product"),
        ("squared length", "r @ a / a.norm()", "r @ a / (a @ a)", "‖a‖ once"),
        ("cosine", "r @ a / a.norm()", "r @ a / a.norm() / r.norm(dim=-1)", "cosine"),
        ("unscaled vector", "coordinate[:, None] * a / a.norm()", "(r @ a)[:, None] * a", "a·a"),
        ("coordinate times a", "coordinate[:, None] * a / a.norm()", "coordinate[:, None] * a", "unit vector"),
        ("the rest", "coordinate[:, None] * a / a.norm()", "r - coordinate[:, None] * a / a.norm()", "what is left"),
        ("only one", "return coordinate, vector", "return coordinate", "two things"),
        ("exchanged", "return coordinate, vector", "return vector, coordinate", "shape"),
    ],
    "two_updates": [
        ("exchanged", "return sequential, parallel", "return parallel, sequential", "must read the stream after"),
        ("both sequential", "middle + mlp(r)", "middle + mlp(middle)", "must both read r"),
        ("stream replaced", "middle + mlp(middle)", "mlp(middle)", "replaces the stream"),
        ("attention lost", "middle + mlp(middle)", "r + mlp(middle)", "lost what attention wrote"),
        ("MLP reads the write", "mlp(middle)", "mlp(attn(r))", "not the stream"),
        ("no r", "middle + mlp(r)", "attn(r) + mlp(r)", "lost r"),
        ("only one", "return sequential, parallel", "return sequential", "two arrays"),
    ],
    "lens": [
        ("no LayerNorm", "(centred / scale @", "(rows @", "LayerNorm is missing"),
        ("not centred", "(centred / scale @", "(rows / scale @", "mean"),
        ("RMSNorm", "rows - rows.mean(-1, keepdim=True)", "rows", "RMSNorm"),
        ("unscaled", "centred / scale", "centred", "divide"),
        ("std of a sample", "centred.square().mean(-1, keepdim=True).sqrt()", "rows.std(-1, keepdim=True)",
         "d_model - 1"),
        ("divided by the length", "centred.square().mean(-1, keepdim=True).sqrt()",
         "centred.norm(dim=-1, keepdim=True)", "√d_model"),
        ("divided by the variance", ".sqrt()", "", "square root"),
        ("final scale", "/ scale @", "/ scale[-1] @", "its own"),
        ("over positions", "mean(-1, keepdim=True)", "mean(1, keepdim=True)", "each vector alone"),
        ("forgotten bias", " + b_U", "", "b_U"),
        ("logits", ".log_softmax(-1)", "", "These are logits"),
        ("probabilities", ".log_softmax(-1)", ".softmax(-1)", "logarithms"),
        ("softmax over positions", ".log_softmax(-1)", ".log_softmax(1)", "over the positions"),
        ("softmax over rows", ".log_softmax(-1)", ".log_softmax(0)", "over the rows"),
        ("last row only", "return (centred / scale @", "return ((centred / scale)[-1] @", "last row only"),
        ("off by one row", "(centred / scale @", "((centred / scale).roll(1, 0) @", "off by one along axis 0"),
        ("transposed unembedding", "@ W_U", "@ W_U.T", "shapes"),
        ("no keepdim", ", keepdim=True", "", "shapes"),
    ],
    "rank_of": [
        ("counts itself", "logits > logits", "logits >= logits", "start at 1"),
        ("counts from the bottom", "logits > logits", "logits < logits", "smaller"),
        ("argsort once", "(logits > logits[..., token : token + 1]).sum(-1)",
         "logits.argsort(dim=-1, descending=True)[..., token]", "argsort the argsort"),
        ("not summed", ".sum(-1)", "", "Sum over"),
        ("mean", ".sum(-1)", ".double().mean(-1)", "share"),
        ("all at once", ".sum(-1)", ".sum()", "one rank for each"),
        ("the logit", "(logits > logits[..., token : token + 1]).sum(-1)", "logits[..., token]", "logit"),
        ("the top token", "(logits > logits[..., token : token + 1]).sum(-1)", "logits.argmax(-1)", "top token"),
        ("no axis kept", "token : token + 1", "token", "shapes"),
        ("off by one token", "token : token + 1", "token - 1 : token", "expected"),
    ],
    "kl_to_last": [
        ("the other way", "last.exp() * (last - log_prob)", "log_prob.exp() * (log_prob - last)", "KL(row ‖ last)"),
        ("wrong sign", "(last - log_prob)", "(log_prob - last)", "never is"),
        ("bits", ".sum(-1)", ".sum(-1) / math.log(2)", "bits"),
        ("mean", ".sum(-1)", ".mean(-1)", "sum"),
        ("not summed", ".sum(-1)", "", "Sum over"),
        ("cross-entropy", "(last.exp() * (last - log_prob))", "-(last.exp() * log_prob)", "cross-entropy"),
        ("no weights", "last.exp() * ", "", "weights are missing"),
        ("absolute", "(last - log_prob)", "(last - log_prob).abs()", "signs"),
        ("first row", "log_prob[-1]", "log_prob[0]", "first row"),
        ("mean over positions", ".sum(-1)", ".sum(-1).mean(-1)", "averaged"),
        ("last row left out", ".sum(-1)", ".sum(-1)[:-1]", "0 there"),
        ("transposed", ".sum(-1)", ".sum(-1).T", "transposed"),
    ],
    "added": [
        ("own scale", "centred[-1].square()", "centred.square()", "own scale"),
        ("first row's scale", "centred[-1]", "centred[0]", "first row's scale"),
        ("unscaled", " / scale", "", "scale"),
        ("not centred", "rows - rows.mean(-1, keepdim=True)", "rows", "expected"),
        ("not centred, but scaled right", "centred @ (W_U", "rows @ (W_U", "centre"),
        ("raw logits", " - W_U.mean(1)", "", "raw logits"),
        ("running totals", "return torch.diff(totals, dim=0, prepend=torch.zeros_like(totals[:1]))", "return totals",
         "running totals"),
        ("first row left out", ", prepend=torch.zeros_like(totals[:1])", "", "first row is missing"),
        ("off by one row", "prepend", "append", "one too early"),
        ("only the sum", "prepend=torch.zeros_like(totals[:1]))", "prepend=torch.zeros_like(totals[:1])).sum(0)",
         "only the sum"),
        ("wrong sign", "return torch", "return -torch", "sign"),
        ("transposed", "totals[:1]))", "totals[:1])).T", "transposed"),
    ],
}  # fmt: skip

WHOLE: dict[str, list[tuple[str, str, str]]] = {
    "forward_pass": [
        ("b_O in every head", """
def forward(model, ids):
    stream = model.W_E[ids] + model.W_pos[: len(ids)]
    q, k, v = (stream @ getattr(model, f"W_{x}")[0] + getattr(model, f"b_{x}")[0][:, None] for x in "QKV")
    scores = q @ k.transpose(1, 2) / q.shape[-1] ** 0.5
    pattern = scores.masked_fill(torch.ones_like(scores).triu(1).bool(), -torch.inf).softmax(-1)
    return (stream + (pattern @ v @ model.W_O[0] + model.b_O[0]).sum(0)) @ model.W_U + model.b_U
""", "once for each head"),
    ],
    "bpe": [
        ("longest match", """
def bpe(text, merges):
    pieces = []
    while text:
        known = [l + r for l, r in merges if text.startswith(l + r)]
        pieces.append(max(known, key=len, default=text[0]))
        text = text[len(pieces[-1]):]
    return pieces
""", "longest known piece"),
        ("right to left", """
def bpe(text, merges):
    pieces = list(text)
    for left, right in merges:
        for i in reversed(range(len(pieces) - 1)):
            if pieces[i:i + 2] == [left, right]:
                pieces[i:i + 2] = [left + right]
    return pieces
""", "left to right"),
        ("overlapping", """
def bpe(text, merges):
    pieces = list(text)
    for left, right in merges:
        pieces = [a + b if (a, b) == (left, right) else a for a, b in zip(pieces, pieces[1:] + [""])]
    return pieces
""", "text back"),
    ],
    "projection": [
        ("projected the other way", """
def projection(r, a):
    return r @ a / a.norm(), (r @ a)[:, None] / (r * r).sum(-1, keepdim=True) * r
""", "onto a"),
    ],
}  # fmt: skip


def answer_source(name: str) -> str:
    """A solution without its call of check."""
    return solution_source(name).rsplit("\n\n\n", 1)[0]


def wrong_answers() -> list[tuple[str, str, str, str]]:
    """(exercise, what goes wrong, source of the function, a word of the message)."""
    found = [(name, wrong, source, word) for name, wrongs in WHOLE.items() for wrong, source, word in wrongs]
    for name, replacements in REPLACEMENTS.items():
        source = answer_source(name)
        for wrong, right_piece, wrong_piece, word in replacements:
            assert right_piece in source, f"{name}, {wrong}: the solution no longer has {right_piece!r}"
            changed = source.replace(right_piece, wrong_piece)
            found.append((name, wrong, changed, word))
    return found
