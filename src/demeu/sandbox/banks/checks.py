"""What must always hold in the sandbox bank's books."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="sandbox_banks.sum_is_zero",
        promise="the balances of all accounts sum to zero",
        sql="SELECT sum(balance_tiyn) FROM sandbox_banks_account HAVING sum(balance_tiyn) <> 0",
    ),
    Invariant(
        name="sandbox_banks.balance_is_movements",
        promise="a balance is the sum of the account's movements",
        sql="""SELECT a.id FROM sandbox_banks_account a LEFT JOIN sandbox_banks_movement m ON m.account_id = a.id
               GROUP BY a.id HAVING a.balance_tiyn <> coalesce(sum(m.amount_tiyn), 0)""",
    ),
]
