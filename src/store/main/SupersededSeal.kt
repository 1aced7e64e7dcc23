package twitchactors.store

/**
 * What a seal said that gave way to a later one.
 *
 * @param published all of it is in the viewer database; false: some of it may be
 * @param form the content, as it was given to [Seals.write]
 */
class SupersededSeal(val revision: Int, val published: Boolean, val form: ByteArray)
