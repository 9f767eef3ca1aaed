"""TipTop Pay: a JSON API with Basic authorisation, its own payment page, webhooks signed with HMAC-SHA256."""
