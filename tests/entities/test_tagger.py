"""The tagger: what it finds, that offsets hold, that batches change nothing, and that all processors agree."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kg.entities.tagger import tag, words
from kg.entities.tagger_network import Network
from kg.entities.tagger_packing import pack
from kg.entities.tagger_text import LONGEST, Speller, cuts
from kg.entities.tagger_viterbi import NAMES, twins
from kg.entities.tagger_weights import (
    STATE_BITS,
    WEIGHT_BITS,
    check_exact,
    check_reach,
    folder,
    load,
    on_grid,
    read_dictionary,
    read_tensor,
)

SENTENCES = [
    "据新华社报道,中国工程院院士李国杰近日在北京表示,国产大模型的性能正在接近国际先进水平。",
    "王小明毕业于清华大学计算机系,现任上海人工智能实验室研究员。",
    "美国总统特朗普在白宫会见了苹果公司首席执行官蒂姆·库克。",
    "他说,深度学习需要大量数据;“没有数据,就没有智能。”",
    "2024年12月,该模型在 GitHub 上开源,训练成本约 557 万美元。",
]
# the bits of the emissions for SENTENCES; another processor or BLAS must give the same
FINGERPRINT = "aa6b94cdacda110c2c104f45913319e0330f7f09cf8558815859a99145792cd1"

NAMED = [
    ("<PER 李国杰>是<ORG 中国工程院>院士。", 0.0),
    ("<PER 王小明>任<ORG 清华大学>校长。", 1.0),
    ("<PER 马斯克>昨天去了<LOC 北京>。", 1.0),
    ("会议由<PER 张伟> 主持。", 1.0),
    ("价格比去年便宜了一半。", 0.0),
]


@pytest.mark.parametrize(("noted", "margin"), NAMED)
def test_names(noted: str, margin: float) -> None:
    text, expected = "", []
    for part in noted.replace(">", "<").split("<"):
        label, _, name = part.partition(" ")
        if label in NAMES:
            expected.append((len(text), len(text) + len(name), label))
            text += name
        else:
            text += part
    found = [s for s in tag([text])[0] if s.margin >= margin]
    assert [(s.start, s.end, s.label) for s in found] == expected


def test_offsets_survive_space_beside_chinese_and_line_breaks() -> None:
    text = "  主持人 是\n 李国杰 院士 。"
    assert [(text[s.start : s.end], s.label) for s in tag([text])[0]] == [("李国杰", "PER")]


def test_words_have_parts_of_speech() -> None:
    text = "他去了北京"
    found = [(text[w.start : w.end], w.tag) for w in words([text])[0]]
    assert found == [("他", "r"), ("去", "v"), ("了", "u"), ("北京", "LOC")]


def test_nothing_in_nothing_out() -> None:
    assert tag([]) == []
    assert tag(["", " \n "]) == [(), ()]


text_like = st.text(st.sampled_from("李国杰在北京表示,清华大学。GPT-4o 说“好”!\n\U00020000"), max_size=260)


@settings(max_examples=40, deadline=None)
@given(st.lists(text_like, max_size=6))
def test_a_batch_gives_what_each_text_alone_gives(texts: list[str]) -> None:
    assert tag(texts) == [tag([t])[0] for t in texts]


@settings(max_examples=40, deadline=None)
@given(text_like)
def test_words_cover_the_text_in_order(text: str) -> None:
    found = words([text])[0]
    assert all(a.end <= b.start for a, b in zip(found, found[1:], strict=False))
    assert all(0 <= w.start < w.end <= len(text) for w in found)
    covered = "".join(text[w.start : w.end] for w in found)
    assert "".join(covered.split()) == "".join(text.split())


@given(st.text(st.sampled_from("字。,!?\n ”A"), max_size=700))
def test_cuts_leave_out_only_space(text: str) -> None:
    spans = cuts(text)
    assert all(0 < e - s <= LONGEST for s, e in spans)
    assert all(a[1] <= b[0] for a, b in zip(spans, spans[1:], strict=False))
    assert "".join("".join(text[s:e] for s, e in spans).split()) == "".join(text.split())


@given(st.lists(st.integers(1, 9), min_size=1, max_size=12))
def test_packing_is_a_permutation_that_unpacks(lengths: list[int]) -> None:
    packing = pack(np.array(sorted(lengths, reverse=True)))
    total = sum(lengths)
    assert sorted(packing.flat.tolist()) == list(range(total))
    assert (packing.turn[packing.turn] == np.arange(total)).all()
    assert np.concatenate(packing.unpack(packing.flat)).tolist() == list(range(total))


def reference(ids: np.ndarray) -> np.ndarray:
    """The network as it was trained: plain float32, one sequence, no tricks. The best tags by number in `tag.dic`."""
    tensor = {p.name: read_tensor(p) for p in (folder() / "model_baseline").iterdir()}
    x = tensor["word_emb"][ids]
    for layer in (0, 2):
        x = np.hstack((_reference_gru(x, tensor, layer), _reference_gru(x[::-1], tensor, layer + 1)[::-1]))
    emissions = x @ tensor["fc_4.w_0"] + tensor["fc_4.b_0"]
    start, end, transitions = tensor["crfw"][0], tensor["crfw"][1], tensor["crfw"][2:]
    score, back = start + emissions[0], []
    for emission in emissions[1:]:
        paths = score[:, None] + transitions
        back.append(paths.argmax(axis=0))
        score = paths.max(axis=0) + emission
    best = [int((score + end).argmax())]
    for step in reversed(back):
        best.append(int(step[best[-1]]))
    return np.array(best[::-1])


def _reference_gru(x: np.ndarray, tensor: dict[str, np.ndarray], i: int) -> np.ndarray:
    x = x @ tensor[f"fc_{i}.w_0"] + tensor[f"fc_{i}.b_0"] + tensor[f"gru_{i}.b_0"].ravel()
    weights = tensor[f"gru_{i}.w_0"].ravel()
    gates, candidate = weights[: 128 * 256].reshape(128, 256), weights[128 * 256 :].reshape(128, 128)
    h, states = np.zeros(128, np.float32), []
    for row in x:
        update, reset = np.split(1 / (1 + np.exp(-(row[:256] + h @ gates))), 2)
        h = h + update * (np.tanh(row[256:] + (reset * h) @ candidate) - h)
        states.append(h)
    return np.array(states)


def test_the_grids_change_hardly_a_tag() -> None:
    weights = load()
    number = read_dictionary(folder() / "tag.dic")
    pieces = [p.ids for i, s in enumerate(SENTENCES) for p in Speller(weights.ids).pieces(i, s)]
    ours = [[number[weights.tags[t]] for t in d.tags] for d in Network(weights).decode(pieces)]
    differ = sum((np.array(a) != reference(b)).sum() for a, b in zip(ours, pieces, strict=True))
    assert differ <= 1, f"{differ} of {sum(map(len, pieces))} characters"


def test_sums_that_could_be_rounded_are_refused() -> None:
    wide = on_grid(np.full((128, 4), 1.0, np.float32), WEIGHT_BITS)
    with pytest.raises(ValueError, match="24 bits"):
        check_exact(wide, weight_bits=WEIGHT_BITS, state_bits=STATE_BITS)


def test_no_character_leaves_the_activation_tables() -> None:
    weights = load()
    check_reach(weights.layers[0], np.abs(weights.embedding))
    with pytest.raises(ValueError, match="leave the tables"):
        check_reach(weights.layers[0], np.abs(weights.embedding) * 4)


def test_names_have_twins() -> None:
    tags = load().tags
    twin = twins(tags)
    assert (twin[twin] == np.arange(len(tags))).all()
    assert tags[twin[tags.index("PER-I")]] == "nr-I"
    assert tags[twin[tags.index("v-B")]] == "v-B"


def fingerprint() -> str:
    weights = load()
    network = Network(weights)
    pieces = [p.ids for i, s in enumerate(SENTENCES) for p in Speller(weights.ids).pieces(i, s)]
    lengths = sorted(range(len(pieces)), key=lambda i: -len(pieces[i]))
    packing = pack(np.array([len(pieces[i]) for i in lengths]))
    ids = np.concatenate([pieces[i] for i in lengths])[packing.flat]
    return hashlib.sha256(network._emissions(ids, packing).tobytes()).hexdigest()


@pytest.mark.parametrize("core", ["", "Prescott", "Nehalem", "Haswell", "SkylakeX"])
def test_all_processors_give_the_same_bits(core: str) -> None:
    """OpenBLAS takes another kernel, with another order of adding, for each processor type."""
    here = str(Path(__file__).parent)
    code = f"import sys; sys.path.insert(0, {here!r}); import test_tagger; print(test_tagger.fingerprint())"
    environment = os.environ | ({"OPENBLAS_CORETYPE": core} if core else {})
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == FINGERPRINT


def test_the_tagger_loads_only_when_used() -> None:
    code = (
        "import sys; import kg.entities.tagger as t; assert 'numpy' not in sys.modules;"
        "assert t.tag(['李国杰在北京。']); assert 'jieba' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)
