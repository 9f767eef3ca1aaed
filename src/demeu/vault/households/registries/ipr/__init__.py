"""ИПР, individual rehabilitation programmes (`DEMEU_IPR`). Schema ours: not confirmed with the operator."""
