"""The controls: families, keys, faults over HTTP, the page of keys, the command that prepares everything."""
