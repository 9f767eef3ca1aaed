"""Bank transfer by invoice: the payer names our invoice number, and the bank's statement is the only word."""
