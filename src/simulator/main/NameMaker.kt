package twitchactors.simulator

import twitchactors.domain.ByteSink

/**
 * Makes logins that look like those of a French-speaking audience: words, first names and invented syllables, about a third
 * with digits, some with underscores, 3 to 25 characters, 11 to 12 on average; those of streamers are shorter, 9 on average, as among
 * the channels of published overlap graphs (8.5 to 8.8) and of a directory's pages (9.7). None is taken from a real list.
 */
internal class NameMaker(private val draws: Draws) {
    enum class Kind { STREAMER, BOT, VIEWER }

    /** Appends a name to [sink]; a later [attempt] at the same [number] gives another one, with more digits. */
    fun make(kind: Kind, number: Int, attempt: Int, sink: ByteSink) {
        val from = sink.size
        val draw = draws.stream(Draws.Purpose.NAME, number.toLong(), attempt)
        when (kind) {
            Kind.STREAMER -> streamer(draw, sink)
            Kind.BOT -> bot(draw, sink)
            Kind.VIEWER -> viewer(draw, sink)
        }
        if (attempt > 0) digits(draw, sink, 1 + minOf(attempt, 6))
        while (sink.size - from < SHORTEST) digits(draw, sink, 1)
        sink.cut(from + LONGEST)
    }

    private fun viewer(draw: SplitMix64, sink: ByteSink) {
        when (draw.below(100)) {
            in 0..27 -> {
                syllables(draw, sink, draw.between(3, 4))
                if (draw.below(10) < 3) digits(draw, sink, draw.between(1, 4))
            }
            in 28..53 -> {
                word(draw, sink, WORDS)
                syllables(draw, sink, draw.between(1, 2))
                if (draw.below(10) < 3) digits(draw, sink, draw.between(1, 3))
            }
            in 54..66 -> {
                word(draw, sink, WORDS)
                word(draw, sink, WORDS)
                if (draw.below(10) < 7) digits(draw, sink, draw.between(2, 4))
            }
            in 67..78 -> {
                word(draw, sink, FIRST_NAMES)
                if (draw.below(2) == 0) sink.ascii('_')
                syllables(draw, sink, draw.between(1, 2))
                if (draw.below(10) < 4) digits(draw, sink, 2)
            }
            in 79..86 -> {
                word(draw, sink, PREFIXES)
                syllables(draw, sink, draw.between(2, 3))
            }
            in 87..94 -> {
                syllables(draw, sink, draw.between(1, 2))
                sink.ascii('_')
                word(draw, sink, WORDS)
                if (draw.below(10) < 3) digits(draw, sink, 2)
            }
            in 95..96 -> {
                digits(draw, sink, draw.between(1, 2))
                syllables(draw, sink, draw.between(2, 3))
            }
            else -> {
                sink.ascii('_')
                syllables(draw, sink, draw.between(2, 3))
                if (draw.below(2) == 0) sink.ascii('_')
            }
        }
    }

    private fun streamer(draw: SplitMix64, sink: ByteSink) {
        when (draw.below(4)) {
            0 -> word(draw, sink, PREFIXES)
            1 -> word(draw, sink, WORDS)
            else -> Unit
        }
        syllables(draw, sink, 2)
        if (draw.below(5) == 0) word(draw, sink, CHANNEL_ENDINGS)
    }

    private fun bot(draw: SplitMix64, sink: ByteSink) {
        if (draw.below(3) == 0) word(draw, sink, WORDS)
        syllables(draw, sink, 2)
        word(draw, sink, BOT_ENDINGS)
    }

    private fun word(draw: SplitMix64, sink: ByteSink, from: Array<ByteArray>) = sink.bytes(from[draw.below(from.size)])

    private fun syllables(draw: SplitMix64, sink: ByteSink, count: Int) = repeat(count) {
        word(draw, sink, ONSETS)
        word(draw, sink, NUCLEI)
        if (draw.below(5) < 2) word(draw, sink, CODAS)
    }

    private fun digits(draw: SplitMix64, sink: ByteSink, count: Int) = repeat(count) { sink.ascii('0' + draw.below(10)) }

    private companion object {
        const val SHORTEST = 3
        const val LONGEST = 25

        fun list(text: String): Array<ByteArray> = text.trim().split(Regex("\\s+")).map { it.encodeToByteArray() }.toTypedArray()

        // The commoner an onset in French and English names, the oftener it is listed.
        val ONSETS = list(
            """b b c c ch d d d dr f f fl g g gr h j j k k kr l l l l m m m m n n n p p ph pl r r r r s s s s sh st t t t th tr
            v v w x y z z qu br cl bl sk sl""",
        )
        val NUCLEI = list("a a a a e e e e i i i o o o u u y ai au ea eo ia ie io oo ou ee")
        val CODAS = list("n n n l l r r s s t x m ck nd rd sh th ss ll ng k z")
        val WORDS = list(
            """acid alpha ange arc astro atlas azur baguette banana bear beau biscuit black blaze bleu blue bob bonbon brume bulle
            cactus cake canard candy captain castor cat chat chill choco cloud cobra comet coco cookie cosmo crazy cyber dark
            deluxe diablo dino doc dog dragon dream drift echo eclair elite ember epic etoile fanta feu flash fox freak frost
            fuego galaxy gamer ghost glitch gold goose goth green grim haze hero hibou hunter ice ivory jade jelly joker jungle
            kaiser karma kawaii kebab king kiwi koala lama lapin laser lazy legend lemon licorne lion loup love lucky luna lynx
            magic mango marmotte matcha mega melon metal mint monster moon nacho neko neon night ninja noir nova nuage ocean
            omega onyx orage otaku ours panda panther patate peach pepper phantom pixel pizza plume poney potato prime pulse punk
            purple queen quiche rabbit radis rage rain ramen raven rebel red renard retro ritz robot rocket roux ruby sable salty
            samourai savage shadow silver sirop skull sleepy sloth snake snow solar sonic soul spark spicy star storm sugar sun
            sushi taco tango tempo tiger tofu tonic toxic turbo ultra urban vague vapor velvet vert viper volt wild wolf wizard
            yeti yuzu zebra zen zero zombie""",
        )
        val FIRST_NAMES = list(
            """adam alex alexis alice ambre amelie antoine arthur axel baptiste ben camille celia charlie chloe clara clem damien
            dylan elena elise emma enzo erwan eva fabien fanny flo florian gab gael hugo ines jade jeremy jo jules julie kevin
            kilian lea leo lena lilou lisa loic louis louise lucas lucie manon marine mario mat mathis max maya melissa mickael
            mila nathan nico nina noah noemie oceane olivier paul pauline pierre quentin raph remi robin romain sacha salome sam
            sarah seb simon sofia tanguy theo thibault thomas tim titouan tom valou victor vince wil yanis yann yohan zoe""",
        )
        val PREFIXES = list("le la les el itz its mr mme xx the im not sir lil big just only iam monsieur petit grand super da real")
        val CHANNEL_ENDINGS = list("tv live ttv _tv lol gaming")
        val BOT_ENDINGS = list("bot bot _bot bots stats tools viewer listener")
    }
}
