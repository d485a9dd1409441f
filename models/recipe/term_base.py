"""The written terms -> the trie that the server looks them up in.

    python -m models.recipe.term_base [models/data/terms.fields.tsv] [--out FILE]

The TSV has term, Chinese (`=`: stays Latin), archives where it is typical, `archive=Chinese` where another archive
says it otherwise, and in how many of 64,000 abstracts it stands. Terms that stay Latin are names to the server, and
left out.
"""

from __future__ import annotations

from pathlib import Path

import marisa_trie

from arxiv_gloss.text.terms.term_base import LONGEST_TERM, MOST_WORDS, TERM_WORD, TermEntry, normalised

from .workfolder import DATA, stage_parser

TERMS = DATA / "terms.fields.tsv"
TABLE = Path(__file__).parents[2] / "server" / "arxiv_gloss" / "text" / "tables" / "terms.marisa"


def read_entries(tsv: str) -> dict[str, TermEntry]:
    """Entries by normalised term; the first, the most frequent, of equal ones."""
    found: dict[str, TermEntry] = {}
    for line in tsv.splitlines()[1:]:
        term, target, archives, elsewhere, papers = line.split("\t")
        key = normalised(TERM_WORD.findall(term))
        if target == "=" or not key or len(key) > LONGEST_TERM or key.count(" ") >= MOST_WORDS or not term.isascii():
            continue
        others = dict(pair.split("=", 1) for pair in elsewhere.split(",") if "=" in pair)
        others = {archive: other for archive, other in others.items() if other and other != "="}
        found.setdefault(key, TermEntry(target, tuple(archives.split(",")), others, int(papers or 0)))
    return found


def build_trie(tsv: str) -> marisa_trie.BytesTrie:
    return marisa_trie.BytesTrie([(key, entry.write()) for key, entry in read_entries(tsv).items()])


def main() -> None:
    parser = stage_parser(__doc__)
    parser.add_argument("tsv", type=Path, nargs="?", default=TERMS)
    parser.add_argument("--out", type=Path, default=TABLE)
    args = parser.parse_args()
    trie = build_trie(args.tsv.read_text("utf-8"))
    trie.save(str(args.out))
    print(f"{args.out}: {len(trie)} terms, {args.out.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
