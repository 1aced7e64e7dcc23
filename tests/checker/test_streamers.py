"""The own cases of the checker of streamers' pages: a small day made by hand, with answers worked out by hand."""

import unittest

import streamers
from test_check import MIDNIGHT, CheckerCase


def sample(viewers, names, stream="1", game="Chess", title="hello"):
    return {"viewer_count": viewers, "chatters": names, "stream_id": stream, "game": game, "title": title}


class Streamers(CheckerCase):
    def setUp(self):
        super().setUp()
        # anna: a stream of slots 2, 3 and 6, and another from slot 9 on, of which the second sample has no names.
        for slot, value in {
            2: sample(100, ["a", "b"]),
            3: sample(300, ["b", "c"]),
            6: sample(200, ["d", "e", "f"], game="Music"),
            9: sample(10, ["a"], stream="2"),
            10: sample(30, None, stream="2"),
        }.items():
            self.put(MIDNIGHT + 300 * slot, {"anna": value})
        self.samples = streamers.read(self.day)

    def row(self):
        """What a right page of all streamers shows."""
        # Slot 3 speaks for two slots, for slot 4 and 5 have no sample; slot 6 for one, for slot 9 is another stream.
        viewers = (100 * 5 + 300 * 10 + 200 * 5 + 10 * 5 + 30 * 5) / 30
        return {
            "rank": 1,
            "streamer": "anna",
            "average_viewers": viewers,
            "hours_watched": viewers / 2,
            "peak_viewers": 300,
            "airtime": 0.5,
            "average_chatters": (2 * 5 + 2 * 10 + 3 * 5 + 1 * 5) / 25,
            "average_anonymous": (98 * 5 + 298 * 10 + 197 * 5 + 9 * 5) / 25,
            "unique_chatters": 6,
        }

    def compare(self, row):
        comparison = streamers.Comparison()
        streamers.ranking({"panels": {"streamers-ranking": {"rows": [row]}}}, self.samples, comparison)
        return [difference.split(":")[0] for difference in comparison.differences]

    def test_a_sample_speaks_for_at_most_two_slots_and_never_beyond_its_stream(self):
        self.assertEqual([5, 10, 5, 5, 5], [one.minutes for one in self.samples["anna"]])

    def test_right_figures_are_equal_and_each_wrong_one_is_told(self):
        self.assertEqual([], self.compare(self.row()))
        for key in (
            "average_viewers",
            "peak_viewers",
            "airtime",
            "average_chatters",
            "average_anonymous",
            "unique_chatters",
        ):
            self.assertEqual([f"anna {key}"], self.compare({**self.row(), key: self.row()[key] + 1}))

    def page(self, shown):
        rows = {
            "streamer-over-time": [],
            "streamer-new-returning": [{"unique": 6}],
            "streamer-streams": [],
            "streamer-games": [],
            **shown,
        }
        comparison = streamers.Comparison()
        panels = {panel: {"rows": content} for panel, content in rows.items()}
        streamers.page({"subject": "anna", "panels": panels}, self.samples, comparison)
        return [difference.split(":")[0] for difference in comparison.differences]

    def test_streams_and_games_are_told_apart(self):
        first = {
            "start": "2022-08-01T00:10:00Z",
            "airtime": 20 / 60,
            "average_viewers": 225,
            "peak_viewers": 300,
            "hours_watched": 75,
            "unique_chatters": 6,
        }
        second = {
            "start": "2022-08-01T00:45:00Z",
            "airtime": 10 / 60,
            "average_viewers": 20,
            "peak_viewers": 30,
            "hours_watched": 20 / 6,
            "unique_chatters": 1,
        }
        self.assertEqual([], self.page({"streamer-streams": [second, first]}))
        self.assertEqual(["anna streams"], self.page({"streamer-streams": [first]}))
        music = {
            "category": "Music",
            "airtime": 5 / 60,
            "average_viewers": 200,
            "average_chatters": 3,
            "peak_viewers": 200,
        }
        self.assertEqual(["anna streams"], self.page({"streamer-games": [music]}))
        said = self.page({"streamer-streams": [second, first], "streamer-games": [{**music, "peak_viewers": 300}]})
        self.assertEqual(["anna Music peak_viewers"], said)

    def test_there_is_a_point_where_there_is_a_sample(self):
        point = {"viewers": 30, "chatters": None, "anonymous": None, "title": "hello"}
        none = {"viewers": None, "chatters": None, "anonymous": None, "title": None}
        points = [{"time": "2022-08-01T00:50:00Z", **point}, {"time": "2022-08-01T00:55:00Z", **none}]
        self.assertEqual(["anna streams"], self.page({"streamer-over-time": points}))
        points[1]["viewers"] = 5
        self.assertIn("anna 2022-08-01T00", self.page({"streamer-over-time": points}))


if __name__ == "__main__":
    unittest.main()
