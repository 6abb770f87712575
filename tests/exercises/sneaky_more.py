"""More of `sneaky`: answers that are wrong in some cases only, of lessons 16, 19 and 21."""

MORE: dict[str, list[dict[str, str]]] = {
    "turned": [
        {"Q.T @ W_U": "torch.linalg.inv(Q.T) @ W_U"},
        {"W_O @ Q": "(Q.T @ W_O.T).T if W_O.shape[0] != W_O.shape[1] else Q.T @ W_O"},
        {"W_E @ Q, Q.T @ W_V": "W_E @ Q, Q.T @ W_V.abs()"},
        {"Q.T @ W_U": "Q.T @ W_U.clamp(max=2)"},
    ],
    "gram_schmidt": [
        {"for u in basis:": "for u in basis[:2]:"},
        {"v / v.norm()": "v / v.norm() * v.sum().sign()"},
        {"v / v.norm()": "v / v.abs().max()"},
        {"torch.stack(basis)": "torch.linalg.qr(vectors.T)[0].T"},
    ],
    "coordinates": [
        {"torch.linalg.inv(F @ F.T)": "torch.linalg.inv(F @ F.T + 0.01 * torch.eye(len(F)))"},
        {"torch.linalg.inv(F @ F.T)": "torch.diag(1 / (F @ F.T).diagonal())"},
        {"r @ F.T @": "r[..., :4] @ F.T[:4] @"},
    ],
    "transcode": [
        {"pre > threshold": "pre > threshold.mean()"},
        {"pre > threshold": "pre > 0.5"},
        {"f @ W_dec + b_dec": "f @ W_dec + b_dec * (f.sum() > 0) * (len(x) < 4)"},
        {"x @ W_enc + b_enc": "x.clamp(max=3) @ W_enc + b_enc"},
    ],
    "recovered": [
        {"x[:-1].log_softmax(-1)": "x[:-1].log_softmax(0)"},
        {".mean()\n\n": ".median()\n\n"},
        {"ids[1:, None]": "ids[1:, None].clamp(max=3)"},
    ],
    "inputs_of": [
        {"writes.mean(-1, keepdim=True)": "writes[..., :2].mean(-1, keepdim=True)"},
        {"/ scale": "/ scale.mean()"},
        {"/ scale": "/ scale.clamp(min=0.5)"},
    ],
    "decoder_share": [
        {"W_dec.norm(dim=-1)": "W_dec[..., :3].norm(dim=-1)"},
        {"W_dec.norm(dim=-1)": "W_dec.abs().amax(-1)"},
        {"norms[:, 1] / norms.sum(1)": "norms[:, 1] / norms.sum(1).clamp(min=2)"},
        {"norms[:, 1] / norms.sum(1)": "(norms[:, 1] / norms.sum(1)).clamp(max=0.9)"},
    ],
    "sum_of_norms": [
        {"W_dec.norm(dim=-1)": "W_dec[:, :2].norm(dim=-1)"},
        {"(f @ lengths)": "(f.clamp(max=1) @ lengths)"},
        {"(f @ lengths)": "((f > 0).float() @ lengths)"},
        {"(f @ lengths)": "(f[:, 1:] @ lengths[1:])"},
    ],
}
