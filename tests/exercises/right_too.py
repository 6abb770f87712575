"""Of each exercise's mutants, those that are right as well."""

# Mutants that are right as well: no case can tell them.
RIGHT_TOO: dict[str, set[str]] = {
    "masked_sum": {f"argument {i}: {name}" for i in (2, 3) for name in ("absolute", "not below 0")},  # from 0 to 1
    "two_scores": {  # the last part is one number, and positive
        f"result: {name}"
        for name in ("mean everywhere", "largest capped", "smallest capped", "absolute", "not below 0")
    },
    "induction_rule": {"result: joined"},
    "first_model": {"result: rounded", *(f"argument 0: {name}" for name in ("absolute", "not below 0", "capped"))},
    "forward_pass": {
        "model.b_O[0] -> model.b_O",  # one layer
        "0 -> -1",
        "-1 -> 1",  # two axes
        "stream @ model.W_K[0, head] + model.b_K[0, head] -> stream @ model.W_K[0, head]",  # the softmax is the same
        "stream @ model.W_K[0, head] + model.b_K[0, head] -> stream @ model.W_K[0, head] - model.b_K[0, head]",
        *(f"argument 1: {name}" for name in ("absolute", "not below 0", "rounded")),  # ids
    },
    "bigram_loss": {
        "-1 -> 1",  # two axes
        *(
            f"result: {name}"
            for name in ("absolute", "not below 0", "largest capped", "smallest capped", "mean everywhere")
        ),
        # Counts are whole and not negative, and with all of them turned the shares stay.
        *(f"argument 0: {name}" for name in ("absolute", "not below 0", "rounded", "minus")),
    },
    # The score is one number, neither negative nor large, and is the same for a matrix turned to its negative.
    **{
        name: {
            *(f"argument {i}: minus" for i in range(4)),
            *(f"result: {name}" for name in ("absolute", "not below 0", "mean everywhere", "capped at 3")),
            *(f"result: {name}" for name in ("largest capped", "smallest capped")),
        }
        for name in ("k_composition", "turned_score")
    },
    "key_matching": {  # a single number, at most 1, and only even powers of W_E
        "argument 0: minus",
        *(f"result: {name}" for name in ("capped at 3", "largest capped", "smallest capped", "mean everywhere")),
    },
    "virtual_head": {f"argument {i}: {name}" for i in (0, 2) for name in ("absolute", "not below 0")},
    "streams_by_order": {"argument 1: absolute", "argument 1: not below 0"},  # attention weights
    "count_paths": {  # one whole number, not below 0
        *(f"result: {name}" for name in ("absolute", "not below 0", "rounded", "mean everywhere")),
        *(f"result: {name}" for name in ("largest capped", "smallest capped")),
    },
    "lift": {
        "-1 -> 1",
        "result: capped at 3",
        *(f"argument {i}: {name}" for i in (0, 1) for name in ("absolute", "not below 0", "rounded", "minus")),
    },
    "expand_one_layer": {"argument 2: not below 0", "argument 2: absolute"},  # attention weights
    "bugs": {*(f"argument 0: {name}" for name in ("reversed", "each once")), "result: sorted"},
    "contributions": {
        *(f"argument 0: {name}" for name in ("absolute", "not below 0")),  # attention weights
        *(f"argument 0: last {axis} zero" for axis in ("row", "column")),  # the last position predicts nothing here
        *(f"argument 1: {name}" for name in ("absolute", "not below 0", "rounded")),  # ids
    },
    "copying_score": {  # a single number, at most 1
        *(f"result: {name}" for name in ("capped at 3", "largest capped", "smallest capped", "mean everywhere")),
    },
    "mean_ablated": {"argument 2: sorted"},  # a mean
    "in_out_cosine": {"result: capped at 3"},  # cosines
    "without": {"-1 -> 1"},  # two axes
    # Attention weights are neither negative nor large.
    "kronecker": {"argument 0: not below 0", "argument 0: absolute", "result: capped at 3"},
    "loss_in_nats": {
        "-1 -> 1",
        *(
            f"result: {name}"
            for name in ("absolute", "not below 0", "largest capped", "smallest capped", "mean everywhere")
        ),
        "argument 0: last row zero",  # predicts nothing
        "argument 1: first row zero",  # is not predicted
        *(f"argument 1: {name}" for name in ("absolute", "not below 0", "rounded")),
    },
    "bpe": {"argument 1: each once"},
    "stream_writes": {"0 -> 1", "0 -> -1"},  # of parts[0], the shape
    "lens": {"result: not above 0", "result: capped at 3"},
    "rank_of": {"argument 0: capped", *(f"result: {name}" for name in ("absolute", "not below 0", "rounded"))},
    "kl_to_last": {"argument 0: capped", *(f"result: {name}" for name in ("last row zero", "absolute", "not below 0"))},
    "change_window": {  # steps, which rise and are no negative numbers
        *(f"argument 0: {name}" for name in ("absolute", "not below 0", "rounded", "sorted")),
        "argument 1: minus",
        *(f"result: {name}" for name in ("absolute", "not below 0", "rounded")),
        *(
            f"result: {name}" for name in ("mean everywhere", "largest capped", "smallest capped")
        ),  # which change no tuple
    },
    "smeared_keys": {"keys.clone() -> keys"},
    "added": {"-1 -> 1"},
    "gram_schmidt": {"result: capped at 3"},  # of length 1
    "transcode": {"argument 3: absolute", "argument 3: not below 0"},  # thresholds
    "inputs_of": {"argument 1: absolute", "argument 1: not below 0"},  # a scale
    "recovered": {  # one number from 0 to 1, of losses whose sign cancels
        "-1 -> 1",  # two axes
        "x[:-1] -> x",  # gather reads as many rows as there are ids
        "-x[:-1].log_softmax(-1).gather(1, ids[1:, None]).mean() -> "
        "x[:-1].log_softmax(-1).gather(1, ids[1:, None]).mean()",
        *(f"argument {i}: last row zero" for i in range(3)),  # the last position predicts nothing here
        *(f"argument 3: {name}" for name in ("absolute", "not below 0", "rounded", "first row zero")),  # ids
        *(f"result: {name}" for name in ("absolute", "not below 0", "capped at 3", "mean everywhere")),
        *(f"result: {name}" for name in ("largest capped", "smallest capped")),
    },
    "sae_encode": {f"result: {name}" for name in ("absolute", "not below 0")},  # never below 0
    "matched_cosine": {"result: capped at 3"},
    "loss_recovered": {  # one number, at most about 1, of three means of positive losses
        *(f"argument {i}: {name}" for i in range(3) for name in ("absolute", "not below 0", "sorted")),
        *(f"result: {name}" for name in ("capped at 3", "largest capped", "smallest capped", "mean everywhere")),
    },
    "dimensionality": {  # from 0 to 1, and the same for rows turned to their negatives
        "0 -> -1",
        "argument 0: minus",
        *(f"result: {name}" for name in ("absolute", "not below 0", "capped at 3")),
    },
    "toy_loss": {  # one number, not below 0; examples and importances are not below 0 either
        "argument 1: minus",
        *(f"argument {i}: {name}" for i in (0, 3) for name in ("absolute", "not below 0")),
        *(
            f"result: {name}"
            for name in ("absolute", "not below 0", "mean everywhere", "largest capped", "smallest capped")
        ),
    },
    "edge_weights": {
        *(f"argument {i}: {name}" for i in (0, 3, 5) for name in ("absolute", "not below 0")),  # all above 0
        "argument 5: minus",  # of the scales only the product counts
        "argument 5: sorted",
    },
    "influence": {
        "0 * p -> 0",
        *(f"argument 0: {name}" for name in ("absolute", "minus")),  # only sizes count
        "argument 0: first row zero",  # of an embedding, which nothing enters
        "argument 0: last column zero",  # of a logit, which nothing leaves
        # No probability is below 0, and the first nodes have none.
        *(f"argument 1: {name}" for name in ("absolute", "not below 0", "first row zero", "second row is the first")),
        *(f"result: {name}" for name in ("absolute", "not below 0", "capped at 3", "last row zero")),
    },
    # Lengths are the same for vectors turned to their negatives; r is from 0 to 1, and activations are not below 0.
    "decoder_share": {
        *(f"argument 0: {name}" for name in ("absolute", "minus")),
        *(f"result: {name}" for name in ("absolute", "not below 0", "capped at 3")),
    },
    "sum_of_norms": {  # one number, not below 0; rows in another order have the same mean
        *(f"argument 0: {name}" for name in ("absolute", "not below 0", "sorted")),
        *(f"argument 1: {name}" for name in ("absolute", "minus")),
        *(f"result: {name}" for name in ("absolute", "not below 0")),
        *(f"result: {name}" for name in ("largest capped", "smallest capped", "mean everywhere")),
    },
}
