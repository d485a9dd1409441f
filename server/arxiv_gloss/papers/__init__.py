"""What arXiv knows: paper ids, metadata, PDF text."""
