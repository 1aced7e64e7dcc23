package twitchactors.dashboard

import java.time.DateTimeException
import java.time.ZoneId
import java.time.ZoneOffset

/** The time zones that the pages offer; the address may name any other that the machine knows. */
internal object Zone {
    val UTC: ZoneId = ZoneOffset.UTC

    /** Offered, west to east. */
    val OFFERED: List<String> = listOf(
        "America/Los_Angeles", "America/New_York", "America/Sao_Paulo", "UTC", "Europe/London", "Europe/Paris", "Europe/Helsinki",
        "Asia/Tokyo", "Australia/Sydney",
    )

    /** Null when [text] names none. */
    fun of(text: String): ZoneId? = try {
        if (text == "UTC") UTC else ZoneId.of(text)
    } catch (_: DateTimeException) {
        null
    }

    fun name(zone: ZoneId): String = if (zone == UTC) "UTC" else zone.id
}
