"""`demeu score`: one household or the whole country by the published criteria. Runs in this process; keeps nothing.

Exit codes: 0 = done, 1 = rule sets or a stored decision are not what they were, or the calculation stopped,
2 = unusable input, its place named, 130 = ended by a signal.
A command imports what is heavy only when it is called.
"""

import typer

from demeu.cli.score.assess import assess
from demeu.cli.score.batch import batch
from demeu.cli.score.changes import changes
from demeu.cli.score.printing import speak_every_encoding
from demeu.cli.score.reference import reference
from demeu.cli.score.register import register
from demeu.cli.score.replay import replay
from demeu.cli.score.rules import list_rules
from demeu.cli.score.simulate import simulate
from demeu.cli.score.synth import synth

app = typer.Typer(no_args_is_help=True, help="Assess households by the published criteria.")
app.callback()(speak_every_encoding)
app.command()(assess)
app.command()(batch)
app.command()(changes)
app.command()(reference)
app.command()(register)
app.command()(replay)
app.command("rules")(list_rules)
app.command()(simulate)
app.command()(synth)
