"""The public registry of organizations that check needs: papers, second visits, upheld reports, reports of their own.

A report that is overdue hides the organization's open cases from the catalogue until it is filed, by one rule. The
registry holds no person: who works where is known to accounts, by references only.
"""
