"""Starts the platform, keeps it running in the foreground and stops it in reverse order."""

import os
import signal
from collections.abc import Mapping
from dataclasses import replace
from threading import Event

from demeu.roles.launch import stages
from demeu.roles.launch.country import country_for, loads_country, sign_ins
from demeu.roles.launch.databases import RoleDatabase, given_urls
from demeu.roles.launch.environment import Plan
from demeu.roles.launch.folders import Folders, folders_from, make_folders, require_free_space
from demeu.roles.launch.oneoff import Interrupted
from demeu.roles.launch.passwords import Secrets
from demeu.roles.launch.ports import Ports, is_free
from demeu.roles.launch.postgres import Cluster
from demeu.roles.launch.processes import Process, processes
from demeu.roles.launch.production import require_fit
from demeu.roles.launch.readiness import wait_ready
from demeu.roles.launch.runfile import Running, take_lock
from demeu.roles.launch.screen import console, say, show_addresses, stage
from demeu.roles.launch.supervisor import Supervisor
from demeu.roles.launch.trouble import PortLost
from demeu.roles.launch.variables import require_known, require_valid

LOOK_EVERY_S = 0.2
PORT_ATTEMPTS = 3
DEMO_ORDER = ("vault", "portal", "treasury")


class Platform:
    """One start of the platform, from the first check to the last process stopped."""

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.given = environment
        self.folders: Folders = folders_from(environment)
        self.profile = environment.get("DEMEU_PROFILE", "demo")
        self.processes: list[Process] = processes(self.profile)
        self.stop = Event()
        self.ports = Ports()
        self.supervisor = Supervisor(say=say, changed=self.note, restart=environment.get("DEMEU_RESTART", "1") != "0")
        self.cluster: Cluster | None = None
        self.running: Running | None = None
        self.unsaved = False

    def start(self) -> None:
        """All stages up to readiness. Raises ``CannotStart`` or ``Interrupted``."""
        self.secrets = Secrets(self.folders.secrets_file)
        self.numbers = stages.choose_ports(self.ports, self.processes, self.given.get("DEMEU_PORT"))
        databases = self.start_databases()
        self.plan = Plan(self.profile, self.folders, self.numbers, databases, self.given)
        self.prepare()
        for attempt in range(PORT_ATTEMPTS):
            try:
                self.start_processes()
                break
            except PortLost:
                if attempt == PORT_ATTEMPTS - 1:
                    raise
                self.choose_ports_again()
        self.load_country()

    def start_processes(self) -> None:
        """Starts every process and waits until all are ready."""
        with stage("Processes"):
            stages.start_processes(self.plan, self.secrets, self.processes, self.supervisor)
            self.running = self.describe()
            self.note()
        with stage("Readiness") as notes:
            wait_ready(self.plan, self.processes, each_round=self.look_after_start, stop=self.stop)
            self.end_if_asked()
            notes.append(f"{len(self.processes)} processes")

    def choose_ports_again(self) -> None:
        """Another program was quicker: stops what was started and takes other ports."""
        self.supervisor.stop_all_after("postgres")
        self.ports.close()
        self.numbers = stages.choose_ports(self.ports, self.processes, self.given.get("DEMEU_PORT"))
        self.plan = replace(self.plan, ports=self.numbers)

    def start_databases(self) -> dict[str, RoleDatabase]:
        """Every role's database: the operator's, or one on a server of our own."""
        given, databases = given_urls(self.given), {}
        roles = stages.roles_with_database(self.processes)
        if given:
            with stage("Databases given"):
                databases = stages.use_databases(roles, given, self.secrets)
        missing = [role for role in roles if role not in databases]
        if missing:
            with stage("PostgreSQL") as notes:
                self.cluster = cluster = stages.start_server(self.folders, self.secrets)
                self.supervisor.children.append(stages.server_child(cluster))
                notes.append(f"{cluster.programs.major} ({cluster.programs.origin}), data in {cluster.data}")
            with stage("Databases and users"):
                databases |= stages.make_databases(missing, cluster, self.secrets)
        return databases

    def prepare(self) -> None:
        """Schemas, keys and, in the demo, the sandbox's people."""
        with stage("Schemas and grants") as notes:
            changed = stages.bring_schemas_up(self.plan, self.secrets, self.stop)
            notes.append(f"{changed} brought up to date" if changed else "up to date")
        with stage("Keys"):
            stages.make_role_keys(self.folders)
        if "sandbox" in self.plan.databases:
            with stage("Sandbox"):
                stages.prepare_sandbox(self.plan, self.secrets, country_for("sandbox"), self.stop)

    def load_country(self) -> None:
        """The demo country, service by service; nothing in production."""
        if self.profile == "production":
            return
        with stage("Demo country") as notes:
            for role in filter(loads_country, DEMO_ORDER):
                loaded = stages.load_demo(self.plan, self.secrets, role, country_for(role), self.stop)
                notes.append(f"{role} {'loaded' if loaded else 'there'}")

    def describe(self) -> Running:
        """What ``run.json`` says."""
        return Running(
            pid=os.getpid(),
            profile=self.profile,
            url=self.plan.address("portal"),
            urls=stages.web_urls(self.plan, self.processes),
            ports=self.numbers,
            ncalayer=self.plan.ncalayer,
            database_port=self.cluster.port if self.cluster else None,
            database_folder=str(self.cluster.data) if self.cluster else None,
        )

    def note(self) -> None:
        """Writes ``run.json`` anew; on a full disk a later round does."""
        if self.running:
            self.running.pids = self.supervisor.pids()
            try:
                self.running.save(self.folders)
            except OSError as error:
                if not self.unsaved:
                    self.supervisor.say(f"{self.folders.run_file} cannot be written: {error.strerror}")
                self.unsaved = True
            else:
                self.unsaved = False

    def end_if_asked(self) -> None:
        """Raises ``Interrupted`` when a signal came."""
        if self.stop.is_set():
            raise Interrupted

    def announce(self) -> None:
        """The table of addresses, then the line that other programs wait for."""
        assert self.running is not None
        rows = [("Site", self.running.url)]
        if "sandbox" in self.running.urls:
            sandbox = self.running.urls["sandbox"]
            rows += [("Sandbox phone", f"{sandbox}/phone/"), ("Sandbox bank", f"{sandbox}/bank/")]
            rows += [("Sandbox keys", f"{sandbox}/keys/"), ("Sandbox NCALayer", str(self.running.ncalayer))]
        rows.append(("Logs", str(self.folders.logs)))
        show_addresses(rows, sign_ins() if self.profile != "production" else [])
        self.running.ready = True
        self.note()
        console.print(f"\nDemeu is ready: {self.running.url}")

    def look_after_start(self) -> None:
        """One round while starting: a child that keeps dying ends the start."""
        for child in self.supervisor.children:
            port = self.numbers.get(child.name)
            if port and child.exit_code is not None and not is_free(port):
                raise PortLost(f"Port {port} of {child.name} was taken by another program.", "Start again.")
        self.supervisor.look_after()
        self.supervisor.require_alive(self.folders)

    def look_after(self) -> None:
        """Keeps everything running until a signal comes."""
        while not self.stop.wait(LOOK_EVERY_S):
            self.supervisor.look_after()
            if self.unsaved:
                self.note()

    def end(self) -> None:
        """Stops all children and forgets ``run.json``."""
        if self.supervisor.children:
            with stage("Stopping"):
                self.supervisor.stop_all()
        self.ports.close()
        self.folders.run_file.unlink(missing_ok=True)


def up(environment: Mapping[str, str]) -> None:
    """Runs the platform until Ctrl-C or SIGTERM. Raises ``CannotStart`` when it cannot."""
    require_known(environment)
    require_valid(environment)
    if environment.get("DEMEU_PROFILE") == "production":
        require_fit(environment)
    platform = Platform(environment)
    require_free_space(platform.folders.var)
    make_folders(platform.folders)
    with take_lock(platform.folders):
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, lambda *_: platform.stop.set())
        try:
            platform.start()
            platform.announce()
            platform.look_after()
        except Interrupted:
            console.print("  Stopped before everything was ready.")
        finally:
            platform.end()
