"""Prints what outputs in CSV or Parquet say, as JSON: {file name: [pairs, sightings, fingerprint]}.

The fingerprint covers viewer, streamer, samples, first_slot and last_slot of all rows, in any order; columns beyond
these (minutes, exact slots) are not looked at.
"""

import json
import sys
from pathlib import Path

import duckdb

QUERY = """
select count(*), sum(samples)::bigint,
       sum(hash(viewer, streamer, samples::int, first_slot::int, last_slot::int)::hugeint)::varchar
from {reader}(?)
"""


def answer(path):
    """[pairs, sightings, fingerprint] of one output."""
    # Written out, the types keep a column of digits from being read as a number.
    columns = "{viewer: 'VARCHAR', streamer: 'VARCHAR', samples: 'INT', first_slot: 'INT', last_slot: 'INT'}"
    if path.suffix == ".parquet":
        query = QUERY.format(reader="read_parquet")
    else:
        query = QUERY.format(reader="read_csv").replace("(?)", f"(?, header = true, delim = ',', columns = {columns})")
    return list(duckdb.execute(query, [str(path)]).fetchone())


print(json.dumps({Path(name).name: answer(Path(name)) for name in sys.argv[1:]}))
