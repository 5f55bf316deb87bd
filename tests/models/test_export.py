"""The export: int8 where it stands for the reference, else fp32, and a line that says so."""

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tokenizers import Tokenizer

from bot.errors import BotError
from bot.models.encoder import Encoder
from bot.models.export import (
    Sample,
    encoder_objection,
    export_encoder,
    export_reranker,
    rank_correlation,
    shared_nearest,
)
from bot.models.onnx import (
    EMBEDDINGS,
    GRAPH,
    TOKENIZER,
    WEIGHTS,
    Embeddings,
    ModelCard,
    OnnxModel,
    with_vocabulary_of,
)
from bot.models.reference import ReferenceEncoder, ReferenceReranker
from bot.models.reranker import Reranker
from bot.models.weights import Source, locate

WORDS = ["where", "who", "study", "work", "bank", "river", "python", "school", "paid", "left"]
PASSAGES = [f"{a} {b}" for a in WORDS for b in WORDS if a != b][::4]
SAMPLE = Sample(questions=[f"{a} ?" for a in WORDS], passages=PASSAGES)


def save_cross_encoder(folder: Path, outlier: float) -> None:
    """A small cross-encoder with random weights, as sentence-transformers saves one.

    One channel of the activations is `outlier` times as large as the rest, which is what makes
    int8 lose the rest (Dettmers et al. 2022).
    """
    import torch
    from sentence_transformers import CrossEncoder
    from transformers import BertConfig, BertForSequenceClassification, BertTokenizer

    folder.mkdir()
    special = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]", "?"]
    (folder / "vocab.txt").write_text("\n".join([*special, *WORDS]), encoding="utf-8")
    torch.manual_seed(0)
    config = BertConfig(
        vocab_size=len(special) + len(WORDS),
        hidden_size=32,
        num_hidden_layers=2,
        num_attention_heads=4,
        intermediate_size=64,
        max_position_embeddings=64,
        initializer_range=0.3,
    )
    config.num_labels = 1
    model: Any = BertForSequenceClassification(config)
    with torch.no_grad():
        for layer in model.bert.encoder.layer:
            layer.attention.output.LayerNorm.weight[0] *= outlier
    model.save_pretrained(folder)
    BertTokenizer(vocab=str(folder / "vocab.txt")).save_pretrained(folder)
    CrossEncoder(str(folder), device="cpu").save_pretrained(str(folder))


@pytest.fixture(scope="module")
def encoder() -> ReferenceEncoder:
    return ReferenceEncoder(locate("all-MiniLM-L6-v2"))


def exported_reranker(tmp_path: Path, outlier: float) -> tuple[Path, list[str]]:
    said: list[str] = []
    save_cross_encoder(tmp_path / "model", outlier)
    to = tmp_path / "exported"
    to.mkdir()
    reference = ReferenceReranker(Source("tiny", tmp_path / "model"))
    export_reranker(reference, "tiny", "0" * 64, SAMPLE, to, said.append)
    return to, said


def test_a_cross_encoder_is_exported_in_int8(tmp_path: Path) -> None:
    to, said = exported_reranker(tmp_path, outlier=1)
    assert said == []
    assert ModelCard.load(to).precision == "int8"
    reference = ReferenceReranker(Source("tiny", tmp_path / "model"))
    exported = Reranker(OnnxModel(to))
    for question in SAMPLE.questions[:3]:
        scores = reference.scores(question, PASSAGES)
        assert rank_correlation(scores, exported.scores(question, PASSAGES)) > 0.9


def test_a_cross_encoder_that_int8_ranks_otherwise_is_kept_in_fp32(tmp_path: Path) -> None:
    to, said = exported_reranker(tmp_path, outlier=3000)
    assert len(said) == 1
    assert said[0].startswith("tiny: kept in fp32, since of int8 mean rank correlation")
    assert ModelCard.load(to).precision == "fp32"
    reference = ReferenceReranker(Source("tiny", tmp_path / "model"))
    scores = reference.scores("where ?", PASSAGES)
    assert Reranker(OnnxModel(to)).scores("where ?", PASSAGES) == pytest.approx(scores, abs=1e-3)


def test_an_encoder_that_int8_changes_is_kept_in_fp32(
    tmp_path: Path, encoder: ReferenceEncoder, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onnxruntime import quantization

    quantise = quantization.quantize_dynamic

    def spoil(full: Path, to: Path, **options: Any) -> None:
        """Quantise a model whose embeddings were lost."""
        import onnx

        model = onnx.load(str(full))
        table = max(model.graph.initializer, key=lambda tensor: len(tensor.raw_data))
        table.raw_data = bytes(len(table.raw_data))
        spoiled = to.with_suffix(".spoiled")
        onnx.save(model, str(spoiled))
        quantise(spoiled, to, **options)

    monkeypatch.setattr(quantization, "quantize_dynamic", spoil)
    said: list[str] = []
    export_encoder(encoder, "MiniLM", "0" * 64, SAMPLE, tmp_path, said.append)
    assert len(said) == 1
    assert said[0].startswith("MiniLM: kept in fp32, since of int8 mean cosine to the reference")
    assert ModelCard.load(tmp_path).precision == "fp32"
    exported = Encoder(OnnxModel(tmp_path)).passages(PASSAGES)
    assert (exported * encoder.passages(PASSAGES)).sum(axis=1).min() > 0.9999


def test_a_quantisation_that_fails_leaves_fp32(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from onnxruntime import quantization

    def fail(*_: Any, **__: Any) -> None:
        raise RuntimeError

    monkeypatch.setattr(quantization, "quantize_dynamic", fail)
    to, said = exported_reranker(tmp_path, outlier=1)
    assert said == ["tiny: kept in fp32, since of int8 it can't be made (RuntimeError)"]
    assert ModelCard.load(to).precision == "fp32"
    assert Reranker(OnnxModel(to)).scores("where ?", PASSAGES).shape == (len(PASSAGES),)


def test_a_folder_without_a_model_is_refused(tmp_path: Path) -> None:
    with pytest.raises(BotError, match=r"reranker 'mine': .* can't be loaded") as caught:
        ReferenceReranker(Source("mine", tmp_path))
    assert "\n" not in str(caught.value)


def test_the_shipped_encoder_agrees_with_its_reference(
    models: Path, encoder: ReferenceEncoder
) -> None:
    exported = Encoder(OnnxModel(next(models.glob("encoder-*"))))
    assert exported.model.card.precision == "int8"
    assert encoder_objection(encoder, exported, SAMPLE) is None


def test_weights_are_in_a_file_of_their_own(models: Path) -> None:
    """So that they are mapped into memory, where several processes share them."""
    for graph in models.glob("*/model.onnx"):
        assert graph.stat().st_size < 1_000_000 < (graph.parent / WEIGHTS).stat().st_size


def test_embeddings_are_no_weights(models: Path) -> None:
    """So that they aren't mapped into memory."""
    for table in models.glob("*/*.npy"):
        assert table.name == EMBEDDINGS
        weights = (table.parent / WEIGHTS).read_bytes()
        assert np.load(table, mmap_mode="r")[1000].tobytes() not in weights
    assert len(list(models.glob("*/*.npy"))) == 2


@pytest.mark.parametrize("kind", ["int8", "float32"])
def test_embeddings_are_read_from_their_file(tmp_path: Path, kind: str) -> None:
    table = np.arange(70, dtype=kind).reshape(10, 7)
    np.save(tmp_path / EMBEDDINGS, table)
    embeddings = Embeddings(tmp_path / EMBEDDINGS)
    (tmp_path / EMBEDDINGS).unlink()  # as a build may do with the models of two builds before
    tokens = [9, 0, 3, 3]
    rows = embeddings.rows(tokens)
    assert rows.dtype == table.dtype
    assert rows.tolist() == table[tokens].tolist()
    with pytest.raises(ValueError, match="reshape"):
        embeddings.rows([9, 10])  # no such token


def test_models_with_the_same_tokenizer_share_its_vocabulary(models: Path) -> None:
    folders = [next(models.glob(f"{role}-*")) for role in ("encoder", "reranker")]
    first, second = (Tokenizer.from_file(str(folder / TOKENIZER)) for folder in folders)
    assert first.to_str() == second.to_str()
    other = with_vocabulary_of(first)
    first.model.max_input_chars_per_word = 7
    assert other.model.max_input_chars_per_word == 7
    assert second.model.max_input_chars_per_word == 100


def test_what_models_share_changes_no_output(models: Path) -> None:
    folder = next(models.glob("reranker-*"))
    encoder, with_own = OnnxModel(next(models.glob("encoder-*"))), OnnxModel(folder)
    long = "paid " * 600
    before = encoder.run([long])
    sharing = OnnxModel(folder, like=encoder)
    passages = ["river", long, "Ünïcode, e-mail [CLS] 广州"]
    for question in ["who left ?", "work " * 300, "[SEP] Zürich [MASK]"]:
        expected = with_own.run_pairs(question, passages)
        assert (sharing.run_pairs(question, passages) == expected).all()
    assert (encoder.run([long]) == before).all()  # each truncates to its own length


def test_an_output_does_not_depend_on_its_neighbours(models: Path) -> None:
    encoder = Encoder(OnnxModel(next(models.glob("encoder-*"))))
    long = "work " * 200
    assert (encoder.passages(["paid", long])[0] == encoder.passages(["paid"])[0]).all()
    reranker = Reranker(OnnxModel(next(models.glob("reranker-*"))))
    alone = reranker.scores("who left ?", ["river"])[0]
    assert reranker.scores("who left ?", [long, "river"])[1] == alone


def test_shared_nearest_counts_the_ten_highest() -> None:
    scores = np.arange(40, dtype=np.float32).reshape(2, 20)
    assert shared_nearest(scores, scores) == 1
    assert shared_nearest(scores, -scores) == 0
    half = scores[:, [*range(5, 20), *range(5)]]
    assert shared_nearest(scores, half) == 0.5


def test_rank_correlation_is_spearmans() -> None:
    scores = np.array([3, 1, 2, 5, 4], dtype=np.float32)
    assert rank_correlation(scores, scores**3) == 1
    assert rank_correlation(scores, -scores) == -1
    swapped = np.array([3, 2, 1, 5, 4], dtype=np.float32)
    assert rank_correlation(scores, swapped) == pytest.approx(1 - 6 * 2 / (5 * 24))


@pytest.mark.parametrize("slow", ["IsNaN", "SkipLayerNormalization"])
def test_no_layer_is_exported_that_has_a_faster_equal(models: Path, slow: str) -> None:
    import onnx

    for role in ("encoder", "reranker"):
        graph = onnx.load(next(models.glob(f"{role}-*")) / GRAPH, load_external_data=False).graph
        assert not [node.name for node in graph.node if node.op_type == slow]
