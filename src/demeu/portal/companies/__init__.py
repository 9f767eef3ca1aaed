"""Pages of companies: promise a sum, print its invoice, double others' gifts; and the public list of doubling."""
