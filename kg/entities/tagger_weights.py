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
STEPS = 256  # entries of the activation tables per unit of the argument
REACH = 128  # no argument lies beyond +-REACH (`check_reach`)


@dataclass(frozen=True)
class Layer:
    """Two GRUs, forward and backward (first axis).

    `project` (inputs x 384) and `bias` lead from the inputs to the gates and the candidate, the rest is recurrent. All
    arguments of activations count in `STEPS` per unit, from `-REACH`.
    """

    project: Floats
    bias: Floats
    gates: Floats
    candidate: Floats


@dataclass(frozen=True)
class Weights:
    """The whole network, its vocabulary (token -> id) and its tags: `X-B` of all kinds, `O`, `X-I` of all kinds."""

    embedding: Floats
    layers: tuple[Layer, Layer]
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
    units = np.abs(weights.astype(np.float64)).sum(axis=-2).max() * 2.0 ** (weight_bits + state_bits) * reach
    if units >= 2**24:
        raise ValueError(f"sums of up to {units:.0f} units do not fit the 24 bits of a float32")


def check_reach(layer: Layer, inputs: Floats) -> None:
    """Raise ValueError unless the tables hold every argument that inputs of these absolute values (rows) lead to."""
    for d in range(2):
        recurrent = np.concatenate((np.abs(layer.gates[d]).sum(axis=0), np.abs(layer.candidate[d]).sum(axis=0)))
        most = (inputs @ np.abs(layer.project[d])).max(axis=0) + recurrent
        most += np.abs(layer.bias[d, 0] - np.float32(REACH * STEPS))
        if most.max() >= REACH * STEPS:
            raise ValueError(f"arguments of up to {most.max() / STEPS:.0f} leave the tables")


def load() -> Weights:
    """The network from jieba's wheel. Raises ModuleNotFoundError where there is none."""
    home = folder()
    model = home / "model_baseline"
    tensor = {p.name: read_tensor(p) for p in sorted(model.iterdir())}
    tags = read_dictionary(home / "tag.dic")
    names = sorted(tags, key=lambda t: (t.endswith("-I"), t == "O", tags[t]))
    order = np.array([tags[t] for t in names])
    embedding = on_grid(tensor["word_emb"], EMBEDDING_BITS)
    layers = (_layer(tensor, 0, EMBEDDING_BITS), _layer(tensor, 2, WEIGHT_BITS))
    check_exact(layers[1].project / np.float32(STEPS), weight_bits=WEIGHT_BITS, state_bits=STATE_BITS)
    check_reach(layers[1], np.ones((1, GATES), np.float32))
    emission = on_grid(tensor["fc_4.w_0"][:, order], EMISSION_BITS)
    check_exact(emission, weight_bits=EMISSION_BITS, state_bits=STATE_BITS)
    crf = tensor["crfw"][:, order]
    return Weights(
        embedding=embedding,
        layers=layers,
        emission=emission,
        emission_bias=tensor["fc_4.b_0"][order],
        start=crf[0],
        end=crf[1],
        transitions=crf[2:][order],
        ids=read_dictionary(home / "word.dic"),
        tags=tuple(names),
    )


def _layer(tensor: dict[str, Floats], first: int, project_bits: int) -> Layer:
    numbers = (first, first + 1)
    recurrent = [tensor[f"gru_{i}.w_0"].ravel() for i in numbers]
    gates = np.stack([on_grid(r[: HIDDEN * GATES].reshape(HIDDEN, GATES), WEIGHT_BITS) for r in recurrent])
    candidate = np.stack([on_grid(r[HIDDEN * GATES :].reshape(HIDDEN, HIDDEN), WEIGHT_BITS) for r in recurrent])
    check_exact(gates, weight_bits=WEIGHT_BITS, state_bits=STATE_BITS)
    check_exact(candidate, weight_bits=WEIGHT_BITS, state_bits=CANDIDATE_STATE_BITS)
    bias = np.stack([tensor[f"fc_{i}.b_0"] + tensor[f"gru_{i}.b_0"].ravel() for i in numbers])[:, None]
    scale = np.float32(STEPS)
    # the half step turns the cut to a table index into rounding; REACH lets the indices count from zero
    return Layer(
        project=np.stack([on_grid(tensor[f"fc_{i}.w_0"], project_bits) for i in numbers]) * scale,
        bias=bias * scale + np.float32(REACH * STEPS + 0.5),
        gates=gates * scale,
        candidate=candidate * scale,
    )
