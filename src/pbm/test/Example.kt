package twitchactors.pbm

/** Palettes of a made-up node. */
internal object Example {
    val palettes = listOf(
        Palette(
            "cluster",
            "the nodes",
            listOf(
                PaletteCommand("show", "Lists all nodes. Each with its roles."),
                PaletteCommand(
                    "down",
                    "Shuts a node out.",
                    listOf(
                        PaletteArgument(
                            "address",
                            "of the node",
                            listOf("-a", "--address"),
                            isMandatory = true,
                            values = listOf("one", "two"),
                        ),
                    ),
                    question = "Is {address} to go?",
                    examples = listOf("cluster down -a one"),
                ),
                PaletteCommand("tail", "Tells of changes.", goesOn = true),
            ),
        ),
        Palette(
            "log",
            "the log",
            listOf(
                PaletteCommand(
                    "level",
                    "Sets a level.",
                    listOf(
                        PaletteArgument("logger", "which one", values = listOf("ROOT")),
                        PaletteArgument("level", "which level", values = listOf("INFO", "WARN")),
                    ),
                ),
                PaletteCommand(
                    "find",
                    "Finds lines.",
                    listOf(
                        PaletteArgument("depth", "how many levels", listOf("-d", "--depth"), default = "4"),
                        PaletteArgument("all", "all of them", listOf("--all"), isFlag = true),
                    ),
                ),
            ),
        ),
        Palette(
            "viewer",
            "a viewer",
            listOf(PaletteCommand("show", "Shows.", listOf(PaletteArgument("login", "who", isMandatory = true, isPersonal = true)))),
        ),
        Palette("uptime", "since when", listOf(PaletteCommand("", "Tells since when."))),
    )
}
