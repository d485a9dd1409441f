"""What a translation must say sign by sign: formulas, relations, quantities with their units, codes."""
