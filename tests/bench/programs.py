"""The programs that are measured, each in a process of its own: started, found by what they leave in their data folders, ended."""

import json
import os
import shutil
import signal
import subprocess
import time

from days import PRODUCT, TARGET

PARTITIONS = 16
PATIENCE = 120  # seconds for a program to get ready


class Program:
    """`twitchactors` with some arguments, its words in a log below target/bench."""

    def __init__(self, name, arguments, environment=None, out=False):
        self.log = TARGET / f"{name}.log"
        with self.log.open("wb") as log:
            self.process = subprocess.Popen(
                [str(PRODUCT), *arguments],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE if out else log,
                stderr=log,
                text=True,
                env={**os.environ, **(environment or {})},
                start_new_session=True,
            )

    def word(self, first):
        """The rest of the first line on stdout that begins so."""
        for line in self.process.stdout:
            if line.startswith(first):
                return line[len(first) :].strip()
        raise RuntimeError(f"{self.log} says why this program did not get ready")

    def until(self, condition):
        """Waits for something that this program does."""
        deadline = time.monotonic() + PATIENCE
        while not condition():
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"{self.log} says why this program did not get ready")
            time.sleep(0.2)

    def end(self, how=signal.SIGINT):
        """Asks it to end, and waits."""
        if self.process.poll() is None:
            self.process.send_signal(how)
            try:
                self.process.wait(60)
            except subprocess.TimeoutExpired:
                self.kill()

    def kill(self):
        """Ends it and what it has started, at once."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


def owner(data):
    """What the first process of a data folder says of itself."""
    try:
        return json.loads((data / "owner.json").read_text())
    except (OSError, ValueError):
        return {}


def secrets(data):
    """User and password of the embedded MariaDB."""
    return dict(line.split("=", 1) for line in (data / "mariadb" / "credentials").read_text().split() if "=" in line)


def joining(data, other):
    """The environment of a second node on the services of the first, with its keys."""
    other.mkdir(exist_ok=True)
    for key in ("suppression.key", "tokens.key"):
        if (data / key).exists():
            shutil.copy(data / key, other / key)
    addresses, login = owner(data)["addresses"], secrets(data)
    return {
        "TWITCHACTORS_KAFKA_BOOTSTRAP_SERVERS": addresses["kafka"],
        "TWITCHACTORS_MARIADB_URL": f"jdbc:mariadb://{addresses['mariadb']}/streamers?sslMode=disable",
        "TWITCHACTORS_MARIADB_USER": login["user"],
        "TWITCHACTORS_MARIADB_PASSWORD": login["password"],
        "TWITCHACTORS_MONGO_URI": f"mongodb://{addresses['mongo']}",
        "TWITCHACTORS_CLUSTER_JOIN": addresses["node"],
    }


def database(data):
    """A connection to the embedded MariaDB of a data folder."""
    import pymysql  # in the virtualenv only

    host, port = owner(data)["addresses"]["mariadb"].rsplit(":", 1)
    login = secrets(data)
    return pymysql.connect(
        host=host, port=int(port), user=login["user"], password=login["password"], database="streamers", autocommit=True
    )


def one(connection, query, *values):
    """The only value of the only row."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()[0]


def feed(data, day):
    """A process that only feeds a recorded day to the pipeline of a data folder: `replay`."""
    command = [str(PRODUCT), "replay", str(day), "--data", str(data), "--json"]
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def restructured(day):
    """What `restructure` says of a recorded day: the answer that the pipeline's is held against."""
    command = [str(PRODUCT), "restructure", str(day), "--out", str(TARGET / "expected.csv"), "--json"]
    return json.loads(subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout)
