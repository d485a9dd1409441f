"""The gloss of a whole paper, from a Document: read piece by piece, composed from the pieces' sentences."""
