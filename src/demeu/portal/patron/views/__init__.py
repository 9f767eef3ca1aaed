"""Pages of donors, one module each: the installable app, the overview and impact, following, proposals."""
