"""Money: gifts, books, payouts, the transparency log. It never knows who a person is."""
