package twitchactors.simulator

/**
 * Every random decision of a world as a pure function of (seed, purpose, entity, day): nothing depends on the order in which
 * the world is asked, and one entity's or day's draws say nothing about another's.
 */
class Draws(seed: Long) {
    private val base = SplitMix64.mix(seed + 1)

    /** 64 bits for one decision. [day] is 0 for what does not change from day to day. */
    fun bits(purpose: Purpose, entity: Long, day: Int = 0): Long {
        val inner = SplitMix64.mix(base + (purpose.ordinal + 1) * PURPOSE_STEP)
        return SplitMix64.mix(SplitMix64.mix(inner xor entity * ENTITY_STEP) + day * DAY_STEP)
    }

    /** True in [parts] of [of] cases. */
    fun hits(purpose: Purpose, entity: Long, day: Int, parts: Int, of: Int): Boolean = index(purpose, entity, day, of) < parts

    /** An index 0 until [bound]. */
    fun index(purpose: Purpose, entity: Long, day: Int, bound: Int): Int = (((bits(purpose, entity, day) ushr 32) * bound) ushr 32).toInt()

    /** A stream of numbers for a decision of several steps. */
    fun stream(purpose: Purpose, entity: Long, day: Int = 0): SplitMix64 = SplitMix64(bits(purpose, entity, day))

    /** What a draw is for. New ones go to the end: the ordinal is part of every number drawn. */
    enum class Purpose {
        NAME, STREAMER_HABIT, BROADCASTS, PROGRAMME, RAID, OCCUPANT, VIEWER_HABIT, VISITS, JOIN, BOT, COUNT,
        POLL, PLAN, VICTIM, GAP, PART, NAME_FORM, SHAPE,
        MODERATES, ROLE, TALKS, TOKEN, FAULT,
    }

    private companion object {
        const val PURPOSE_STEP = 0x2545f4914f6cdd1dL
        const val ENTITY_STEP = -0x61c8864680b583ebL
        const val DAY_STEP = -0x3b314601e57a13adL
    }
}
