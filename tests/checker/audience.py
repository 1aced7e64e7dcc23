#!/usr/bin/env python3
"""An independent answer to what `twitchactors audience DAY --json` says, to compare the product with.

Reads a folder of sample files as check.py does, and computes every figure from its definition in docs/contract.md
("Audience") with plain sets and loops. It shares no code with the product, is written for being read rather than for speed,
and needs nothing but Python 3.9.
"""

import argparse
import datetime
import json
import os
import sys
from collections import Counter, defaultdict
from itertools import combinations

import check

EXAMPLES = """\
examples:
  audience.py show day --day 2022-08-01
  audience.py compare day --day 2022-08-01 --document printed.json

exit codes: 0 done (compare: equal), 1 compare found a difference, 2 bad use or bad input"""

MINUTES = 5  # of a slot
BRIDGED = 2  # slots for which a sample speaks at most
RETENTION = (5, 15, 30, 60)
BOT = 60
BOTS = os.path.join(os.path.dirname(__file__), "..", "..", "src", "audience", "resources", "bots")
TOLERANCE = 1e-9  # of ratios, relative
MAX_VIEWERS = 2**31 - 1
DIFFERENCES_SHOWN = 10


class Live:
    """What one streamer's value in a file says besides the names."""

    def __init__(self, value, stamp, has_chatters):
        fields = dict(value) if type(value) is check.Members else {}
        self.has_chatters = has_chatters
        self.complete = has_chatters and fields.get("complete") is not False
        self.polled_at = seconds(fields.get("polled_at"), stamp)
        viewers = fields.get("viewer_count", fields.get("viewers_api"))
        self.viewers = viewers if type(viewers) is int and 0 <= viewers <= MAX_VIEWERS else None
        self.title, self.game, self.stream_id = (text(fields.get(key)) for key in ("title", "game", "stream_id"))

    def rank(self):
        """Of several in one slot the greatest counts."""
        return self.has_chatters, self.complete, self.polled_at

    def said(self):
        """All that figures follow from."""
        return self.viewers, self.title, self.game, self.stream_id


def text(value):
    """A text, or an empty one for whatever else there is."""
    return value if type(value) is str else ""


def seconds(value, otherwise):
    """Seconds since 1970 of an ISO 8601 time in UTC."""
    try:
        return int(datetime.datetime.fromisoformat(value.replace("Z", "+00:00")).timestamp())
    except (AttributeError, ValueError):
        return otherwise


def whole_number(digits):
    """Long ones mean nothing, and Python would refuse the longest."""
    return int(digits) if len(digits) <= 18 else None


def live_samples(source, day):
    """streamer -> slot -> Live, of the good files of a day (days since 1970)."""
    found = defaultdict(dict)
    for stamp, name in check.sample_files(source):
        if stamp // check.DAY_SECONDS != day:
            continue
        path = os.path.join(source, name)
        try:
            check.parse(path)
        except check.Rejected:
            continue
        with open(path, "rb") as file:
            members = json.loads(
                file.read().decode("utf-8-sig"), object_pairs_hook=check.Members, parse_int=whole_number
            )
        slot = stamp // check.SLOT_SECONDS % check.SLOTS_PER_DAY
        for key, value in members:
            streamer = check.login(key)
            if streamer is None:
                continue
            live = Live(value, stamp, check.lists_of(value) is not None)
            if not live.has_chatters and live.viewers is None:
                continue  # not even known to be live
            other = found[streamer].get(slot)
            if other is None or live.rank() > other.rank():
                found[streamer][slot] = live
            elif live.rank() == other.rank() and live.said() != other.said():
                raise check.BadInput(f"{path}: two samples of {streamer} that count the same say different things")
    return found


def streams_of(samples):
    """The streams of a day, each as ascending slots, of slot -> Live."""
    streams, known = [], ""
    for slot in sorted(samples):
        stream_id = samples[slot].stream_id
        if not streams:
            goes_on = False
        elif known and stream_id:
            goes_on = known == stream_id
        else:
            goes_on = slot - streams[-1][-1] <= BRIDGED
        if not goes_on:
            streams.append([])
            known = ""
        known = known or stream_id
        streams[-1].append(slot)
    return streams


def live_figures(streams, samples, chatters):
    """The figures of the live samples of some streams of one streamer; chatters: slot -> how many."""
    airtime = measured = viewer_minutes = compared = anonymous = 0
    for stream in streams:
        for slot, following in zip(stream, stream[1:] + [stream[-1] + 1]):
            minutes = MINUTES * min(BRIDGED, following - slot)
            live = samples[slot]
            airtime += minutes
            if live.viewers is not None:
                measured += minutes
                viewer_minutes += live.viewers * minutes
                if live.has_chatters:
                    compared += minutes
                    anonymous += max(0, live.viewers - chatters[slot]) * minutes
    slots = [slot for stream in streams for slot in stream]
    counts = {slot: samples[slot].viewers for slot in slots if samples[slot].viewers is not None}
    peak = max(counts.values(), default=None)
    average = viewer_minutes / measured if measured else None
    return {
        "airtime": airtime,
        "samples": len(slots),
        "gaps": sum(not samples[slot].has_chatters for slot in slots),
        "partial": sum(samples[slot].has_chatters and not samples[slot].complete for slot in slots),
        "peak": peak,
        "peak_slot": min((slot for slot, count in counts.items() if count == peak), default=None),
        "average_viewers": average,
        "hours_watched": None if average is None else average * airtime / 60,
        "average_anonymous": anonymous / compared if compared else None,
    }


def chat_figures(seen, streams, counted, crowd):
    """The figures of a streamer's chat. seen: viewer -> set of slots; crowd: (viewer, slot) -> number of chats."""
    seen = {viewer: slots for viewer, slots in seen.items() if viewer in counted}
    retention = []
    for minutes in RETENTION:
        could = stayed = 0
        for stream in streams:
            for slots in seen.values():
                inside = [slot for slot in slots if stream[0] <= slot <= stream[-1]]
                if inside and min(inside) + minutes // MINUTES <= stream[-1]:
                    could += 1
                    stayed += max(inside) >= min(inside) + minutes // MINUTES
        retention.append({"minutes": minutes, "could": could, "stayed": stayed})
    samples = sum(len(slots) for slots in seen.values())
    return {
        "viewers": len(seen),
        "samples": samples,
        "hours_seen": samples * MINUTES / 60,
        "elsewhere": sum(any(crowd[viewer, slot] > 1 for slot in slots) for viewer, slots in seen.items()),
        "retention": retention,
    }


def slots_text(slots):
    """Slots as text, for example 12-40,55."""
    slots = set(slots)
    parts = []
    for first in sorted(slot for slot in slots if slot - 1 not in slots):
        last = first
        while last + 1 in slots:
            last += 1
        parts.append(str(first) if first == last else f"{first}-{last}")
    return ",".join(parts)


def spans(samples, field):
    """The texts of a field in the order in which they first come, with their slots."""
    found = {}
    for slot in sorted(samples):
        value = getattr(samples[slot], field)
        if value:
            found.setdefault(value, []).append(slot)
    return [{"text": value, "slots": slots_text(slots)} for value, slots in found.items()]


def known_bots():
    """The logins of the lists that the program brings along."""
    bots = set()
    for name in os.listdir(BOTS):
        with open(os.path.join(BOTS, name), encoding="ascii") as file:
            bots |= {line.strip() for line in file if line.strip() and not line.startswith("#")}
    return bots


def bot_reasons(viewer, slots, crowd, bots):
    """reason -> points; slots: all in which the viewer was seen anywhere."""
    at_once = max(crowd[viewer, slot] for slot in slots)
    reasons = {}
    if viewer in bots:
        reasons["listed"] = 100
    if at_once >= 10:
        reasons["many_channels"] = 60
    elif at_once >= 5:
        reasons["several_channels"] = 30
    if len(slots) >= 22 * 60 // MINUTES:
        reasons["around_the_clock"] = 40
    return reasons


def share(part, whole):
    """part / whole, 0 of nothing."""
    return part / whole if whole else 0.0


def overlap(a, b):
    """Of two sets of viewers."""
    return {
        "shared": len(a & b),
        "share_of_a": share(len(a & b), len(a)),
        "share_of_b": share(len(a & b), len(b)),
        "jaccard": share(len(a & b), len(a | b)),
    }


def audience(source, date):
    """The document, without its revision."""
    days = check.read(source, date)
    samples = live_samples(source, days.day)
    chats = defaultdict(dict)  # streamer -> viewer -> set of slots
    crowd = Counter()
    anywhere = defaultdict(set)  # viewer -> set of slots
    for viewer, streamer, slots in days.pairs():
        chats[streamer][viewer] = set(slots)
        crowd.update((viewer, slot) for slot in slots)
        anywhere[viewer] |= set(slots)
    bots = known_bots()
    reasons = {viewer: bot_reasons(viewer, slots, crowd, bots) for viewer, slots in anywhere.items()}
    everybody = set(anywhere)
    people = {viewer for viewer in everybody if sum(reasons[viewer].values()) < BOT}
    several = {viewer for viewer in everybody if any(crowd[viewer, slot] > 1 for slot in anywhere[viewer])}
    streamers = sorted(set(chats) | set(samples))
    return {
        "day": check.date_of(days.day),
        "all": {"viewers": len(everybody), "at_several": len(several)},
        "people": {"viewers": len(people), "at_several": len(several & people)},
        "bots": {
            reason: sum(reason in found for found in reasons.values())
            for reason in ("listed", "many_channels", "several_channels", "around_the_clock")
        },
        "streamers": [
            streamer_day(streamer, samples.get(streamer, {}), chats[streamer], everybody, people, crowd)
            for streamer in streamers
        ],
        "overlaps": [
            {
                "a": a,
                "b": b,
                "all": overlap(set(chats[a]), set(chats[b])),
                "people": overlap(set(chats[a]) & people, set(chats[b]) & people),
            }
            for a, b in combinations(streamers, 2)
            if set(chats[a]) & set(chats[b])
        ],
    }


def streamer_day(streamer, samples, seen, everybody, people, crowd):
    """The figures of one streamer."""
    chatters = Counter(slot for slots in seen.values() for slot in slots)
    streams = streams_of(samples)
    return {
        "streamer": streamer,
        "all": chat_figures(seen, streams, everybody, crowd),
        "people": chat_figures(seen, streams, people, crowd),
        "live": live_figures(streams, samples, chatters),
        "streams": [
            {
                "id": next((samples[slot].stream_id for slot in stream if samples[slot].stream_id), ""),
                "first": stream[0],
                "last": stream[-1],
                "viewers": len(came_into(stream, seen, everybody)),
                "people": len(came_into(stream, seen, people)),
                "live": live_figures([stream], samples, chatters),
            }
            for stream in streams
        ],
        "titles": spans(samples, "title"),
        "games": spans(samples, "game"),
    }


def came_into(stream, seen, counted):
    """The viewers who were seen in a stream."""
    return [v for v, slots in seen.items() if v in counted and any(stream[0] <= s <= stream[-1] for s in slots)]


def differences(expected, found, where=""):
    """What differs between two documents, in words."""
    if type(expected) is float or type(found) is float:
        if expected is None or found is None or abs(expected - found) > TOLERANCE * max(abs(expected), abs(found)):
            yield f"{where}: expected {expected}, found {found}"
    elif type(expected) is not type(found):
        yield f"{where}: expected {expected!r}, found {found!r}"
    elif type(expected) is dict:
        for key in sorted(set(expected) | set(found)):
            if key in expected and key in found:
                yield from differences(expected[key], found[key], f"{where}.{key}")
            else:
                yield f"{where}: {key} is only {'expected' if key in expected else 'found'}"
    elif type(expected) is list:
        if len(expected) != len(found):
            yield f"{where}: expected {len(expected)} entries, found {len(found)}"
        for number, (one, other) in enumerate(zip(expected, found)):
            yield from differences(one, other, f"{where}[{number}]")
    elif expected != found:
        yield f"{where}: expected {expected!r}, found {found!r}"


def main(arguments=None):
    """Runs one command; returns its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    commands = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    source = argparse.ArgumentParser(add_help=False)
    source.add_argument("source", metavar="SOURCE", help="a folder of sample files")
    source.add_argument("--day", type=check.a_date, help="yyyy-MM-dd (default: the day that most files belong to)")
    commands.add_parser("show", parents=[source], help="print the document")
    comparison = commands.add_parser("compare", parents=[source], help="compare a document of the product")
    comparison.add_argument("--document", required=True, metavar="FILE")
    options = parser.parse_args(arguments)
    try:
        expected = audience(options.source, options.day)
        if options.command == "show":
            print(json.dumps(expected, indent=2))
            return 0
        with open(options.document, encoding="utf-8") as file:
            found = json.load(file)
    except (check.BadInput, OSError, ValueError) as e:
        print(f"audience.py: {e}", file=sys.stderr)
        return 2
    found.pop("revision", None)
    different = list(differences(expected, found))
    print("\n".join(different[:DIFFERENCES_SHOWN]) or f"equal: {len(expected['streamers'])} streamers")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
