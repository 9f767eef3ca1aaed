"""Writes a note of a change and its notice each time a line comes in, as the application does. `URL TOPIC`."""

import json
import sys

import psycopg

NOTE = "INSERT INTO portal_live_change (topic, sums, at) VALUES (%s, %s, clock_timestamp()) RETURNING id"
SUMS = json.dumps({"needed": 500, "received": 100, "held": 0, "paid": 0, "delivered": 0})

if __name__ == "__main__":
    with psycopg.connect(sys.argv[1]) as own:
        sys.stdout.write("ready\n")
        sys.stdout.flush()
        for _line in sys.stdin:
            with own.transaction():
                row = own.execute(NOTE, [sys.argv[2], SUMS]).fetchone()
                own.execute("SELECT pg_notify('demeu_live', %s)", [str(row[0] if row else 0)])
