#!/usr/bin/env python3
"""Says whether the pages of streamers show what the sample files of a day say.

Reads a folder of sample files of the form that the program writes, and computes every figure from its definition in
docs/contract.md ("Audience") with plain sets and loops. A stream that goes on over midnight is one on each day. It shares no code
with the product and needs nothing but Python 3.9.
"""

import argparse
import json
import os
import sys
from collections import defaultdict

EXAMPLES = """\
example:
  streamers.py samples/2022-08-01 --ranking ranking.json --pages anna.json bob.json

The documents are those of /api/v1/streamers and /api/v1/streamers/NAME for that day.
exit codes: 0 equal, 1 there is a difference, 2 bad use"""

MINUTES = 5  # of a slot
BRIDGED = 2  # slots for which a sample speaks at most
ROUNDED = 1e-4  # of numbers in documents, absolute
DIFFERENCES_SHOWN = 20


class Sample:
    """What is known of one streamer in one slot, and for how many minutes it speaks."""

    def __init__(self, slot, value):
        self.slot = slot
        self.viewers = value.get("viewer_count")
        self.names = None if value.get("chatters") is None else set(value["chatters"])
        self.stream = value.get("stream_id", "")
        self.title = value.get("title", "")
        self.game = value.get("game", "")
        self.minutes = MINUTES

    @property
    def chatters(self):
        return None if self.names is None else len(self.names)

    @property
    def anonymous(self):
        return None if self.names is None or self.viewers is None else max(0, self.viewers - len(self.names))


def read(folder):
    """The samples of each streamer, ascending."""
    samples = defaultdict(list)
    for name in sorted(os.listdir(folder)):
        stem, extension = os.path.splitext(name)
        if extension != ".json" or not stem.isdigit():
            continue
        with open(os.path.join(folder, name), encoding="utf-8") as file:
            for streamer, value in json.load(file).items():
                if value.get("chatters") is not None or value.get("viewer_count") is not None:
                    samples[streamer].append(Sample(int(stem) // 300 % 288, value))
    for mine in samples.values():
        for one, following in zip(mine, mine[1:]):
            if one.stream == following.stream:
                one.minutes = MINUTES * min(BRIDGED, following.slot - one.slot)
    return samples


def average(samples, of):
    known = [(of(sample), sample.minutes) for sample in samples if of(sample) is not None]
    return sum(value * minutes for value, minutes in known) / sum(minutes for _, minutes in known) if known else None


def greatest(values):
    return max((value for value in values if value is not None), default=None)


def names(samples):
    return set().union(*(sample.names or set() for sample in samples))


class Comparison:
    def __init__(self):
        self.differences = []
        self.numbers = 0

    def equal(self, what, shown, said):
        self.numbers += 1
        if shown is None or said is None:
            same = shown is None and said is None
        elif isinstance(said, (int, float)):
            same = abs(shown - said) <= ROUNDED
        else:
            same = shown == said
        if not same:
            self.differences.append(f"{what}: {shown} is shown, the samples say {said}")


def figures(samples):
    viewers = average(samples, lambda sample: sample.viewers)
    hours = sum(sample.minutes for sample in samples) / 60
    return {
        "average_viewers": viewers,
        "hours_watched": None if viewers is None else viewers * hours,
        "peak_viewers": greatest(sample.viewers for sample in samples),
        "airtime": hours,
        "average_chatters": average(samples, lambda sample: sample.chatters),
        "average_anonymous": average(samples, lambda sample: sample.anonymous),
        "unique_chatters": len(names(samples)),
    }


def ranking(document, samples, comparison):
    rows = document["panels"]["streamers-ranking"]["rows"]
    comparison.equal("streamers", sorted(row["streamer"] for row in rows), sorted(samples))
    for row in rows:
        for key, value in figures(samples.get(row["streamer"], [])).items():
            comparison.equal(f"{row['streamer']} {key}", row[key], value)
    order = [-1 if row["average_viewers"] is None else row["average_viewers"] for row in rows]
    comparison.equal("order", order, sorted(order, reverse=True))
    comparison.equal("ranks", [row["rank"] for row in rows], list(range(1, len(rows) + 1)))


def page(document, samples, comparison):
    streamer, panels = document["subject"], document["panels"]
    mine = samples[streamer]
    slots = {sample.slot: sample for sample in mine}
    for row in panels["streamer-over-time"]["rows"]:
        sample = slots.get(slot(row["time"]))
        for key in ("viewers", "chatters", "anonymous"):
            comparison.equal(f"{streamer} {row['time']} {key}", row[key], getattr(sample, key) if sample else None)
        comparison.equal(f"{streamer} {row['time']} title", row["title"] or "", sample.title if sample else "")
    day = panels["streamer-new-returning"]["rows"][0]
    comparison.equal(f"{streamer} unique", day["unique"], len(names(mine)))
    streams = panels["streamer-streams"]["rows"]
    ids = list(dict.fromkeys(sample.stream for sample in mine))
    comparison.equal(f"{streamer} streams", len(streams), len(ids))
    for row in streams:
        stream = [sample for sample in mine if sample.stream == slots[slot(row["start"])].stream]
        said = figures(stream)
        for key in ("airtime", "average_viewers", "peak_viewers", "hours_watched", "unique_chatters"):
            comparison.equal(f"{streamer} stream of {row['start']} {key}", row[key], said[key])
    for row in panels["streamer-games"]["rows"]:
        said = figures([sample for sample in mine if sample.game == row["category"]])
        for key in ("airtime", "average_viewers", "average_chatters", "peak_viewers"):
            comparison.equal(f"{streamer} {row['category']} {key}", row[key], said[key])


def slot(time):
    """Of a moment such as 2022-08-01T10:25:00Z."""
    return (int(time[11:13]) * 60 + int(time[14:16])) // MINUTES


def main():
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("samples", help="folder of the day's sample files")
    parser.add_argument("--ranking", required=True, help="document of the page of streamers")
    parser.add_argument("--pages", nargs="*", default=[], help="documents of pages of single streamers")
    options = parser.parse_args()
    samples = read(options.samples)
    comparison = Comparison()
    with open(options.ranking, encoding="utf-8") as file:
        ranking(json.load(file), samples, comparison)
    for name in options.pages:
        with open(name, encoding="utf-8") as file:
            page(json.load(file), samples, comparison)
    for difference in comparison.differences[:DIFFERENCES_SHOWN]:
        print(difference)
    print(f"{comparison.numbers} compared, {len(comparison.differences)} different")
    return 1 if comparison.differences else 0


if __name__ == "__main__":
    sys.exit(main())
