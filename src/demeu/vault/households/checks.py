"""What must always be true of gatherings and facts."""

from demeu.kernel.checks import Invariant

CHECKS = [
    Invariant(
        name="households.done_means_settled",
        promise="a finished gathering waits for no service and has its typed row",
        sql="""
        SELECT gathering.id FROM vault_households_gatheringrow gathering
        LEFT JOIN vault_households_scoredhousehold scored ON scored.gathering_id = gathering.id
        WHERE gathering.state = 'done' AND (scored.gathering_id IS NULL OR EXISTS (
            SELECT 1 FROM vault_households_asking asking
            WHERE asking.gathering_id = gathering.id AND asking.state = 'queued'))
        """,
    ),
    Invariant(
        name="households.fact_has_answer",
        promise="every fact stands in a kept answer of its own gathering",
        sql="""
        SELECT fact.id FROM vault_households_factrow fact
        LEFT JOIN vault_households_rawanswer answer ON answer.message_id = fact.message_id
        WHERE answer.gathering_id IS DISTINCT FROM fact.gathering_id
        """,
    ),
    Invariant(
        name="households.scored_members",
        promise="every member of a finished gathering has a typed row",
        sql="""
        SELECT member.id FROM vault_households_member member
        JOIN vault_households_gatheringrow gathering ON gathering.id = member.gathering_id
        LEFT JOIN vault_households_scoredperson person ON person.member_id = member.id
        WHERE gathering.state = 'done' AND person.member_id IS NULL
        """,
    ),
]
