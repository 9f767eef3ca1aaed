"""Starts and stops a whole platform on one machine: PostgreSQL, databases, keys, every process of every role.

It knows the roles only as data (``processes.py``) and never imports Django or a service.
"""
