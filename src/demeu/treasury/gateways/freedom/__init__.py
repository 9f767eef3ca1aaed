"""Freedom Pay (PayBox): signed forms both ways (pg_sig), the gateway's own page, status by question, IBAN payouts."""
