"""Runs programs as separate processes, in turns, and says what each of them took."""

import os
import platform
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

MIB = 1024 * 1024


@dataclass(frozen=True)
class Peer:
    """One program under measurement: it reads a day and writes `output`."""

    name: str
    command: list[str]
    output: Path
    once: bool = False  # too slow for more than one round


@dataclass(frozen=True)
class Taken:
    """What one run took."""

    wall: float  # seconds
    cpu: float  # seconds, user and system, of the process and the children it waited for
    memory: int  # bytes, the greatest resident size of any one of these processes
    written: int  # bytes, size of the output


class PeerFailed(Exception):
    """A peer ended with an error or wrote nothing; the message says which."""


def run_once(peer, log):
    """Runs a peer with its stdout and stderr in the file `log` and returns what it took."""
    peer.output.unlink(missing_ok=True)
    with open(log, "wb") as sink:
        began = time.perf_counter()
        process = subprocess.Popen(peer.command, stdin=subprocess.DEVNULL, stdout=sink, stderr=subprocess.STDOUT)
        try:
            _, status, usage = os.wait4(process.pid, 0)
        except BaseException:
            process.kill()
            process.wait()
            raise
        wall = time.perf_counter() - began
    process.returncode = 1 if os.WIFSIGNALED(status) else os.WEXITSTATUS(status)
    if status != 0 or not peer.output.is_file():
        raise PeerFailed(last_line(log) or f"ended with status {status}")
    rss_unit = 1 if sys.platform == "darwin" else 1024
    return Taken(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * rss_unit, peer.output.stat().st_size)


def last_line(log):
    """The last line with anything on it, shortened for a table."""
    lines = [line.strip() for line in Path(log).read_text(errors="replace").splitlines() if line.strip()]
    return lines[-1][:100] if lines else ""


def in_turns(peers, rounds, log_folder, progress):
    """
    Runs A B C, A B C, ... so that a disturbance of the machine meets all of them, not one.

    Returns {name: [Taken, ..]} and {name: reason} of peers that failed, which are not run again.
    """
    runs, failed = {peer.name: [] for peer in peers}, {}
    for turn in range(rounds):
        for peer in peers:
            if peer.name in failed or (peer.once and turn > 0):
                continue
            progress(f"round {turn + 1} of {rounds}: {peer.name}")
            try:
                runs[peer.name].append(run_once(peer, log_folder / f"{peer.name}.log"))
            except PeerFailed as e:
                failed[peer.name] = str(e)
    return runs, failed


def summary(runs):
    """Minimum and median over the runs of one peer; memory is the greatest."""
    walls, cpus = [run.wall for run in runs], [run.cpu for run in runs]
    return {
        "wall_min": round(min(walls), 3),
        "wall_median": round(statistics.median(walls), 3),
        "cpu_min": round(min(cpus), 3),
        "cpu_median": round(statistics.median(cpus), 3),
        "memory_bytes": max(run.memory for run in runs),
        "written_bytes": runs[-1].written,
        "runs": [vars(run) for run in runs],
    }


def process_field(pid, name):
    """A field of /proc/PID/status."""
    lines = Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines()
    return next(line.split()[1] for line in lines if line.startswith(name + ":"))


def process_bytes(pid, name):
    """A field of /proc/PID/status that is given in kB, in bytes."""
    return int(process_field(pid, name)) * 1024


def process_cpu(pid):
    """Seconds of processor time so far, children that run apart."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def machine():
    """What the figures were taken on."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES")
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count()
    return {
        "cores": cores,
        "memory_bytes": memory,
        "system": f"{platform.system()} {platform.machine()}",
        "load_average": round(os.getloadavg()[0], 2),
    }


def table(head, rows):
    """Aligned columns: the first to the left, the others to the right."""
    rows = [head] + [[str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in rows) for i in range(len(head))]
    return "\n".join(
        "  ".join(cell.rjust(width) if i else cell.ljust(width) for i, (cell, width) in enumerate(zip(row, widths)))
        for row in rows
    )
