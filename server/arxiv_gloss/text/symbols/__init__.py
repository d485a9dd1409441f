"""What a translation must say sign by sign: formulas with what touches them, relations, quantities with units, codes."""
