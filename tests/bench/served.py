"""A running node under measurement, its pages, and what feeds it; everything is watched from outside."""

import json
import os
import re
import signal
import subprocess
import threading
import time
import urllib.parse
import urllib.request
from pathlib import Path

from days import PRODUCT

PARTITIONS = 16
LOOK_EVERY = 0.25  # seconds


class Server:
    """The process under measurement: services, pipeline and pages of `data`. Without credentials it collects nothing."""

    def __init__(self, data, environment, command=None):
        self.data = data
        self.log = Path(f"{data}.log").open("ab")  # noqa: SIM115  closed by end()
        command = command or ["run", "--port", "0"]
        serves = command[0] in ("run", "demo")
        self.process = subprocess.Popen(
            [str(PRODUCT), *command, "--data", str(data)],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE if serves else self.log,
            stderr=self.log,
            env={**os.environ, **environment},
            start_new_session=True,
        )
        self.url = self.account = None
        if serves:
            for line in self.process.stdout:
                said = line.decode().split()
                if said[:2] == ["login", "admin"]:
                    self.account = said[2:]
                if said[:1] == ["ready"]:
                    self.url = said[1]
                    break
            else:
                raise RuntimeError(f"the node did not get ready; its log is {data}.log")

    def database(self):
        """A connection to its MariaDB."""
        import pymysql  # in the virtualenv only

        secrets = dict(
            line.split("=", 1) for line in (self.data / "mariadb" / "credentials").read_text().split() if "=" in line
        )
        address = json.loads((self.data / "owner.json").read_text())["addresses"]["mariadb"].rsplit(":", 1)
        return pymysql.connect(
            host=address[0],
            port=int(address[1]),
            user=secrets["user"],
            password=secrets["password"],
            database="streamers",
            autocommit=True,
        )

    def documents(self, collection="viewer_days"):
        """A collection of its document store."""
        import pymongo  # in the virtualenv only

        address = json.loads((self.data / "owner.json").read_text())["addresses"]["mongo"]
        return pymongo.MongoClient(f"mongodb://{address}/")["twitchactors"][collection]

    def end(self, how):
        """Ends it and all that it started."""
        try:
            if how == signal.SIGKILL:
                os.killpg(self.process.pid, how)
            else:
                self.process.send_signal(how)
            self.process.wait(60)
        finally:
            self.log.close()


class Pages(threading.Thread):
    """Asks for the live page now and then, and notes how long the answers take."""

    def __init__(self, server):
        super().__init__(daemon=True)
        self.url, self.seconds, self.failures, self.over = server.url, [], 0, threading.Event()
        self.browser = urllib.request.build_opener(urllib.request.HTTPCookieProcessor())
        form = self.browser.open(self.url + "/login", timeout=30).read().decode()
        token = re.search(r'name="csrf" value="([^"]+)"', form).group(1)
        name, password = server.account
        login = {"csrf": token, "name": name, "password": password}
        self.browser.open(self.url + "/login", urllib.parse.urlencode(login).encode(), timeout=30).read()

    def run(self):
        while not self.over.wait(0.5):
            began = time.perf_counter()
            try:
                self.browser.open(self.url + "/", timeout=30).read()
                self.seconds.append(time.perf_counter() - began)
            except OSError:  # refused, reset, timed out, an error status
                self.failures += 1


def one(connection, query, *values):
    """The only value of the only row."""
    with connection.cursor() as cursor:
        cursor.execute(query, values)
        return cursor.fetchone()[0]


def folder_bytes(folder, pattern="*"):
    """Bytes in use on disk by the files below the folders that match."""
    return sum(f.stat().st_blocks * 512 for top in folder.glob(pattern) for f in top.rglob("*") if f.is_file())


def feed(data, day):
    """The second process, which only feeds: `replay`."""
    command = [str(PRODUCT), "replay", str(day), "--data", str(data), "--json"]
    return subprocess.Popen(
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )
