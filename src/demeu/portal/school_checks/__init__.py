"""A school pedagogue checks a family's category when aid to a pupil is asked for.

Words: a *check* is one request of a school about one family; a *list* is a CSV of such requests, read but not opened.
Always true: no consent, no category; numbers and phones are sealed to vault at once and forgotten when vault has them;
a pedagogue sees own checks only, category and reasons and nothing else; public figures hide every cell below eleven.
"""
