"""Trains the second look: `verify.py SCENES WEIGHTS OUT STEPS SEED`, on the cells of the finished embedding.

A pair is a scene and a view, cell by cell; half are of one mark. The others are the marks that the embedding itself
takes for likest, and windows without a mark with the view that they are likest to.
"""

from __future__ import annotations

import sys
from pathlib import Path

import cv2
import numpy as np
import torch
from network import Embedding, Pair
from scenes import levelled
from torch import Tensor, nn

BATCH, HARD = 256, 12
RATE = 2e-3


def main(scenes: Path, weights: Path, out: Path, steps: int, seed: int) -> None:
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = Embedding()
    net.load_state_dict(torch.load(weights))
    net.eval()
    views = np.load(scenes / "views.npy")
    own, own_cells = looked(net, views.reshape(-1, *views.shape[2:]))
    seen, cells, right = read(net, scenes, views.shape[1])
    hard = hardest(seen, own, right, views.shape[1])
    pair = Pair()
    optimiser = torch.optim.AdamW(pair.parameters(), RATE, weight_decay=1e-2)
    mean = 0.0
    for step in range(steps):
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, step / 50) * max(0.02, 1 - step / steps)
        with_mark = rng.choice(np.flatnonzero(right >= 0), BATCH)
        without = rng.choice(np.flatnonzero(right < 0), BATCH // 4)
        one = np.concatenate([with_mark, with_mark, without])
        wrong = hard[one[BATCH:], rng.integers(HARD, size=len(one) - BATCH)]
        other = np.concatenate([right[with_mark], wrong])
        told = torch.tensor(np.arange(len(one)) < BATCH).float()
        loss = nn.functional.binary_cross_entropy_with_logits(pair(cells[one].float(), own_cells[other].float()), told)
        optimiser.zero_grad()
        loss.backward()
        optimiser.step()
        mean = 0.98 * mean + 0.02 * loss.item()
        if step % 100 == 99:
            print(step + 1, mean / (1 - 0.98 ** (step + 1)), flush=True)
    torch.save(pair.state_dict(), out)


def read(net: Embedding, folder: Path, turns: int) -> tuple[Tensor, Tensor, np.ndarray]:
    """Numbers and cells of all windows, and the view of each, -1 for those without a mark."""
    seen, cells, right = [], [], []
    for file in sorted(folder.glob("part*.npz"))[-PARTS:]:
        part = np.load(file)
        for name, view in (("scene", part["mark"] * turns + part["turn"]), ("empty", np.full(len(part["empty"]), -1))):
            found, between = looked(net, part[name])
            seen.append(found)
            cells.append(between)
            right.append(view)
    return torch.cat(seen), torch.cat(cells), np.concatenate(right)


PARTS = 12


@torch.no_grad()
def looked(net: Embedding, windows: np.ndarray) -> tuple[Tensor, Tensor]:
    found, between = [], []
    for start in range(0, len(windows), 256):
        batch = np.stack([levelled(window) for window in windows[start : start + 256]])
        with torch.autocast("cpu", torch.bfloat16):
            tensor = torch.from_numpy(batch).permute(0, 3, 1, 2).contiguous(memory_format=torch.channels_last)
            cells = net.trunk(tensor)
            found.append(nn.functional.normalize(net.head(cells).float(), dim=1)[:, :, 0, 0])
        between.append(cells.contiguous().half())
    return torch.cat(found), torch.cat(between)


def hardest(seen: Tensor, own: Tensor, right: np.ndarray, turns: int) -> np.ndarray:
    """Of each window, the views of other marks that it is likest to."""
    found = []
    for start in range(0, len(seen), 1024):
        alike = seen[start : start + 1024] @ own.T
        mark = torch.from_numpy(right[start : start + 1024] // turns)
        alike[torch.arange(own.shape[0])[None] // turns == mark[:, None]] = -1
        found.append(alike.topk(HARD).indices)
    return torch.cat(found).numpy()


if __name__ == "__main__":
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    main(Path(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3]), int(sys.argv[4]), int(sys.argv[5]))
