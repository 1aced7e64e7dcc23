package twitchactors.ops

import twitchactors.pbm.Palette

/** A palette with what its commands do. */
class OpsPalette(val name: String, val description: String, val commands: List<OpsCommand>) {
    /** As it is described to those who ask. */
    fun described(): Palette = Palette(name, description, commands.map { it.described() })
}
