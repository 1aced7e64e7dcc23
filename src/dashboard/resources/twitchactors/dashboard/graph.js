// Maps of points and lines: how they are drawn, and how mouse and keyboard move in them.
(function () {
  'use strict'
  const charts = window.charts

  // "one (12), other (7)" names whom a point is joined with.
  function linked (text) {
    return (text || '').split(', ').filter(Boolean).map(function (part) { return part.split(' ')[0] })
  }

  charts.kinds.graph = function (data, look, colour) {
    const all = charts.table(data)
    const option = charts.base(colour)
    const names = all.values(look.node)
    const place = new Map(names.map(function (name, index) { return [name, index] }))
    const groups = [...new Set(all.values(look.group))]
    const sizes = all.values(look.size)
    const most = Math.max.apply(null, sizes.concat([1]))
    const tint = function (group) { return group < colour.series.length - 1 ? colour.series[group] : colour.series[colour.series.length - 1] }
    const seen = new Set()
    const links = []
    all.rows.forEach(function (row, index) {
      for (const other of linked(all.value(row, look.links))) {
        const to = place.get(other)
        const pair = Math.min(index, to) + ' ' + Math.max(index, to)
        if (to === undefined || to === index || seen.has(pair)) continue
        seen.add(pair)
        links.push({ source: index, target: to })
      }
    })
    option.tooltip.formatter = function (point) {
      if (point.dataType !== 'node') return null
      const row = all.rows[point.data.row]
      return charts.tip(all.value(row, look.node), all.lines(row, [look.node, look.x, look.y]))
    }
    option.series = [{
      type: 'graph', layout: 'none', roam: 'move', scaleLimit: { min: 0.5, max: 20 }, preserveAspect: 'contain', left: 30, right: 70, top: 24, bottom: 24,
      categories: groups.map(function (group, index) { return { name: group, itemStyle: { color: tint(index) } } }),
      data: all.rows.map(function (row, index) {
        return {
          name: names[index], row: index, x: all.value(row, look.x) * 1000, y: all.value(row, look.y) * 1000, category: groups.indexOf(all.value(row, look.group)),
          symbolSize: 6 + 34 * Math.sqrt(sizes[index] / most), label: { show: index < 40 }
        }
      }),
      links: links, lineStyle: { color: 'source', opacity: 0.22, width: 1, curveness: 0.1 },
      itemStyle: { borderColor: colour.card, borderWidth: 1, opacity: 0.92 },
      label: { position: 'right', color: colour.ink, fontSize: 11, textBorderColor: colour.card, textBorderWidth: 2 },
      labelLayout: { hideOverlap: true },
      emphasis: { focus: 'adjacency', label: { show: true }, lineStyle: { opacity: 0.7, width: 2 } }, blur: { itemStyle: { opacity: 0.15 }, lineStyle: { opacity: 0.05 } }
    }]
    return option
  }

  // Buttons and keys: a canvas has neither.
  charts.after.graph = function (box, chart, data) {
    const all = charts.table(data)
    let at = -1
    const said = document.createElement('p')
    said.className = 'hidden'
    said.setAttribute('aria-live', 'polite')
    const tools = document.createElement('div')
    tools.className = 'zoom'
    for (const [sign, title, act] of [['+', 'Larger', function () { zoom(1.3) }], ['−', 'Smaller', function () { zoom(1 / 1.3) }], ['⌂', 'The whole map', whole]]) {
      const button = document.createElement('button')
      button.type = 'button'
      button.textContent = sign
      button.title = title
      button.setAttribute('aria-label', title)
      button.addEventListener('click', act)
      tools.append(button)
    }
    box.after(said)
    box.before(tools)
    box.tabIndex = 0
    box.setAttribute('role', 'application')
    box.setAttribute('aria-label', box.getAttribute('aria-label') + ' Arrow keys go from streamer to streamer, plus and minus zoom, 0 shows all.')

    function zoom (by, x, y) {
      chart.dispatchAction({
        type: 'graphRoam', seriesIndex: 0, zoom: by, originX: x === undefined ? box.clientWidth / 2 : x, originY: y === undefined ? box.clientHeight / 2 : y
      })
    }

    function whole () { chart.setOption({ series: [{ zoom: 1, center: null }] }) }

    function go (to) {
      chart.dispatchAction({ type: 'downplay', seriesIndex: 0 })
      at = (to + all.rows.length) % all.rows.length
      const row = all.rows[at]
      chart.dispatchAction({ type: 'highlight', seriesIndex: 0, dataIndex: at })
      chart.dispatchAction({ type: 'showTip', seriesIndex: 0, dataIndex: at })
      said.textContent = data.columns.filter(function (column) { return column.key !== data.look.x && column.key !== data.look.y })
        .map(function (column, index) { return index === 0 ? all.value(row, column.key) : column.title + ': ' + charts.shown(all.value(row, column.key), column.kind) }).join(', ')
    }

    function rest () {
      at = -1
      chart.dispatchAction({ type: 'downplay', seriesIndex: 0 })
      chart.dispatchAction({ type: 'hideTip' })
    }

    box.addEventListener('keydown', function (event) {
      if (event.ctrlKey || event.metaKey || event.altKey) return
      const href = data.hrefs && at >= 0 && data.hrefs[at]
      const acts = {
        ArrowRight: function () { go(at + 1) },
        ArrowDown: function () { go(at + 1) },
        ArrowLeft: function () { go(at <= 0 ? all.rows.length - 1 : at - 1) },
        ArrowUp: function () { go(at <= 0 ? all.rows.length - 1 : at - 1) },
        '+': function () { zoom(1.3) },
        '=': function () { zoom(1.3) },
        '-': function () { zoom(1 / 1.3) },
        0: whole,
        Escape: rest,
        Enter: function () { if (href) window.location.assign(href) }
      }
      if (!Object.hasOwn(acts, event.key)) return
      event.preventDefault()
      acts[event.key]()
    })
    box.addEventListener('blur', rest)
    box.addEventListener('wheel', function (event) {
      if (!event.ctrlKey) return
      event.preventDefault()
      const inside = box.getBoundingClientRect()
      zoom(event.deltaY < 0 ? 1.2 : 1 / 1.2, event.clientX - inside.left, event.clientY - inside.top)
    }, { passive: false })
  }
})()
