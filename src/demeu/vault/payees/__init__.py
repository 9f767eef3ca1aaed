"""Whom money is paid to: suppliers, clinics, landlords, creditors; and the bank's files that name them.

Words: a *payee* is known outside by its reference only; *filling* puts name and account into one payment instruction.
Always true: name, number and account leave the vault only in an instruction to be sent at once, or masked.
"""
