"""`arxiv-gloss demo`: the whole path on this machine, with a paper of our own and no network."""
