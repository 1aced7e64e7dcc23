"""The viewers checker's own cases: a few days made by hand, with answers worked out by hand."""

import unittest

import viewers
from test_check import CheckerCase


class Viewers(CheckerCase):
    def days(self, *days):
        return viewers.Days(self.folders(*days, game="Chess"))

    def line(self, days, viewer):
        return viewers.viewer_line(viewer, days.chats[viewer], days, set())

    def test_an_average_begins_with_the_first_day_and_counts_absence_as_nothing(self):
        days = self.days({0: {"anna": ["a"]}}, {0: {"anna": ["b"]}}, {0: {"zed": ["a"]}, 13: {"anna": ["a"]}})
        line = self.line(days, "a")
        step = 2 / 21
        second = 5 - step * 5
        self.assertAlmostEqual(line["workday"]["minutes"][0], second + step * (5 - second))
        self.assertAlmostEqual(line["workday"]["minutes"][1], step * 5)
        self.assertEqual([(one["streamer"], one["minutes"]) for one in line["streamers"]], [("anna", 10), ("zed", 5)])
        self.assertEqual(line["streak"], {"current": 1, "longest": 1})
        self.assertEqual(line["games"][0]["minutes"], 15)

    def test_a_game_in_two_chats_at_once_counts_once(self):
        line = self.line(self.days({7: {"anna": ["a"], "zed": ["a"]}}), "a")
        self.assertEqual((line["games"][0]["minutes"], line["minutes_at_several"], line["most_at_once"]), (5, 5, 2))

    def test_loyalty_is_of_sets(self):
        names = ["old", "lost"]
        days = self.days(*[{0: {"anna": ["old"] + (names if day == 0 else [])}} for day in range(8)])
        streamer = viewers.window(days)["streamers"][0]
        self.assertEqual(streamer["all"]["by_days"], [1, 0, 0, 0, 0, 0, 0, 1])
        self.assertEqual(
            {key: streamer["all"][key] for key in ("regular", "lost", "leaving")},
            dict.fromkeys(("regular", "lost", "leaving"), 1),
        )


if __name__ == "__main__":
    unittest.main()
