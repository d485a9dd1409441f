"""Terms and words: glossary, lexicon, and what supports a claim."""
