"""Trains the embedding: `train.py SCENES OUT MINUTES SEED`.

A scene must be nearest to the view of its own mark among all of the batch, and a view nearest to its own scene among
all scenes and windows without marks (InfoNCE both ways). Turning or mirroring all of a batch makes other marks of them.
"""

from __future__ import annotations

import sys
import time
from pathlib import Path

import cv2
import numpy as np
import torch
from network import Embedding
from scenes import levelled
from torch import Tensor, nn

BATCH, EMPTY = 128, 64
RATE, DECAY = 2e-3, 1e-4


def main(scenes: Path, out: Path, minutes: float, seed: int) -> None:
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    net = Embedding().to(memory_format=torch.channels_last)
    heat = nn.Parameter(torch.tensor(2.7))
    optimiser = torch.optim.AdamW([*net.parameters(), heat], RATE, weight_decay=DECAY)
    views, pool = np.load(scenes / "views.npy"), Pool(scenes)
    begun, step, means = time.time(), 0, np.zeros(3)
    while (done := (time.time() - begun) / (60 * minutes)) < 1:
        if step % 20 == 0:
            pool.read_on()
        for group in optimiser.param_groups:
            group["lr"] = RATE * min(1.0, step / 60) * max(0.02, min(1.0, 1.25 * (1 - done)))
        seen, own, blank = pool.batch(views, rng)
        with torch.autocast("cpu", torch.bfloat16):
            every = net(torch.cat([seen, own, blank]))
        found, wanted, nothing = every.float().split([len(seen), len(own), len(blank)])
        loss, right = contrast(found, wanted, nothing, heat.clamp(max=4.0).exp())
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(net.parameters(), 2.0)
        optimiser.step()
        step += 1
        means = 0.97 * means + 0.03 * np.array([loss.item(), right, heat.item()])
        if step % 50 == 0:
            print(step, round(60 * minutes * done), means / (1 - 0.97**step), len(pool.scene), flush=True)
    torch.save(net.state_dict(), out)


def contrast(found: Tensor, wanted: Tensor, nothing: Tensor, heat: Tensor) -> tuple[Tensor, float]:
    alike = heat * found @ wanted.T
    other = heat * nothing @ wanted.T
    own = torch.arange(len(found))
    loss = nn.functional.cross_entropy(alike, own) + nn.functional.cross_entropy(torch.cat([alike, other]).T, own)
    return loss / 2, (alike.argmax(1) == own).float().mean().item()


class Pool:
    """The scenes drawn so far."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.read = folder, 0
        self.scene: list[np.ndarray] = []
        self.mark: list[int] = []
        self.turn: list[int] = []
        self.empty: list[np.ndarray] = []
        self.order: list[int] = []

    def read_on(self) -> None:
        while (self.folder / f"part{self.read + 1:03}.npz").exists() or not self.read:
            part = np.load(self.folder / f"part{self.read:03}.npz")
            self.order += range(len(self.mark), len(self.mark) + len(part["mark"]))
            self.scene += list(part["scene"])
            self.empty += list(part["empty"])
            self.mark += part["mark"].tolist()
            self.turn += part["turn"].tolist()
            self.read += 1

    def batch(self, views: np.ndarray, rng: np.random.Generator) -> tuple[Tensor, Tensor, Tensor]:
        chosen, marks = [], set()
        while len(chosen) < BATCH:
            index = int(rng.integers(len(self.mark)))
            if self.mark[index] not in marks:
                marks.add(self.mark[index])
                chosen.append(index)
        seen = recoloured(np.stack([self.scene[i] for i in chosen]), rng)
        own = np.stack([views[self.mark[i], self.turn[i]] for i in chosen])
        blank = np.stack([self.empty[int(i)] for i in rng.integers(len(self.empty), size=EMPTY)])
        quarter, mirror = int(rng.choice([0, 0, 0, 1, 2, 3])), rng.random() < 0.5
        return tuple(turned(part, quarter, mirror) for part in (seen, own, blank))  # type: ignore[return-value]


def recoloured(windows: np.ndarray, rng: np.random.Generator) -> np.ndarray:
    """Channels changed about, some inverted."""
    windows = windows[..., rng.permutation(3)] if rng.random() < 0.5 else windows
    return np.where(rng.random((len(windows), 1, 1, 1)) < 0.25, 255 - windows, windows)


def turned(windows: np.ndarray, quarter: int, mirror: bool) -> Tensor:
    windows = np.rot90(windows, quarter, (1, 2))
    windows = windows[:, :, ::-1] if mirror else windows
    tensor = torch.from_numpy(np.stack([levelled(window) for window in windows])).permute(0, 3, 1, 2)
    return tensor.contiguous(memory_format=torch.channels_last)


if __name__ == "__main__":
    torch.set_num_threads(1)
    cv2.setNumThreads(1)
    main(Path(sys.argv[1]), Path(sys.argv[2]), float(sys.argv[3]), int(sys.argv[4]))
