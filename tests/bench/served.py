"""A running node under measurement, and its pages; everything is watched from outside."""

import collections
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
from programs import owner

LOOK_EVERY = 0.25  # seconds


class Server:
    """The process under measurement: services, pipeline and pages of `data`. Only a demo collects anything."""

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

    def documents(self, collection="viewer_days"):
        """A collection of its document store."""
        import pymongo  # in the virtualenv only

        address = owner(self.data)["addresses"]["mongo"]
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


def collecting(data, now, viewers, speed):
    """A demo that collects 100 streamers of the simulated Twitch, whose time begins `now`."""
    data.mkdir()
    (data / "simulated.time").write_text(f"{now.isoformat()}Z\n")
    world = ["--viewers", str(viewers), "--streamers", "100", "--speed", str(speed), "--days", "2"]
    return Server(data, {}, ["demo", *world, "--port", "0"])


def metrics(data):
    """What the node of `data` tells Prometheus, by name; those with labels are summed. What it has never counted is 0."""
    found = collections.defaultdict(float)
    with urllib.request.urlopen(f"http://{(data / 'pbm.address').read_text().strip()}/metrics", timeout=30) as answer:
        for line in answer.read().decode().splitlines():
            if not line.startswith("#"):
                name, value = line.rsplit(" ", 1)
                found[name.split("{", 1)[0]] += float(value)
    return found


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


def folder_bytes(folder, pattern="*"):
    """Bytes in use on disk by the files below the folders that match."""
    return sum(f.stat().st_blocks * 512 for top in folder.glob(pattern) for f in top.rglob("*") if f.is_file())
