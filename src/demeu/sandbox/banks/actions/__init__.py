"""What changes at the gateway and the bank: one module per subject."""
