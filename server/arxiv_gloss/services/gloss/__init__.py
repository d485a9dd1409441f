"""One paper: its gloss as a stream of events."""
