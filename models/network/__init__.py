"""The network in PyTorch: its ids, its data, its weights, and a slow engine of it. Knows no stage and no corpus."""
