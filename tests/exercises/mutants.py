"""Wrong answers made from a right one, without a reader's mistake in mind: one change to its code, its arguments or its
result. Each is a name and a function that takes the same arguments."""

import ast
import copy
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

from headstream.exercises.exercise import function

Mutant = tuple[str, Callable[..., Any]]
SWAPPED = {ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Div, ast.Div: ast.Mult}
COMPARED = {ast.Gt: (ast.GtE, ast.Lt), ast.Lt: (ast.LtE, ast.Gt), ast.Eq: (ast.NotEq,)}


def mutants(source: str) -> Iterator[Mutant]:
    yield from changed_code(source)
    right = function(source)
    for name, change in {**RESULTS, **{f"{name}, along 1": along(1, change) for name, change in ALONG.items()}}.items():
        yield f"result: {name}", lambda *arguments, change=change: each(change, right(*arguments))
    for place in range(source.partition(")")[0].count(",") + 1):
        for name, change in ARGUMENTS.items():
            yield (
                f"argument {place}: {name}",
                lambda *given, i=place, f=change: right(*given[:i], f(given[i]), *given[i + 1 :]),
            )


def changed_code(source: str) -> Iterator[Mutant]:
    """Each operator, number, call and operand of a function changed or dropped, one at a time."""
    count = len(list(ast.walk(ast.parse(source))))
    for place in range(count):
        for number in range(8):
            tree = ast.parse(source)
            node = list(ast.walk(tree))[place]
            changes = list(replacements(node))
            if number >= len(changes):
                break
            was = ast.unparse(node) if isinstance(node, ast.expr) else type(node).__name__
            new = Replace(node, changes[number]).visit(tree)
            try:
                source_of_new = ast.unparse(ast.fix_missing_locations(Bounded().visit(new)))
                yield f"{was} -> {ast.unparse(changes[number])}", function(source_of_new)
            except (SyntaxError, IndexError):
                continue


class Bounded(ast.NodeTransformer):
    """Gives each `while` of a mutant an end."""

    def visit_While(self, node: ast.While) -> ast.For:
        stop = ast.If(ast.UnaryOp(ast.Not(), node.test), [ast.Break()], [])
        return ast.For(ast.Name("_", ast.Store()), ast.parse("range(100)").body[0].value, [stop, *node.body], [])


class Replace(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST):
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> Any:
        return self.new if node is self.old else super().generic_visit(node)


def replacements(node: ast.AST) -> Iterator[ast.expr]:
    if isinstance(node, ast.BinOp):
        yield from (node.left, node.right)
        if type(node.op) in SWAPPED:
            yield ast.BinOp(node.left, SWAPPED[type(node.op)](), node.right)
    elif isinstance(node, ast.Compare) and len(node.ops) == 1:
        for op in COMPARED.get(type(node.ops[0]), ()):
            yield ast.Compare(node.left, [op()], node.comparators)
    elif isinstance(node, ast.Constant) and type(node.value) in (int, float):
        yield from (ast.Constant(node.value + 1), ast.Constant(node.value - 1))
    elif isinstance(node, ast.UnaryOp):
        yield node.operand
    elif isinstance(node, ast.BoolOp):
        yield from node.values
    elif isinstance(node, ast.Call):
        if isinstance(node.func, ast.Attribute) and not isinstance(node.func.value, ast.Name | ast.Constant):
            yield node.func.value
        yield from (each for each in node.args if not isinstance(each, ast.Constant))
        if isinstance(node.func, ast.Attribute) and isinstance(node.func.value, ast.Name):
            yield node.func.value
    elif isinstance(node, ast.Subscript) and isinstance(node.ctx, ast.Load):
        yield node.value


def each(change: Callable[[Any], Any], result: Any) -> Any:
    """The change made to an answer, or to the last of its parts."""
    return (*result[:-1], change(result[-1])) if isinstance(result, tuple) else change(result)


def first_zero(x: Any) -> Any:
    x[0] = x[0] * 0
    return x


def last_zero(x: Any) -> Any:
    x[-1] = x[-1] * 0
    return x


def first_twice(x: Any) -> Any:
    x[1] = x[0]
    return x


def last_wrong(x: Any) -> Any:
    x[-1] = x[0]
    return x


def copied(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    return lambda x: change(copy.deepcopy(x))


def along(axis: int, change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A change to rows, made to columns."""
    return lambda x: np.moveaxis(change(np.moveaxis(np.array(x), axis, 0)), 0, axis)


def flat(x: Any) -> Any:
    return torch.as_tensor(np.asarray(x)).double()


ALONG = {
    "first row zero": copied(first_zero),
    "last row zero": copied(last_zero),
    "second row is the first": copied(first_twice),
    "last row is the first": copied(last_wrong),
    "reversed": lambda x: np.flip(np.asarray(x), 0) if not isinstance(x, list | str) else x[::-1],
    "without the first": lambda x: x[1:],
    "without the last": lambda x: x[:-1],
}
RESULTS = {
    **ALONG,
    "absolute": lambda x: flat(x).abs(),
    "minus": lambda x: -flat(x),
    "not below 0": lambda x: flat(x).clamp(min=0),
    "not above 0": lambda x: flat(x).clamp(max=0),
    "largest capped": lambda x: flat(x).clamp(max=(flat(x).max() + flat(x).mean()) / 2),
    "smallest capped": lambda x: flat(x).clamp(min=(flat(x).min() + flat(x).mean()) / 2),
    "capped at 3": lambda x: flat(x).clamp(max=3),
    "rounded": lambda x: flat(x).round(),
    "mean everywhere": lambda x: flat(x) * 0 + flat(x).mean(),
    "one off": lambda x: flat(x) + 1,
    "a tenth more": lambda x: flat(x) * 1.1,
    "upper": lambda x: x.upper() if isinstance(x, str) else [piece.upper() for piece in x],
    "joined": "".join,
    "letters": lambda x: list("".join(x)),
    "sorted": sorted,
    "new": lambda x: "?",
}


def of(kind: type | tuple[type, ...], change: Callable[[Any], Any]) -> Callable[[Any], Any]:
    """A change to an argument of one kind; for others the mutant raises, and is refused."""

    def checked(x: Any) -> Any:
        if not isinstance(x, kind) or isinstance(x, bool):
            raise TypeError("another kind of argument")
        return change(copy.deepcopy(x))

    return checked


ARRAY = (torch.Tensor, np.ndarray)
ARGUMENTS = {
    "first row zero": of(ARRAY, first_zero),
    "last row zero": of(ARRAY, last_zero),
    "second row is the first": of(ARRAY, first_twice),
    "first column zero": of(
        ARRAY,
        lambda x: along(1, first_zero)(x) if isinstance(x, np.ndarray) else torch.from_numpy(along(1, first_zero)(x)),
    ),
    "last column zero": of(
        ARRAY,
        lambda x: along(1, last_zero)(x) if isinstance(x, np.ndarray) else torch.from_numpy(along(1, last_zero)(x)),
    ),
    "absolute": of(ARRAY, abs),
    "minus": of(ARRAY, lambda x: -x),
    "not below 0": of(ARRAY, lambda x: x.clip(0)),
    "capped": of(ARRAY, lambda x: x.clip(None, 0.9 * float(x[x == x].max()))),
    "rounded": of(ARRAY, lambda x: x.round()),
    "sorted": of(ARRAY, lambda x: x.sort(0)[0] if isinstance(x, torch.Tensor) else np.sort(x, 0)),
    "always 0": of((int, float), lambda x: x * 0),
    "always 1": of((int, float), lambda x: x * 0 + 1),
    "one half": of(float, lambda x: 0.5),
    "one more": of(int, lambda x: x + 1),
    "one less": of(int, lambda x: x - 1),
    "without the first": of((list, str), lambda x: x[1:]),
    "without the last": of((list, str), lambda x: x[:-1]),
    "the last ten": of((list, str), lambda x: x[-10:]),
    "the first four": of((list, str), lambda x: x[:4]),
    "each once": of((list, str), lambda x: list(dict.fromkeys(x))),
    "reversed": of((list, str), lambda x: x[::-1]),
    "lower case": of((list, str), lambda x: x.lower() if isinstance(x, str) else [str(i).lower() for i in x]),
    "letters alone": of(list, lambda x: [str(i)[:1] for i in x]),
}
