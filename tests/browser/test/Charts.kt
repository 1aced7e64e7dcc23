package twitchactors.browser

/** The charts of a page, drawn. */
internal object Charts {
    /** Scrolls to each chart of the page of [look]; says which is not drawn, or has nothing on it that stands for numbers. */
    fun undrawn(look: Look): List<String> = look.page.querySelectorAll(".chart").mapNotNull { box ->
        box.scrollIntoViewIfNeeded()
        look.page.waitForFunction("box => box.dataset.drawn === 'true'", box)
        val marks = (box.evaluate(MARKS) as Number).toInt()
        if (marks >= LEAST_PIXELS) null else "the numbers of ${box.evaluate("box => box.closest('.panel').id")} colour $marks pixels"
    }

    /** Less than any mark, and more than what a line of text is shifted by. */
    private const val LEAST_PIXELS = 20

    /**
     * How many pixels are another colour, or none, when the numbers are taken out of the drawn chart, or all of it where it is a drawing
     * without axes. Then they are put in again.
     */
    private const val MARKS = """box => {
        const chart = window.echarts.getInstanceByDom(box)
        if (!chart) return -1
        const model = chart.getModel()
        const isDrawing = model.getSeries().length === 0
        if (!isDrawing && !model.getSeries().some(series => series.getData().count() > 0)) return -2
        const pixels = () => {
            const canvas = box.querySelector('canvas')
            const copy = document.createElement('canvas')
            copy.width = canvas.width
            copy.height = canvas.height
            const context = copy.getContext('2d', { willReadFrequently: true })
            context.drawImage(canvas, 0, 0)
            return context.getImageData(0, 0, copy.width, copy.height).data
        }
        const kept = chart.getOption().series.map(series => ({ data: series.data, links: series.links }))
        if (!isDrawing) chart.setOption({ animation: false, series: kept })
        const full = pixels()
        const whole = chart.getOption()
        if (isDrawing) chart.clear(); else chart.setOption({ animation: false, series: kept.map(() => ({ data: [], links: [] })) })
        const bare = pixels()
        chart.setOption(isDrawing ? whole : { series: kept })
        let differing = 0
        for (let at = 0; at < full.length; at += 4) {
            if ([0, 1, 2, 3].some(of => full[at + of] !== bare[at + of])) differing++
        }
        return differing
    }"""
}
