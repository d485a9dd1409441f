"""Which installed bundle does what."""
