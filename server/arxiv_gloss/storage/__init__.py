"""What is kept on disk: decoded rows, pairings, saved papers, the reader's glossary."""
