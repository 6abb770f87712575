"""The shipped models as files of a web page, which runs them in the reader's browser (`hs.PromptExplorer`).

python -m headstream.models.served FOLDER [NAME ...]

Weights are served as they are shipped: their float16 numbers are read by the page itself. Beside them stand each
model's sizes, NAME.json, and the tokenizer, tokenizer.json, in a form that needs no library.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from headstream import checks
from headstream.models.labels import byte_of, labels
from headstream.models.shipped import PURPOSE, TOKENIZER, WEIGHTS, tokenizer_of, verified, write_manifest

CLASSES = TOKENIZER / "classes.json"
_BLOCK = 64  # code points that are split at once: of longer texts the library counts characters for long


def write_models(folder: str | Path, names: Sequence[str] = tuple(PURPOSE)) -> list[Path]:
    """Write what a page needs to run these models into a folder, which is made, and return the files' paths.

    names: shipped models. The weights are float16, as shipped (15 MB for attn-only-2l, 27 MB for gelu-4l); the
    tokenizer is .3 MB. Raises ValueError for another name, TypeError for what is no list of names, OSError for damaged
    files.
    """
    for name in checks.items("names", names, "a list of shipped models"):
        checks.choice("names", name, tuple(PURPOSE))
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    written = []

    def write(file: str, content: bytes) -> None:
        (folder / file).write_bytes(content)
        written.append(folder / file)

    for name in names:
        config = json.loads(verified(WEIGHTS, f"{name}.json"))["config"]
        weights = verified(WEIGHTS, f"{name}.safetensors")
        write(f"{name}.safetensors", weights)
        write(f"{name}.json", _packed({"config": config, "bytes": len(weights)}))
    write("tokenizer.json", _packed(vocabulary(tokenizer_of(WEIGHTS))))
    return written


def vocabulary(tokenizer: Any) -> dict[str, Any]:
    """A byte-level BPE tokenizer that splits texts as the shipped one does, as the page reads it.

    labels: one a token; quoted: the ones that Python does not quote by adding single quotes, by id; start: the token
    before every text; bytes: the token of every byte; merges: left, right and made tokens, one merge after the other;
    word, space: see `classes`.
    """
    model = json.loads(tokenizer.backend_tokenizer.to_str())["model"]
    named, ids = labels(tokenizer, range(len(tokenizer))), model["vocab"]
    alphabet = sorted(byte_of().items(), key=lambda pair: pair[1])
    return {
        "labels": named,
        "quoted": {str(i): repr(label) for i, label in enumerate(named) if repr(label) != f"'{label}'"},
        "start": tokenizer.bos_token_id,
        "bytes": [ids[character] for character, _ in alphabet],
        "merges": [token for left, right in model["merges"] for token in (ids[left], ids[right], ids[left + right])],
        **json.loads(verified(TOKENIZER, CLASSES.name)),
    }


def classes(tokenizer: Any) -> dict[str, list[int]]:
    """What a tokenizer that splits texts as the shipped one does takes for word characters, which do not follow 's as a
    piece, and for spaces: the first and last code points of each range, one range after the other.

    Every code point is tried, which takes some ten seconds. `CLASSES` holds the answer: python -m
    headstream.models.served --classes writes it again.
    """
    from tokenizers import Regex, pre_tokenizers

    pattern = json.loads(tokenizer.backend_tokenizer.to_str())["pre_tokenizer"]["pretokenizers"][0]["pattern"]["Regex"]
    split = pre_tokenizers.Split(Regex(pattern), "isolated")
    word, space = list[int](), list[int]()
    for first in range(0, 0x110000, _BLOCK):
        codes = [code for code in range(first, first + _BLOCK) if not 0xD800 <= code <= 0xDFFF]
        pieces = split.pre_tokenize_str("".join(f"'s{chr(code)}!\n" for code in codes))
        starts = {start for _, (start, _) in pieces}
        for at, code in zip(range(0, 5 * len(codes), 5), codes, strict=True):
            if at + 1 in starts:  # ' and s are two pieces
                _extend(word, code)
            elif at + 3 in starts or chr(code) == " ":  # so are a space and a sign, but for the one that signs may have
                _extend(space, code)
    return {"word": word, "space": space}


def _extend(ranges: list[int], code: int) -> None:
    if ranges and ranges[-1] == code - 1:
        ranges[-1] = code
    else:
        ranges += [code, code]


def _packed(content: Any) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m headstream.models.served", description="Write the files of models that run in a web page."
    )
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("names", nargs="*", default=list(PURPOSE), help="shipped models; all of them if none is named")
    parser.add_argument("--classes", action="store_true", help="find the tokenizer's classes of characters anew")
    arguments = parser.parse_args()
    if arguments.classes:
        CLASSES.write_bytes(_packed(classes(tokenizer_of(WEIGHTS))) + b"\n")
        write_manifest(TOKENIZER)
    elif arguments.folder is None:
        parser.error("a folder is needed")
    else:
        for file in write_models(arguments.folder, arguments.names):
            print(f"{file}  {file.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
