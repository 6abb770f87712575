"""What a dictionary's features are on a text: one pass over its pages, of which nothing but the best places is kept."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

import numpy as np
import numpy.typing as npt

from headstream import checks
from headstream.extras import needs_lessons
from headstream.features.activations import activations
from headstream.features.kept import Best, Histogram
from headstream.framework.stream import final_norm
from headstream.framework.weights import unembedding
from headstream.models.labels import labels
from headstream.models.pages import BOOKS, page_ids
from headstream.models.runs import Run, checked_model, run, to_numpy
from headstream.results import DecoderShares, FeatureSummary

with needs_lessons():
    import torch
    from torch import Tensor

if TYPE_CHECKING:
    from transformer_lens.model_bridge import TransformerBridge

    from headstream.features.dictionaries import Dictionary

# Pages of each held-out book that are read where nothing is said, and tokens in a page.
PAGES = 16
LENGTH = 256
# Where the model holds the scale of its final norm.
SCALE = "ln_final.hook_scale"
# Features whose logits are held at once.
HELD = 256


@torch.no_grad()
def feature_summary(
    model: TransformerBridge,
    dictionary: Dictionary,
    pages: Iterable[Any] | int = PAGES,
    *,
    examples: int = 6,
    drawn: int = 3,
    window: int = 16,
    top: int = 6,
    near: int = 4,
    bins: int = 24,
    site: int = -1,
    seed: int = 0,
) -> FeatureSummary:
    """Every feature of a dictionary as it is seen on a text: how often it fires, where, what it writes, what resembles
    it.

    pages: the text: so many pages of each of the three books that no shipped model was trained on; or runs of the model
        (`hs.pages(model)`), or lists of token ids, one after the other, a generator too. The first position of each
        page is left out of everything: models use it as a place to rest, and its activations are like no other's.
    examples, drawn: how many windows of the text each feature gets, those where it fires most strongly and some drawn
        at random (by `seed`) from where it fires. window: tokens in each.
    top: tokens at either end of its logits. near: how many features of the most similar decoders. bins: of the
        histogram, an even number.
    site: of a dictionary that writes at several places, the place whose decoder gives logits and cosines.

    A page is read at a time. What is kept of the text does not grow with it: 1,024 features take about 1 MB.

    Errors: ValueError for no pages, pages of another model, and for a decoder that does not write into the residual
    stream; TypeError for a dictionary that is none.
    """
    model, dictionary = checked_model(model), checked_dictionary(dictionary)
    missing = [name for name in dictionary.reads if name not in model.hook_dict]
    if missing:
        raise ValueError(f"dictionary: expected one of activations of {model.cfg.model_name}, got one of {missing[0]}")
    counts = {"examples": examples, "drawn": drawn, "window": window, "top": top}
    examples, drawn, window, top = (checks.whole(name, value, 1) for name, value in counts.items())
    near = min(checks.whole("near", near, 0), dictionary.features - 1)
    site = checks.index("site", site, len(dictionary.writes))
    bins = checks.whole("bins", bins, 2)
    if bins % 2:
        raise ValueError(f"bins: expected an even number, got {bins}")
    random = torch.Generator().manual_seed(checks.whole("seed", seed, 0))
    histogram, best = Histogram(dictionary.features, bins), Best(dictionary.features, examples, window)
    some, scales, lengths = Best(dictionary.features, drawn, window), [], []
    wanted = (*dictionary.reads, *(name for name in (SCALE,) if name in model.hook_dict))
    for ids, seen in _read(model, wanted, book_pages(model, pages) if isinstance(pages, int) else pages):
        fired = dictionary.encode(dictionary.read(seen))[1:].cpu()
        tokens = torch.from_numpy(ids[1:].astype(np.int32))
        histogram.add(fired)
        best.add(fired, fired, tokens)
        some.add(torch.rand(fired.shape, generator=random) * (fired > 0), fired, tokens)
        scales.append(float(seen[SCALE][1:].mean()) if SCALE in seen else 1.0)
        lengths.append(len(ids))
    if not lengths:
        raise ValueError("pages: expected at least one page, got none")
    directions = final_norm(run(model, ids[:2])).fold(unembedding(model)[0]) / float(np.mean(scales))
    writes = into_stream(model, dictionary.W_dec[:, site].float(), dictionary.writes[site])
    ends, values = _logits(writes, directions, min(top, model.cfg.d_vocab))
    nearest, cosine = nearest_decoders(dictionary.W_dec[:, site].float(), near)
    strongest, anywhere = best.examples(), some.examples()
    arrays = (strongest.token_ids, anywhere.token_ids, ends)
    used = np.unique(np.concatenate([array.ravel() for array in arrays]))
    used = used[used >= 0]
    places = sum(lengths) - len(lengths)
    return FeatureSummary(
        name=dictionary.name,
        place=described_place(dictionary),
        text=_described(lengths),
        positions=places,
        density=(histogram.counts.sum(1) / places).float().numpy(),
        largest=histogram.largest.numpy(),
        histogram=histogram.counts.int().numpy(),
        reach=histogram.reach.numpy(),
        top=strongest,
        drawn=anywhere,
        promoted=ends[0],
        promoted_logits=values[0],
        suppressed=ends[1],
        suppressed_logits=values[1],
        nearest=nearest,
        cosine=cosine,
        vocabulary=dict(zip(used.tolist(), labels(model.tokenizer, used), strict=True)),
    )


def decoder_shares(
    dictionary: Dictionary, summary: FeatureSummary | None = None, *, level: bool = True
) -> DecoderShares:
    """How strongly each feature writes into each of the places of a crosscoder: the norms of its decoder.

    summary: of the same dictionary, from which how often each feature fires is taken. level: whether the norms at each
        place are divided by their mean over all features: along a stream everything grows, which is no news of a
        feature.
    Errors: ValueError for a dictionary that writes at one place, and a summary of another number of features.
    """
    dictionary = checked_dictionary(dictionary)
    if len(dictionary.writes) < 2:
        raise ValueError(f"dictionary: expected a crosscoder, which writes at several places, got {dictionary.name}")
    norms = to_numpy(dictionary.W_dec.detach().norm(dim=-1))
    if level:
        norms = norms / np.maximum(norms.mean(0), np.finfo(np.float32).tiny)
    if summary is not None and len(summary.density) != len(norms):
        raise ValueError(f"summary: expected one of {len(norms)} features, got {len(summary.density)}")
    density = None if summary is None else summary.density
    return DecoderShares(dictionary.name, norms, tuple(dictionary.writes), density)


def checked_dictionary(given: Any) -> Any:
    """The dictionary itself. Errors: TypeError for anything that is none."""
    if isinstance(given, type) or not all(hasattr(given, name) for name in ("encode", "W_dec", "reads", "writes")):
        kind = type(given).__name__
        raise TypeError(f"dictionary: expected a dictionary (pass hs.dictionary('gelu-4l-sae')), got {kind}")
    return given


def book_pages(model: TransformerBridge, count: int = PAGES) -> Iterator[list[int]]:
    """Token ids of the first pages of each held-out book."""
    for book in BOOKS:
        yield from page_ids(model, count, min(LENGTH, model.cfg.n_ctx), book)


def into_stream(model: TransformerBridge, decoders: Tensor, hook: str) -> Tensor:
    """[feature, d_model]: what decoders [feature, d_out] write into the residual stream, through W_out where they are
    written as neurons. Errors: ValueError where they are written elsewhere.
    """
    if hook.endswith("mlp.hook_post"):
        block: Any = model.blocks[int(hook.split(".")[1])]
        w_out: Tensor = block.mlp.W_out.detach().float()
        decoders = decoders @ w_out
    if decoders.shape[1] != model.cfg.d_model:
        expected = f"one that writes into the residual stream of {model.cfg.d_model} numbers"
        raise ValueError(f"dictionary: expected {expected}, got one that writes {decoders.shape[1]} at {hook}")
    return decoders


@torch.no_grad()
def nearest_decoders(decoders: Tensor, near: int) -> tuple[Any, Any]:
    """[feature, near]: the decoders of largest cosine with each, int32, and the cosines, float32."""
    unit = torch.nn.functional.normalize(decoders.detach().float(), dim=-1)
    ids, cosines = [], []
    for start in range(0, len(unit), HELD):
        cosine = unit[start : start + HELD] @ unit.T
        cosine[torch.arange(len(cosine)), torch.arange(start, start + len(cosine))] = -2.0
        best = cosine.topk(near, dim=1)
        ids.append(best.indices.int())
        cosines.append(best.values)
    return torch.cat(ids).numpy(force=True), to_numpy(torch.cat(cosines))


def described_place(dictionary: Dictionary) -> str:
    """Such as "blocks.2.hook_in", or "blocks.1.mlp.hook_in → blocks.1.hook_mlp_out"."""
    reads, writes = (", ".join(names) for names in (dictionary.reads, dictionary.writes))
    return reads if reads == writes else f"{reads} → {writes}"


def _read(
    model: TransformerBridge, wanted: tuple[str, ...], pages: Iterable[Any]
) -> Iterator[tuple[npt.NDArray[np.int64], Mapping[str, Tensor]]]:
    """The token ids of each page, and the activations wanted, [position, d] by hook."""
    for page in [pages] if isinstance(pages, Run) else pages:
        if isinstance(page, Run):
            if page.model is not model:
                raise ValueError(f"pages: expected runs of {model.cfg.model_name}, got one of {page.name}")
            ids, seen = page.token_ids, {name: page.cache[name] for name in wanted if name in page.cache}
        else:
            ids = np.asarray(page, np.int64)
            if ids.ndim != 1:
                raise ValueError(f"pages: expected lists of token ids, got shape {list(ids.shape)}")
            batch = torch.from_numpy(ids)[None].to(model.cfg.device)
            seen = {name: value[0] for name, value in activations(model, batch, wanted).items()}
        if len(ids) < 2:
            raise ValueError(f"pages: expected pages of 2 tokens or more, got one of {len(ids)}")
        yield ids, seen


def _described(lengths: list[int]) -> str:
    sizes = sorted(set(lengths))
    of = f"{sizes[0]}" if len(sizes) == 1 else f"{sizes[0]} to {sizes[-1]}"
    return f"{len(lengths)} page{'s' if len(lengths) > 1 else ''} of {of} tokens"


def _logits(writes: Tensor, directions: Tensor, top: int) -> tuple[Any, Any]:
    """[end, feature, token]: at the upper and the lower end of each feature's logits, the tokens and their logits less
    the mean over the vocabulary.
    """
    ids, values = [], []
    for start in range(0, len(writes), HELD):
        logits = writes[start : start + HELD].detach() @ directions
        logits -= logits.mean(1, keepdim=True)
        ends = [logits.topk(top, dim=1), logits.topk(top, dim=1, largest=False)]
        ids.append(torch.stack([end.indices.int() for end in ends]))
        values.append(torch.stack([end.values for end in ends]))
    return torch.cat(ids, 1).numpy(force=True), to_numpy(torch.cat(values, 1))
