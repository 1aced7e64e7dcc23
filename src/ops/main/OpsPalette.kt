package twitchactors.ops

import twitchactors.pbm.Palette
import twitchactors.pbm.PaletteCommand

/** A palette with what its commands do. */
class OpsPalette(val name: String, val description: String, val commands: List<OpsCommand>) {
    /** As it is described to those who ask; [described] says how each command is. */
    fun described(described: (OpsCommand) -> PaletteCommand): Palette = Palette(name, description, commands.map(described))
}
