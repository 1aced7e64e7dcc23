"""pandas: each JSON file to a frame of sightings, all frames to one, grouped, to Parquet.

Usage: with_pandas.py DAY OUT

Viewers as Arrow-backed text and streamers as a category: as Python objects it needs 0.9 GiB more.
"""

import json
import sys
from pathlib import Path

import numpy as np
import pandas as pd


def sightings_of(file, streamers):
    """One file as rows (viewer, streamer's number, slot). `streamers` collects the numbers."""
    samples = {streamer: sample["chatters"] or [] for streamer, sample in json.loads(file.read_bytes()).items()}
    numbers = [streamers.setdefault(streamer, len(streamers)) for streamer in samples]
    viewers = pd.Series([viewer for viewers in samples.values() for viewer in viewers], dtype="str")
    repeated = np.repeat(np.array(numbers, dtype="uint16"), [len(viewers) for viewers in samples.values()])
    slot = np.full(len(viewers), int(file.stem) // 300 % 288, dtype="uint16")
    return pd.DataFrame({"viewer": viewers, "streamer": repeated, "slot": slot})


def main(day, out):
    """Reads the day, aggregates it, writes it."""
    streamers = {}
    files = sorted(Path(day).glob("[0-9]*.json"))
    sightings = pd.concat([sightings_of(file, streamers) for file in files], ignore_index=True)
    pairs = sightings.groupby(["viewer", "streamer"], sort=False)["slot"].agg(["size", "min", "max"]).reset_index()
    pairs.columns = ["viewer", "streamer", "samples", "first_slot", "last_slot"]
    pairs["streamer"] = pd.Categorical.from_codes(pairs["streamer"], categories=list(streamers))
    pairs["minutes"] = pairs["samples"] * 5
    pairs.to_parquet(out, index=False)


main(*sys.argv[1:])
