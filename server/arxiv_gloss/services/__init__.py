"""The use cases, as generators of events. They know the engine by its protocol, and no HTTP."""
