"""Text in, text out: runs a bundle with onnxruntime and numpy. Knows no Flask and no arXiv."""
