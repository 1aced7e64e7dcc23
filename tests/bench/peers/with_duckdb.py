"""DuckDB straight over the JSON files: one statement from text to Parquet.

Usage: with_duckdb.py DAY OUT [--exact] [--sorted]

Without flags: samples, minutes, first and last slot per pair, in any order. --exact adds the set of slots as five
64-bit masks (the cheapest exact form found: ordered lists of slots cost a quarter more CPU, bit strings as much).
--sorted orders the rows by viewer and streamer as `restructure` does.

DuckDB's defaults are its best configuration here. With as many threads as cores, more threads cost CPU and memory,
one thread costs wall time; preserve_insertion_order and allocator_background_threads change nothing measurable; an
unnest per join (`from f, unnest(..)`) costs four times the CPU of an unnest per select. A maximum_object_size beyond the
default of 16 MiB, which no file here reaches, only adds memory.
"""

import sys

import duckdb

WORDS = range(5)  # 5 x 64 bits hold 288 slots

STATEMENT = """
copy (
  with polls as (
    select (regexp_extract(filename, '([0-9]+)[.]json$', 1)::bigint // 300 % 288)::ubigint as slot, json
    from read_json('{day}/[0-9]*.json', columns = {{json: 'MAP(VARCHAR, STRUCT(chatters VARCHAR[]))'}}, records = false,
                   format = 'unstructured', filename = true)
  ),
  samples as (
    select slot::usmallint as slot, unnest(map_entries(json)) as entry {masks_of_slot}
    from polls
  ),
  sightings as (
    select slot, entry.key as streamer, unnest(entry.value.chatters) as viewer {masks}
    from samples
  )
  select viewer, streamer, count(*)::usmallint as samples, (count(*) * 5)::usmallint as minutes,
         min(slot) as first_slot, max(slot) as last_slot {merged_masks}
  from sightings
  group by viewer, streamer
  {order}
) to '{out}' (format parquet)
"""


def main(day, out, *flags):
    """Runs the one statement."""
    words = WORDS if "--exact" in flags else ()
    duckdb.execute(
        STATEMENT.format(
            day=day.replace("'", "''"),
            out=out.replace("'", "''"),
            masks_of_slot="".join(
                f", case when slot // 64 = {i} then 1::ubigint << (slot % 64) else 0 end as slots_{i}" for i in words
            ),
            masks="".join(f", slots_{i}" for i in words),
            merged_masks="".join(f", bit_or(slots_{i}) as slots_{i}" for i in words),
            order="order by viewer, streamer" if "--sorted" in flags else "",
        )
    )


main(*sys.argv[1:])
