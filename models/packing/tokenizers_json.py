"""The two tokenizers as Hugging Face `tokenizers` files, so that neither recipe nor server needs another library.

Both see the text between markers only (text/slots.py): slots, marks and line breaks are ids of their own.
"""

from __future__ import annotations

from pathlib import Path

from tokenizers import Tokenizer, decoders, models, pre_tokenizers

SENTENCEPIECE_CONTROL = 3
"""`ModelProto.SentencePiece.Type.CONTROL`: <pad>, <s>, </s>. They cannot be typed."""


def source_tokenizer(minilm_json: Path) -> Tokenizer:
    """MiniLM's uncased WordPiece, without the truncation, padding and [CLS] … [SEP] of its own use."""
    tokenizer = Tokenizer.from_file(str(minilm_json))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    tokenizer.post_processor = None
    return tokenizer


def target_tokenizer(sentencepiece_model: Path) -> Tokenizer:
    """The pieces of a sentencepiece Unigram model; ids are sentencepiece's.

    Equal to sentencepiece for the options of `vocabulary.train_pieces`: identity normaliser, no dummy prefix, spaces
    kept, byte fallback. Control pieces get names that no text holds, because Unigram would match them.
    """
    from sentencepiece import sentencepiece_model_pb2

    proto = sentencepiece_model_pb2.ModelProto()  # type: ignore[attr-defined]  # made by protobuf as it is imported
    proto.ParseFromString(sentencepiece_model.read_bytes())
    pieces = [
        (f"\0{piece.piece}" if piece.type == SENTENCEPIECE_CONTROL else piece.piece, piece.score)
        for piece in proto.pieces
    ]
    unknown = next(i for i, (piece, _) in enumerate(pieces) if piece == "<unk>")
    tokenizer = Tokenizer(models.Unigram(pieces, unk_id=unknown, byte_fallback=True))
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace(replacement="▁", prepend_scheme="never", split=False)
    tokenizer.decoder = decoders.Sequence([decoders.Replace("▁", " "), decoders.ByteFallback(), decoders.Fuse()])
    return tokenizer
