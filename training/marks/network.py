"""The network: from a window of 79 pixels to 64 numbers, and from a whole picture to such for every eighth pixel.

No layer pads, so that a window says the same alone and as a part of a picture.
"""

from __future__ import annotations

import sys

import torch
from torch import Tensor, nn

SIZE = 64


def block(before: int, after: int, kernel: int, stride: int = 1) -> nn.Sequential:
    conv = nn.Conv2d(before, after, kernel, stride, bias=False)
    return nn.Sequential(conv, nn.BatchNorm2d(after), nn.ReLU(inplace=True))


class Embedding(nn.Module):
    def __init__(self) -> None:
        super().__init__()
        self.trunk = nn.Sequential(
            block(3, 32, 3, 2),
            block(32, 48, 3, 2),
            block(48, 48, 1),
            block(48, 96, 3, 2),
            block(96, 96, 1),
            block(96, 96, 3),
            block(96, 40, 1),
        )
        self.head = nn.Conv2d(40, SIZE, 7)

    def plane(self, image: Tensor) -> Tensor:
        """(n, 3, height, width), levelled, to (n, SIZE, rows, columns), each place of length 1."""
        return nn.functional.normalize(self.head(self.trunk(image)), dim=1)

    def forward(self, image: Tensor) -> Tensor:
        return self.plane(image)[:, :, 0, 0]


class Pair(nn.Module):
    """Do these two windows, as the embedding's cells (n, 40, 7, 7), show one mark? A logit."""

    def __init__(self, width: int = 64) -> None:
        super().__init__()
        self.compare = nn.Sequential(nn.Conv2d(120, width, 1), nn.ReLU(), nn.Conv2d(width, width, 3), nn.ReLU())
        self.judge = nn.Sequential(
            nn.Flatten(), nn.Dropout(0.3), nn.Linear(25 * width, width), nn.ReLU(), nn.Linear(width, 1)
        )

    def forward(self, one: Tensor, other: Tensor) -> Tensor:
        a, b = (nn.functional.normalize(cells, dim=1) for cells in (one, other))
        return self.judge(self.compare(torch.cat([(a - b).abs(), a * b, b], 1)))[:, 0]


class Exported(Embedding):
    """As it is shipped: the numbers of each place, and the cells that they were made from."""

    def forward(self, image: Tensor) -> tuple[Tensor, Tensor]:  # type: ignore[override]
        cells = self.trunk(image)
        return nn.functional.normalize(self.head(cells), dim=1), cells


def exported(weights: str, out: str) -> None:
    net = Exported()
    net.load_state_dict(torch.load(weights))
    net.eval()
    axes = {0: "n", 2: "rows", 3: "columns"}
    torch.onnx.export(
        net,
        (torch.zeros(1, 3, 160, 160),),
        out,
        input_names=["image"],
        output_names=["places", "cells"],
        dynamic_axes={"image": axes, "places": axes, "cells": axes},
        opset_version=17,
        dynamo=False,
    )


def exported_pair(weights: str, out: str) -> None:
    net = Pair()
    net.load_state_dict(torch.load(weights))
    net.eval()
    cells, axes = torch.zeros(2, 40, 7, 7), {0: "n"}
    names = {"input_names": ["one", "other"], "output_names": ["logit"]}
    torch.onnx.export(
        net,
        (cells, cells),
        out,
        **names,
        dynamic_axes={"one": axes, "other": axes, "logit": axes},
        opset_version=17,
        dynamo=False,
    )


if __name__ == "__main__":
    {"embedding": exported, "pair": exported_pair}[sys.argv[1]](sys.argv[2], sys.argv[3])
