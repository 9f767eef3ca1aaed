"""Spark: the same expression on an existing cluster. Every executor must see the folders under the same paths."""

import os
import sys
from collections.abc import Sequence
from pathlib import Path

import ibis
import ibis.expr.types as ir

from demeu.kernel.errors import invalid
from demeu.scoring.batch.engines import Engine, Heard, more_than_once

DEFAULT_MASTER = "local[*]"
LOOPBACK = "127.0.0.1"


class Spark(Engine):
    """One session on a master. `memory_bytes`: the heap of the driver; that of executors is the cluster's."""

    def __init__(self, master: str | None, memory_bytes: int, scratch: Path) -> None:
        try:
            import pyspark
            from py4j.protocol import Py4JError
            from pyspark.errors import PySparkException
            from pyspark.sql import SparkSession
        except ImportError:
            raise invalid("batch.no_spark") from None
        self.errors = (PySparkException, Py4JError)
        os.environ.setdefault("SPARK_HOME", str(Path(pyspark.__file__).parent))
        if (master or DEFAULT_MASTER).startswith("local"):
            os.environ.setdefault("SPARK_LOCAL_IP", LOOPBACK)
            os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
        os.environ.setdefault("PYSPARK_SUBMIT_ARGS", f"--driver-memory {memory_bytes // 2**20}m pyspark-shell")
        builder = SparkSession.builder.master(master or DEFAULT_MASTER).appName("demeu score batch")
        builder = builder.config("spark.sql.session.timeZone", "UTC").config("spark.ui.enabled", "false")
        builder = builder.config("spark.sql.warehouse.dir", str(scratch)).config("spark.local.dir", str(scratch))
        self.session = builder.config("spark.ui.showConsoleProgress", "false").getOrCreate()
        self.ibis = ibis.pyspark.connect(self.session)

    def read(self, files: Sequence[Path], name: str) -> ir.Table:
        self.session.read.parquet(*map(str, files)).createOrReplaceTempView(name)
        return self.ibis.table(name)

    def keep(self, table: ir.Table, folder: Path, name: str, heard: Heard) -> ir.Table:
        self.write(table, folder, name, heard)
        return self.read([folder / name], name)

    def write(self, table: ir.Table, folder: Path, name: str, heard: Heard) -> None:
        self.ibis.to_parquet(table, folder / name)
        for mark in [*(folder / name).glob("_*"), *(folder / name).glob(".*")]:
            mark.unlink()
        heard(1.0)

    def repeated(self, table: ir.Table, column: str) -> ir.Table | None:
        return more_than_once(table, column, self.ibis)

    def close(self) -> None:
        self.session.stop()
