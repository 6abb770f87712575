"""Another basis of the stream: the model stays, what is made of coordinates moves; the neurons' cannot be turned."""

from __future__ import annotations

import copy
from collections.abc import Callable

import numpy as np
import pytest
import torch
from transformer_lens.model_bridge import TransformerBridge

import headstream as hs
from headstream.framework import bases
from headstream.framework.bases import kurtosis, kurtosis_null, mix_neurons, quantities
from headstream.framework.composition import composition_scores
from headstream.framework.identities import basis_error, logit_error, stream_error
from headstream.models.runs import Run, run
from tests.framework.zoo import tolerance

Models = Callable[[str], TransformerBridge]
Runs = Callable[..., Run]
WITHOUT_NORM = ("attn-only-0l", "attn-only-1l", "attn-only-2l", "native 1l")
FOLDED = ("gelu-4l", "native 2l LN folded", "gpt2 folded", "llama folded")


def turn(model: TransformerBridge, seed: int = 1) -> torch.Tensor:
    return hs.random_rotation(model.cfg.d_model, seed)


def stretched(model: TransformerBridge) -> torch.Tensor:
    return turn(model) * torch.logspace(-0.5, 0.5, model.cfg.d_model)


def moved(one: Run, other: Run) -> dict[str, float]:
    """How far each quantity moves, over its largest number."""
    before, after = quantities(one), quantities(other)
    assert list(before) == list(after)
    return {name: float(np.abs(after[name] - x).max() / max(np.abs(x).max(), 1)) for name, x in before.items()}


@pytest.mark.parametrize("name", WITHOUT_NORM + FOLDED)
def test_a_rotated_model_is_the_same_model(model: Models, random_run: Runs, name: str) -> None:
    prompt, turned = random_run(name), hs.change_basis(model(name), turn(model(name)))
    assert basis_error(prompt, turned) <= 1e-5
    other = run(turned, prompt.token_ids)
    assert stream_error(other) <= 1e-5  # its own algebra holds too
    assert logit_error(other) <= tolerance(prompt)
    rotated = prompt.cache["ln_final.hook_in"] @ turn(model(name))
    torch.testing.assert_close(other.cache["ln_final.hook_in"], rotated, rtol=1e-4, atol=1e-4)
    stays, moves = ("lengths of writes", "cosines between writes"), ("coordinates of the stream",)
    found = moved(prompt, other)
    heads = ("attention patterns", "eigenvalues of W_V W_O") if prompt.model.cfg.n_layers else ()
    assert all(found[key] < 1e-4 for key in ("logits", *heads, *stays))
    assert found.get("neuron activations", 0) < 1e-4
    assert all(found[key] > 0.1 for key in moves)


@pytest.mark.parametrize("name", ["attn-only-2l", "native 1l"])
def test_without_a_norm_any_basis_does_and_lengths_and_angles_move(model: Models, random_run: Runs, name: str) -> None:
    prompt, turned = random_run(name), hs.change_basis(model(name), stretched(model(name)))
    assert basis_error(prompt, turned) <= 1e-5
    found = moved(prompt, run(turned, prompt.token_ids))
    assert all(found[key] < 1e-4 for key in ("logits", "attention patterns", "eigenvalues of W_V W_O"))
    assert all(found[key] > 0.1 for key in ("lengths of writes", "cosines between writes"))


def test_composition_scores_know_the_angles_of_the_stream(model: Models) -> None:
    ours = composition_scores(model("attn-only-2l"))
    rotated, bent = (
        composition_scores(hs.change_basis(model("attn-only-2l"), matrix(model("attn-only-2l"))))
        for matrix in (turn, stretched)
    )
    assert np.nanmax(np.abs(ours - rotated)) < 1e-5
    assert np.nanmax(np.abs(ours - bent)) > 0.05


def test_the_model_itself_is_left_as_it_is(model: Models) -> None:
    before = {name: weight.clone() for name, weight in model("attn-only-2l").state_dict().items()}
    turned = hs.change_basis(model("attn-only-2l"), turn(model("attn-only-2l")))
    assert all(torch.equal(weight, before[name]) for name, weight in model("attn-only-2l").state_dict().items())
    assert turned.cfg.model_name == "attn-only-2l in another basis"
    assert not any(weight.requires_grad for weight in turned.parameters())


@pytest.mark.parametrize("forgotten", ["W_pos", "W_E", "W_U"])
def test_a_forgotten_matrix_shows(model: Models, random_run: Runs, forgotten: str) -> None:
    turned = hs.change_basis(model("attn-only-2l"), turn(model("attn-only-2l")))
    with torch.no_grad():
        getattr(turned, forgotten).copy_(getattr(model("attn-only-2l"), forgotten))
    assert basis_error(random_run("attn-only-2l"), turned) > 1e-2


def test_a_transposed_rotation_is_another_one(model: Models, random_run: Runs) -> None:
    """W M⁻¹ for M⁻¹ W: the paper's order on our rows."""
    turned = hs.change_basis(model("native 1l"), turn(model("native 1l")))
    with torch.no_grad():
        turned.W_U.copy_(turn(model("native 1l")) @ model("native 1l").W_U)
    assert basis_error(random_run("native 1l"), turned) > 1e-2


def test_the_centring_of_a_layernorm_notices(model: Models, random_run: Runs) -> None:
    """With its LayerNorms put back, a rotated model is wrong, and not by much."""
    turned = hs.change_basis(model("gelu-4l"), turn(model("gelu-4l")))
    assert {type(norm.original_component).__name__ for norm in bases._norms(turned).values()} == {"RMSNorm"}
    for name, norm in bases._norms(model("gelu-4l")).items():
        turned.get_submodule(name).set_original_component(copy.deepcopy(norm.original_component))
    assert 1e-2 < basis_error(random_run("gelu-4l"), turned) < 1


@pytest.mark.parametrize(
    ("name", "matrix", "words"),
    [
        ("gelu-4l unfolded", turn, "norms have no weights of their own.*got gelu-4l.*fold=True"),
        ("gpt2", turn, "norms have no weights of their own"),
        ("gemma3", turn, "norms have no weights of their own"),
        ("native 1l LNPre", turn, "writes no mean into its stream.*fold=True"),
        ("gelu-4l", stretched, "matrix: expected a rotation for a model with norms"),
        ("native 1l", lambda model: torch.eye(31), r"matrix: expected \[d_model, d_model\] = \[32, 32\]"),
        ("native 1l", lambda model: torch.zeros(32, 32), "matrix: expected one that has an inverse"),
        ("native 1l", lambda model: torch.eye(32) * np.nan, "matrix: expected finite numbers"),
    ],
)
def test_what_cannot_be_done_is_refused_in_a_sentence(model: Models, name: str, matrix: object, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        hs.change_basis(model(name), matrix(model(name)))  # type: ignore[operator]


def test_a_model_that_does_more_is_refused(model: Models) -> None:
    """One that adds 1 to the first coordinate of its stream, which no weight tells."""
    other = copy.deepcopy(model("native 1l"))
    other.embed.register_forward_hook(lambda module, given, out: out + torch.eye(32)[0])
    with pytest.raises(ValueError, match="by matrices and norms alone, got native, whose logits moved"):
        hs.change_basis(other, turn(other))


@pytest.mark.parametrize("name", ["native 1l", "gelu-4l", "llama folded"])
def test_neurons_can_be_put_in_another_order_and_not_turned(model: Models, random_run: Runs, name: str) -> None:
    prompt, size = random_run(name), model(name).blocks[0].mlp.W_out.shape[0]
    order = torch.eye(size)[torch.randperm(size, generator=torch.Generator().manual_seed(0))]
    assert basis_error(prompt, mix_neurons(model(name), 0, order)) <= tolerance(prompt)
    assert basis_error(prompt, mix_neurons(model(name), 0, hs.random_rotation(size))) > 1e-2
    assert basis_error(prompt, mix_neurons(model(name), 0, -torch.eye(size))) > 1e-2  # σ is not odd


def test_without_sigma_neurons_could_be_turned(model: Models) -> None:
    """So it is σ that privileges their basis, and the mixing is right."""
    one, other = model("native 1l"), mix_neurons(model("native 1l"), 0, hs.random_rotation(48))
    x = torch.randn(5, 32, generator=torch.Generator().manual_seed(0))
    linear, mixed = ((x @ mlp.W_in + mlp.b_in) @ mlp.W_out for mlp in (each.blocks[0].mlp for each in (one, other)))
    torch.testing.assert_close(linear, mixed, rtol=1e-4, atol=1e-4)
    assert not torch.allclose(one.blocks[0].mlp.W_in, other.blocks[0].mlp.W_in, atol=0.1)


def test_neurons_of_a_layer_without_them_are_refused(model: Models) -> None:
    with pytest.raises(ValueError, match="layer: expected one with an MLP of neurons"):
        mix_neurons(model("attn-only-1l"), 0, torch.eye(4))
    with pytest.raises(IndexError, match="layer"):
        mix_neurons(model("gelu-4l"), 9, torch.eye(4))
    with pytest.raises(ValueError, match=r"matrix: expected \[neuron, neuron\] = \[1536, 1536\]"):
        mix_neurons(model("gelu-4l"), 0, torch.eye(4))


def test_a_rotation_keeps_lengths_and_angles_and_has_no_favourite() -> None:
    q = hs.random_rotation(6)
    torch.testing.assert_close(q @ q.T, torch.eye(6), atol=1e-6, rtol=0)
    assert torch.equal(q, hs.random_rotation(6))
    assert not torch.equal(q, hs.random_rotation(6, 1))
    drawn = torch.stack([hs.random_rotation(3, seed) for seed in range(400)])
    assert float(drawn.mean(0).abs().max()) < 0.12  # with QR's own signs the diagonal's mean is half
    with pytest.raises(ValueError, match="size"):
        hs.random_rotation(0)


def test_kurtosis_is_3_of_a_normal_distribution_and_the_number_of_coordinates_at_most() -> None:
    random = np.random.default_rng(0)
    assert kurtosis(random.normal(size=(3, 50_000))) == pytest.approx([3, 3, 3], abs=0.1)
    assert kurtosis([1.0, -1, 1, -1]) == 1
    assert float(kurtosis(np.eye(500)[3])) == pytest.approx(500, rel=0.01)
    assert kurtosis([[1.0, 2, 4], [2, 4, 8]]) == pytest.approx([1.5, 1.5])
    for wrong in ([2.0, 2.0], [1.0], 3.0, [1.0, np.inf]):
        with pytest.raises(ValueError, match="numbers"):
            kurtosis(wrong)


def test_the_null_turns_all_rows_by_one_rotation() -> None:
    """Compared with rotations of the whole space, which it does not draw."""
    rows = np.random.default_rng(0).normal(size=(4, 60)) ** 3
    rows[3] = rows[0]  # the same vector has the same coordinates in every basis
    null = kurtosis_null(rows, 300)
    assert null.shape == (300, 4)
    np.testing.assert_allclose(null[:, 0], null[:, 3], rtol=1e-3)
    whole = np.stack([kurtosis(rows @ hs.random_rotation(60, seed).numpy()) for seed in range(300)])
    np.testing.assert_allclose(null.mean(0), whole.mean(0), atol=0.15)
    np.testing.assert_allclose(null.std(0), whole.std(0), rtol=0.3)
    assert kurtosis(rows).min() > null.max()
    with pytest.raises(ValueError, match="numbers"):
        kurtosis_null(rows[0])


def test_the_error_is_of_models_of_one_vocabulary(model: Models, random_run: Runs) -> None:
    with pytest.raises(ValueError, match="model"):
        basis_error(random_run("native 1l"), model("gelu-4l"))
