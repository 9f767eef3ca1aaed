"""smsc.kz over HTTP, by its public description; the account is asked for by POST, so its password is in no log."""
