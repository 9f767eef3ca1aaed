"""Desks of money and delivery: payouts with four eyes, invoices, acts of delivery, problems, the audit's reading.

Always true: treasury decides about money; a payee's name and account are asked of vault for one page and never kept.
"""
