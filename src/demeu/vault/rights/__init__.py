"""What a person may ask of what is kept about them: all of it, in two forms, and its erasure; and the end of terms.

Words: a *holding* is one table's rows about one person; *emptying* a row leaves it standing without what was sealed.
Always true: erasing never removes a record of who looked, what was paid or what was decided.
"""
