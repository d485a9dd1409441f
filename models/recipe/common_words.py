"""Words that abstracts write in small letters: what begins with a capital and is none of them is a name.

    python -m models.recipe.common_words --corpus DIR > server/arxiv_gloss/text/tables/common_words.txt

Counted in the abstracts of `english.fields.jsonl.xz` (arXiv's metadata, CC0): words of at least three letters, seen at
least LEAST times in small letters, and more often so than with a capital inside a sentence.
"""

from __future__ import annotations

import argparse
import json
import lzma
import re
from collections import Counter
from pathlib import Path

from .workfolder import add_corpus

_LEAST = 6
_SMALL = re.compile(r"(?<![\w\\$^_{}.-])[a-z]{3,}(?![\w\\$^_{}])")
_CAPITAL = re.compile(r"(?<=[a-z,] )[A-Z][a-z]{2,}(?![\w\\$^_{}])")


def common_words(path: Path) -> list[str]:
    small: Counter[str] = Counter()
    capital: Counter[str] = Counter()
    with lzma.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            abstract = json.loads(line)["abstract"]
            small.update(_SMALL.findall(abstract))
            capital.update(word.lower() for word in _CAPITAL.findall(abstract))
    return sorted(word for word, count in small.items() if count >= _LEAST and count > capital[word])


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    add_corpus(parser)
    args = parser.parse_args()
    print("# Words that abstracts (arXiv's metadata, CC0) write in small letters; by models/recipe/common_words.py.")
    print("\n".join(common_words(args.corpus / "english.fields.jsonl.xz")))


if __name__ == "__main__":
    main()
