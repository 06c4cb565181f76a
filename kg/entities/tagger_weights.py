"""The weights of Baidu's LAC-small network as jieba's wheel carries them, on grids that make sums exact.

Float sums depend on the order in which a processor adds, so two machines disagree in the last bits, and near-tied tags
turn over. Here every factor of a matrix product is a multiple of a power of two, few enough bits wide that no product
and no partial sum needs rounding: all orders of adding give the same bits (`check_exact` proves it for the weights at
load). What is left is element-wise IEEE arithmetic and table look-up, which are the same everywhere.

Layout and network: PaddlePaddle LoDTensor files, `jieba/lac_small/nets.py` (jieba 0.42.1, MIT; network Apache-2.0).
"""

from __future__ import annotations

import importlib.util
import struct
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]
    Indices = NDArray[np.intp]

HIDDEN = 128
GATES = 2 * HIDDEN  # update and reset gate side by side
STATE_BITS = 10  # hidden states are multiples of 2**-10
CANDIDATE_STATE_BITS = 9  # reset gate times state, as the candidate's product sees it
WEIGHT_BITS = 9
EMISSION_BITS = 8
EMBEDDING_BITS = 16  # embedding and its projection are multiplied in float64, which has bits to spare
STEPS = 512  # entries of the activation tables per unit of the argument
REACH = 8.0  # arguments beyond +-8 count as +-8; tanh and sigmoid are flat there


@dataclass(frozen=True)
class Direction:
    """One GRU: `project` (inputs x 384) and `bias` lead to the gates and the candidate, the rest is recurrent."""

    project: Floats
    bias: Floats
    gates: Floats
    candidate: Floats


@dataclass(frozen=True)
class Weights:
    """`layers[i]` is the (forward, backward) pair. All arguments of activations count in `STEPS` per unit."""

    embedding: Floats
    layers: tuple[tuple[Direction, Direction], tuple[Direction, Direction]]
    emission: Floats
    emission_bias: Floats
    start: Floats
    end: Floats
    transitions: Floats
    ids: dict[str, int]
    tags: tuple[str, ...]


def folder() -> Path:
    """The `lac_small` folder of the installed jieba, found without importing jieba (which would load its dictionary).

    Raises ModuleNotFoundError where jieba is not installed or has no network (before 0.42).
    """
    spec = importlib.util.find_spec("jieba")
    if spec is None or spec.origin is None:
        raise ModuleNotFoundError("jieba is not installed; the tagger reads its network from there", name="jieba")
    path = Path(spec.origin).parent / "lac_small"
    if not (path / "model_baseline").is_dir():
        raise ModuleNotFoundError(f"no LAC network in {path}; jieba 0.42.1 has it", name="jieba")
    return path


def read_tensor(path: Path) -> Floats:
    """One LoDTensor file as an array. Raises ValueError where the file is not float32 or not as long as it says."""
    data = path.read_bytes()
    at = 4
    (levels,) = struct.unpack_from("<Q", data, at)
    at += 8
    for _ in range(levels):
        (size,) = struct.unpack_from("<Q", data, at)
        at += 8 + size
    (size,) = struct.unpack_from("<i", data, at + 4)
    at += 8
    kind, shape = _describe(data[at : at + size])
    if kind != 5:
        raise ValueError(f"{path}: tensor type {kind}, expected 5 (float32)")
    return np.frombuffer(data, "<f4", offset=at + size).reshape(shape)


def _describe(message: bytes) -> tuple[int, list[int]]:
    """The type and the dimensions in a protobuf TensorDesc (fields 1 and 2, both varints)."""
    kind, shape = 0, []
    values = _varints(message)
    for key, value in zip(values[::2], values[1::2], strict=True):
        if key >> 3 == 1:
            kind = value
        else:
            shape.append(value)
    return kind, shape


def _varints(message: bytes) -> list[int]:
    values, value, shift = [], 0, 0
    for byte in message:
        value |= (byte & 0x7F) << shift
        shift += 7
        if byte < 0x80:
            values.append(value)
            value = shift = 0
    return values


def read_dictionary(path: Path) -> dict[str, int]:
    """`id TAB token` lines as token -> id."""
    lines = path.read_text(encoding="utf-8").split("\n")
    return {token: int(number) for number, _, token in (line.partition("\t") for line in lines) if token}


def on_grid(values: Floats, bits: int) -> Floats:
    """Every value rounded to the nearest multiple of 2**-bits."""
    scale = 2.0**bits
    return (np.rint(values.astype(np.float64) * scale) / scale).astype(np.float32)


def check_exact(weights: Floats, *, weight_bits: int, state_bits: int, reach: float = 1.0) -> None:
    """Raise ValueError unless states in [-reach, reach] times `weights` can be summed in float32 without rounding."""
    units = np.abs(weights.astype(np.float64)).sum(axis=0).max() * 2.0 ** (weight_bits + state_bits) * reach
    if units >= 2**24:
        raise ValueError(f"sums of up to {units:.0f} units do not fit the 24 bits of a float32")


def load() -> Weights:
    """The network from jieba's wheel. Raises ModuleNotFoundError where there is none."""
    home = folder()
    model = home / "model_baseline"
    tensor = {p.name: read_tensor(p) for p in sorted(model.iterdir())}
    tags = read_dictionary(home / "tag.dic")
    directions = [_direction(tensor, i) for i in range(4)]
    emission = on_grid(tensor["fc_4.w_0"], EMISSION_BITS)
    check_exact(emission, weight_bits=EMISSION_BITS, state_bits=STATE_BITS)
    crf = tensor["crfw"]
    return Weights(
        embedding=on_grid(tensor["word_emb"], EMBEDDING_BITS),
        layers=((directions[0], directions[1]), (directions[2], directions[3])),
        emission=emission,
        emission_bias=tensor["fc_4.b_0"],
        start=crf[0],
        end=crf[1],
        transitions=crf[2:],
        ids=read_dictionary(home / "word.dic"),
        tags=tuple(sorted(tags, key=tags.__getitem__)),
    )


def _direction(tensor: dict[str, Floats], i: int) -> Direction:
    recurrent = tensor[f"gru_{i}.w_0"].ravel()
    gates = on_grid(recurrent[: HIDDEN * GATES].reshape(HIDDEN, GATES), WEIGHT_BITS)
    candidate = on_grid(recurrent[HIDDEN * GATES :].reshape(HIDDEN, HIDDEN), WEIGHT_BITS)
    bits = EMBEDDING_BITS if i < 2 else WEIGHT_BITS
    project = on_grid(tensor[f"fc_{i}.w_0"], bits)
    if i >= 2:
        check_exact(project, weight_bits=WEIGHT_BITS, state_bits=STATE_BITS)
    check_exact(gates, weight_bits=WEIGHT_BITS, state_bits=STATE_BITS)
    check_exact(candidate, weight_bits=WEIGHT_BITS, state_bits=CANDIDATE_STATE_BITS)
    bias = tensor[f"fc_{i}.b_0"] + tensor[f"gru_{i}.b_0"].ravel()
    # the half step turns the cut to a table index into rounding, and REACH makes the index count from zero
    return Direction(
        project=project * np.float32(STEPS),
        bias=bias * np.float32(STEPS) + np.float32(REACH * STEPS + 0.5),
        gates=gates * np.float32(STEPS),
        candidate=candidate * np.float32(STEPS),
    )
