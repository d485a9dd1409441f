"""Corpus runs: many papers cut into shards, each shard made into one Parquet file by whoever comes first."""
