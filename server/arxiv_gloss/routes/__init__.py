"""HTTP in, HTTP out, no thinking."""
