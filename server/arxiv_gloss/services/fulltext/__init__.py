"""A whole paper, section by section."""
