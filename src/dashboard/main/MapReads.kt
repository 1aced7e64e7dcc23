package twitchactors.dashboard

import twitchactors.domain.Day
import twitchactors.domain.Login
import twitchactors.store.AudienceMap
import twitchactors.store.StreamerOverlaps

/**
 * What the map of streamers asks. A length is the number of days up to a day: 1, 7 or 30. Each blocks its caller.
 *
 * @param communities null when they were not counted
 * @param overlaps with whom each of some streamers shares people, in any order; those of whom it is not known are left out
 */
class MapReads(val communities: (Day, Int) -> AudienceMap?, val overlaps: (Collection<Login>, Day, Int) -> List<StreamerOverlaps>)
