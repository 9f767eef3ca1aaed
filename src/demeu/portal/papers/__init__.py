"""Papers: the page that checks receipts offline, a donor's statement of a year, a company's papers for the tax office.

It keeps nothing of its own about money: each paper is made from what treasury and giving know at that moment.
"""
