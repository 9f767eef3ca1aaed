"""Triggers that no session can switch off: `pgtrigger.ignore` is a setting that every user of a database may set."""

import pgtrigger
from django.db import models
from pgtrigger import compiler


class BindingSql(compiler.UpsertTriggerSql):
    """SQL of a trigger without the question whether to ignore it. Migrations point here: never change the text."""

    def get_template(self) -> str:
        """Function, then trigger."""
        return """
            CREATE OR REPLACE FUNCTION {pgid}() RETURNS TRIGGER AS $$
                {declare}
                BEGIN
                    {func}
                END;
            $$ LANGUAGE plpgsql;
            DROP TRIGGER IF EXISTS {pgid} ON {table};
            CREATE {constraint} TRIGGER {pgid} {when} {operation} ON {table} {timing} {referencing}
                FOR EACH {level} {condition} EXECUTE PROCEDURE {execute};
            COMMENT ON TRIGGER {pgid} ON {table} IS '{hash}';
        """


class Binding(pgtrigger.Trigger):
    """A rule that the database itself keeps, whoever asks. Also spares the question, which costs more than the rule."""

    def compile(self, model: models.Model) -> compiler.Trigger:
        """The same trigger without the way around it."""
        compiled = super().compile(model)
        return compiler.Trigger(name=compiled.name, sql=BindingSql(**compiled.sql.kwargs))
