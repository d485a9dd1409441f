"""The lexicon that claims are checked with: which Chinese goes with which English word.

    python -m models.recipe.words --corpus DIR [--output FILE]

Counted from the aligned sentences of good translations (sentences.train.jsonl.xz). Of good takeaways of dev 1.9 % are
held back with all of them, 2.9 % with the first 60,000 (tests/benchmarks/trust.py).
"""

from __future__ import annotations

import json
import lzma
from pathlib import Path

from arxiv_gloss.text.terms.lexicon import count_lexicon, write_lexicon

from .workfolder import add_corpus, stage_parser

_OUTPUT = Path("server/arxiv_gloss/text/tables/lexicon.tsv")
_HEAD = """\
# Character pairs that go with an English word, counted by models/recipe/words.py, the best eight of each.
# From translations of xmkxabc/InsightArxiv, daily-arXiv-ai-enhanced and hf-daily-paper-newsletter-chinese (Apache-2.0),
# of daily-paper-reader (MIT, (c) ziwenhahaha) and of Kedreamix (CC BY 4.0).
"""


def main() -> None:
    parser = stage_parser(__doc__)
    add_corpus(parser)
    parser.add_argument("--output", type=Path, default=_OUTPUT)
    args = parser.parse_args()
    with lzma.open(args.corpus / "sentences.train.jsonl.xz", "rt", encoding="utf-8") as lines:
        pairs = [(row["en"], row["zh"]) for row in map(json.loads, lines)]
    lexicon = count_lexicon(pairs)
    args.output.write_text(_HEAD + write_lexicon(lexicon), encoding="utf-8")
    print(f"{len(lexicon)} words from {len(pairs)} sentences")


if __name__ == "__main__":
    main()
