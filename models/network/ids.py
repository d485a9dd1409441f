"""Token ids, as the engine has them (engine/bundle.py): one embedding, source rows first, then target rows.

target row   0..63   slots ⟪0⟫…⟪63⟫, said in both languages
            64..74   tasks: the decoder's first token
            80..83   marks: <seg> and <ttl> (encoder), line break, end
            96..     pieces of the target language (sentencepiece ids)
"""

from __future__ import annotations

from arxiv_gloss.engine.bundle import Ids
from arxiv_gloss.engine.glosser.salience import LABELS as LABELS

STRUCTURED = LABELS[:4]
"""Those that structured summaries have a field for."""
IDS = Ids()
BASE = IDS.base
"""First target row; ids below it are MiniLM's WordPiece."""
SLOTS = IDS.slots
TASK = {name: IDS.task(name) for name in IDS.tasks}
SEG, TTL, NEWLINE, EOS = IDS.segment, IDS.title, IDS.newline, IDS.end
PIECE = IDS.first_piece
"""Id of sentencepiece's piece 0."""
PIECES = 11_000
TARGET_ROWS = PIECE - BASE + PIECES
