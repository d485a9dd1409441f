"""Who waits for what: the job queue, requests and batch files."""
