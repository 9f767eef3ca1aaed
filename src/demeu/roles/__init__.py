"""The only place that knows everything: settings per role, topology, and how the processes are started."""
