"""Open data: daily files under a free licence, words of schema.org on pages, the map of the site, the data dictionary.

Words: edition (the files of one run), table, activity, grant. Always true: a file holds nothing that the public page of
a case does not show; sums of few cases are not told apart; an edition appears whole or not at all.
"""
