"""A language model of the reader's own, behind a server that speaks OpenAI's protocol. Knows no Flask and no arXiv."""
