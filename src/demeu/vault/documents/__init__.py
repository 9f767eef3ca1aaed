"""Documents about a subject: answers of applications, acts, photos; sealed at rest.

Words: a *text* comes from our own pages; a *file* comes from outside and is distrusted: its content decides what it is.
Always true: an image is kept only as we encoded it ourselves; nothing is given out before a scanner called it clean.
"""
