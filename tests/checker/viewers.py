#!/usr/bin/env python3
"""An independent answer to what `twitchactors viewers` and `twitchactors audience DAY --days N --json` say of several days.

Reads folders of sample files, a day each, as check.py does, and computes every figure from its definition in
docs/contract.md ("Viewers", "Windows, flows, communities") day by day, with plain sets and loops. It shares no code
with the product, is written for being read rather than for speed, and needs nothing but Python 3.9.
"""

import argparse
import datetime
import json
import sys
from collections import Counter, defaultdict
from itertools import combinations

import audience
import check

EXAMPLES = """\
examples:
  viewers.py compare day-1 day-2 --document viewers.jsonl
  viewers.py window day-1 day-2 --document window.json

exit codes: 0 done (equal), 1 there is a difference, 2 bad use or bad input"""

MINUTES = 5  # of a slot
HOURS = 24
WORKDAYS, WEEKEND_DAYS, RECENT_DAYS = 20, 8, 28  # of the moving averages
YEAR = 365
REGULAR = 3  # days before
WEEK = 7
DIFFERENCES_SHOWN = 10
EPOCH = datetime.date(1970, 1, 1)


class Seen:
    """One viewer's day."""

    def __init__(self, chats, games, bots, viewer):
        """chats: streamer -> set of slots; games: streamer -> slot -> game."""
        crowd = defaultdict(set)
        played = defaultdict(set)
        for streamer, slots in chats.items():
            for slot in slots:
                crowd[slot].add(streamer)
                game = games.get(streamer, {}).get(slot)
                if game:
                    played[game].add(slot)
        self.slots = set(crowd)
        self.hours = [sum(slot // 12 == hour for slot in self.slots) * MINUTES for hour in range(HOURS)]
        self.several = sum(len(chats) > 1 for chats in crowd.values())
        self.most = max(len(chats) for chats in crowd.values())
        self.streamers = {streamer: len(slots) * MINUTES for streamer, slots in chats.items()}
        self.games = {game: len(slots) * MINUTES for game, slots in played.items()}
        counts = {(viewer, slot): len(chats) for slot, chats in crowd.items()}
        self.reasons = audience.bot_reasons(viewer, self.slots, counts, bots)
        self.score = min(100, sum(self.reasons.values()))


class Days:
    """Some days of everybody: tracked, ascending, as days since 1970; and viewer -> day -> streamer -> slots."""

    def __init__(self, sources):
        self.tracked = []
        self.games = {}
        self.chats = defaultdict(lambda: defaultdict(dict))
        for source in sources:
            days = check.read(source)
            self.tracked.append(days.day)
            samples = audience.live_samples(source, days.day)
            self.games[days.day] = {
                streamer: {slot: live.game for slot, live in slots.items()} for streamer, slots in samples.items()
            }
            for viewer, streamer, slots in days.pairs():
                self.chats[viewer][days.day][streamer] = set(slots)
        self.tracked.sort()


def average(span, values):
    """An exponential moving average that begins with the first value."""
    result = None
    for value in values:
        result = value if result is None else result + 2 / (span + 1) * (value - result)
    return result or 0.0


def is_weekend(day):
    return (EPOCH + datetime.timedelta(days=day)).weekday() >= 5


def date(day):
    return str(EPOCH + datetime.timedelta(days=day))


def schedule(span, days, seen):
    """The average minutes of each hour over some days."""
    nothing = [0] * HOURS
    hours = [seen[day].hours if day in seen else nothing for day in days]
    return {"days": len(days), "minutes": [average(span, [of[hour] for of in hours]) for hour in range(HOURS)]}


def favourites(kind, of, days, seen):
    """Streamers or games by all minutes; of(seen): what -> minutes."""
    found = []
    for what in {what for day in seen.values() for what in of(day)}:
        minutes = [of(seen[day]).get(what, 0) if day in seen else 0 for day in days]
        found.append(
            {
                kind: what,
                "minutes": sum(minutes),
                "days": sum(minute > 0 for minute in minutes),
                "score": average(RECENT_DAYS, minutes),
            }
        )
    return sorted(found, key=lambda one: (-one["minutes"], one[kind].encode("utf-16-be")))


def streaks(tracked, seen):
    """The streak that ends with the last tracked day, and the longest."""
    longest = length = 0
    for day in tracked:
        length = length + 1 if day in seen else 0
        longest = max(longest, length)
    return {"current": length, "longest": longest}


def viewer_line(viewer, chats, days, bots):
    """What there is to say of one viewer; chats: day -> streamer -> slots."""
    seen = {day: Seen(of, days.games[day], bots, viewer) for day, of in sorted(chats.items())}
    first, last = min(seen), max(seen)
    between = [day for day in days.tracked if first <= day <= last]
    lately = [seen[day] for day in between[-RECENT_DAYS:] if day in seen]
    reasons = {reason for day in lately for reason in day.reasons}
    score = max(day.score for day in lately)
    return {
        "viewer": viewer,
        "as_of": date(days.tracked[-1]),
        "days": len(seen),
        "first_seen": date(first),
        "last_seen": date(last),
        "minutes": sum(len(day.slots) for day in seen.values()) * MINUTES,
        "minutes_at_several": sum(day.several for day in seen.values()) * MINUTES,
        "most_at_once": max(day.most for day in seen.values()),
        "streak": streaks(days.tracked, seen),
        "workday": schedule(WORKDAYS, [day for day in between if not is_weekend(day)], seen),
        "weekend": schedule(WEEKEND_DAYS, [day for day in between if is_weekend(day)], seen),
        "streamers": favourites("streamer", lambda day: day.streamers, between, seen),
        "games": favourites("game", lambda day: day.games, between, seen),
        "year": [
            {"day": date(day), "minutes": len(of.slots) * MINUTES}
            for day, of in seen.items()
            if day > days.tracked[-1] - YEAR
        ],
        "bot": {
            "score": score,
            "is_bot": score >= audience.BOT,
            "reasons": [
                reason
                for reason in ("listed", "many_channels", "several_channels", "around_the_clock")
                if reason in reasons
            ],
        },
    }


def loyalty(seen_on, tracked):
    """Of one streamer: seen_on: viewer -> set of days."""
    today = {viewer for viewer, days in seen_on.items() if tracked[-1] in days}
    before = {viewer: len(days - {tracked[-1]}) for viewer, days in seen_on.items()}
    on = Counter(len(days) for days in seen_on.values())
    return {
        "viewers": len(seen_on),
        "new": sum(before[viewer] == 0 for viewer in today),
        "returning": sum(before[viewer] > 0 for viewer in today),
        "regular": sum(before[viewer] >= REGULAR for viewer in today),
        "leaving": sum(days == {tracked[0]} for days in seen_on.values()),
        "lost": sum(max(days) <= tracked[-1] - WEEK for days in seen_on.values()),
        "by_days": [on[n] for n in range(1, len(tracked) + 1)],
    }


def window(days):
    """The document of several days together."""
    bots = audience.known_bots()
    people = {
        viewer
        for viewer, chats in days.chats.items()
        if all(Seen(of, {}, bots, viewer).score < audience.BOT for of in chats.values())
    }
    seen_on = defaultdict(lambda: defaultdict(set))
    for viewer, chats in days.chats.items():
        for day, of in chats.items():
            for streamer in of:
                seen_on[streamer][viewer].add(day)

    def only_people(seen):
        return {viewer: on for viewer, on in seen.items() if viewer in people}

    streamers = sorted(seen_on)
    return {
        "days": [date(day) for day in days.tracked],
        "all": {"viewers": len(days.chats)},
        "people": {"viewers": len(people)},
        "streamers": [
            {
                "streamer": streamer,
                "all": loyalty(seen_on[streamer], days.tracked),
                "people": loyalty(only_people(seen_on[streamer]), days.tracked),
            }
            for streamer in streamers
        ],
        "overlaps": [
            {
                "a": a,
                "b": b,
                "all": audience.overlap(set(seen_on[a]), set(seen_on[b])),
                "people": audience.overlap(set(seen_on[a]) & people, set(seen_on[b]) & people),
            }
            for a, b in combinations(streamers, 2)
            if set(seen_on[a]) & set(seen_on[b])
        ],
    }


def compare_viewers(days, path):
    """What differs from a file of lines, in words."""
    bots = audience.known_bots()
    with open(path, encoding="utf-8") as file:
        found = [json.loads(line) for line in file]
    expected = sorted(days.chats)
    if [line["viewer"] for line in found] != expected:
        yield f"expected {len(expected)} viewers, found {len(found)}, or others"
        return
    for line in found:
        viewer = line["viewer"]
        yield from audience.differences(viewer_line(viewer, days.chats[viewer], days, bots), line, viewer)


def main(arguments=None):
    """Runs one command; returns its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, epilog=EXAMPLES, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("command", choices=("compare", "window"), help="lines of viewers; or what --days --json prints")
    parser.add_argument("sources", metavar="SOURCE", nargs="+", help="a folder of sample files, a day each")
    parser.add_argument("--document", required=True, metavar="FILE")
    options = parser.parse_args(arguments)
    try:
        days = Days(options.sources)
        if options.command == "compare":
            different = list(compare_viewers(days, options.document))
        else:
            with open(options.document, encoding="utf-8") as file:
                different = list(audience.differences(window(days), json.load(file)))
    except (check.BadInput, OSError, ValueError) as e:
        print(f"viewers.py: {e}", file=sys.stderr)
        return 2
    print("\n".join(different[:DIFFERENCES_SHOWN]) or f"equal: {len(days.chats)} viewers of {len(days.tracked)} days")
    return 1 if different else 0


if __name__ == "__main__":
    sys.exit(main())
