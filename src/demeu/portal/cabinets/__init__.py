"""A signed-in person's own pages: applications, facts, category with reasons, wish list, consents, who looked.

Personal data is asked of vault for one page and never kept.
"""
