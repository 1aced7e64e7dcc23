package twitchactors.recording

import twitchactors.domain.Day

/**
 * A drop of [day], whose files went when the first of its records came through any partition of `samples`.
 *
 * @param at when that first record was appended, in milliseconds since 1970
 * @param passed by partition, the offset of its record of the drop: what stands before that in the partition counts no more, also
 *   when it is read again. A partition that is not in it has not brought its record yet
 */
internal data class DropSeen(val day: Day, val id: String, val at: Long, val passed: Map<Int, Long>)
