"""Applications and the cases that grow from them. Words: application, answer, case, update.

Always true: states change only by `rules`, each change announces one event; a case shows no name, number, exact address
or diagnosis; answers in free words live in vault.
"""
