"""Models from a hub: fetched, exported, packed as bundles and checked. Only this room knows torch and optimum, which
the extra [export] installs and the server never loads."""
