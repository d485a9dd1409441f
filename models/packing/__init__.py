"""What a bundle is made of: its graphs, its tokenizers, and its weights read back."""
