"""What services promise each other: frozen models, operations, events. No Django, no database, no clock."""
