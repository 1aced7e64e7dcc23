// Makes of a panel's table what ECharts draws. One function per kind of look; the page's own script decides when.
window.charts = (function () {
  'use strict'
  const kinds = {}

  // Custom properties may be functions of the theme: only an element that wears them knows their colour.
  function colours () {
    const probe = document.createElement('span')
    probe.hidden = true
    document.body.append(probe)
    const of = function (name) {
      probe.style.color = 'var(--' + name + ')'
      return getComputedStyle(probe).color
    }
    const all = {
      ink: of('ink'), quiet: of('quiet'), line: of('line'), card: of('card'), track: of('track'), accent: of('accent'),
      good: of('good'), warm: of('warm'), bad: of('bad'),
      series: ['c1', 'c2', 'c3', 'c4', 'c5', 'c6', 'c7', 'c8'].map(of),
      heat: ['heat0', 'heat1', 'heat2', 'heat3', 'heat4'].map(of)
    }
    probe.remove()
    return all
  }

  function shown (value, kind) {
    if (value === null || value === undefined) return '–'
    if (typeof value !== 'number') return String(value)
    if (kind === 'share') return (value * 100).toFixed(1) + ' %'
    if (kind === 'bytes') return size(value)
    if (kind === 'seconds') return value < 60 ? value.toFixed(1) + ' s' : Math.floor(value / 60) + ' min ' + Math.floor(value % 60) + ' s'
    if (kind === 'count' || Math.abs(value) >= 1000) return Math.round(value).toLocaleString('en-US')
    return value.toLocaleString('en-US', { maximumFractionDigits: 1 })
  }

  function size (value) {
    const units = ['B', 'KiB', 'MiB', 'GiB', 'TiB']
    let unit = 0
    for (; value >= 1024 && unit < units.length - 1; unit++) value /= 1024
    return (unit === 0 || value >= 100 ? Math.round(value) : value.toFixed(1)) + ' ' + units[unit]
  }

  function short (value, kind) {
    if (kind === 'share') return Math.round(value * 100) + ' %'
    if (kind === 'bytes') return size(value)
    const size = Math.abs(value)
    if (size >= 1e6) return +(value / 1e6).toFixed(1) + ' M'
    if (size >= 1e3) return +(value / 1e3).toFixed(1) + ' k'
    return String(+value.toFixed(size >= 100 ? 0 : size >= 10 ? 1 : 2))
  }

  // Built of elements, not of text: the page's policy forbids styles in text, and nothing in it can become markup.
  function tip (title, lines) {
    const box = document.createElement('div')
    box.className = 'tip'
    const head = document.createElement('b')
    head.textContent = title
    box.append(head)
    for (const [name, text, colour] of lines) {
      const line = document.createElement('div')
      const dot = document.createElement('i')
      if (colour) dot.style.background = colour
      const label = document.createElement('span')
      label.textContent = name
      const value = document.createElement('strong')
      value.textContent = text
      line.append(dot, label, value)
      box.append(line)
    }
    return box
  }

  function table (data) {
    const at = {}
    data.columns.forEach(function (column, index) { at[column.key] = index })
    return {
      rows: data.rows,
      column: function (key) { return data.columns[at[key]] },
      values: function (key) { return data.rows.map(function (row) { return row[at[key]] }) },
      value: function (row, key) { return row[at[key]] },
      // Every column of the row, for a tip.
      lines: function (row, without) {
        return data.columns.filter(function (column) { return !without.includes(column.key) })
          .map(function (column) { return [column.title, shown(row[at[column.key]], column.kind)] })
      }
    }
  }

  function axis (colour, more) {
    return Object.assign({
      axisLine: { lineStyle: { color: colour.line } },
      axisTick: { show: false },
      axisLabel: { color: colour.quiet, fontSize: 11, hideOverlap: true },
      splitLine: { lineStyle: { color: colour.line, opacity: 0.6 } }
    }, more)
  }

  function base (colour) {
    return {
      animation: !window.matchMedia('(prefers-reduced-motion: reduce)').matches,
      animationDuration: 300,
      textStyle: { fontFamily: 'inherit', color: colour.ink },
      color: colour.series,
      grid: { left: 4, right: 12, top: 14, bottom: 4, containLabel: true },
      tooltip: {
        confine: true, transitionDuration: 0, backgroundColor: colour.card, borderColor: colour.line, borderWidth: 1, padding: 0,
        textStyle: { color: colour.ink, fontSize: 12 }, extraCssText: 'box-shadow: 0 4px 16px rgba(0,0,0,.18); border-radius: 8px'
      },
      aria: { enabled: false }
    }
  }

  function zoom (colour, count) {
    if (count < 12) return []
    return [
      { type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseMove: false, moveOnMouseWheel: false },
      {
        type: 'slider', height: 16, bottom: 2, brushSelect: true, showDetail: false, borderColor: 'transparent',
        backgroundColor: colour.track, fillerColor: 'rgba(128,110,190,.22)', dataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } },
        selectedDataBackground: { lineStyle: { opacity: 0 }, areaStyle: { opacity: 0 } }, handleStyle: { color: colour.card, borderColor: colour.quiet },
        moveHandleSize: 0
      }
    ]
  }

  function timed (data, colour, x, names, series) {
    const option = base(colour)
    const times = x.values
    option.tooltip.trigger = 'axis'
    option.tooltip.axisPointer = { type: 'line', lineStyle: { color: colour.quiet } }
    option.tooltip.formatter = function (points) {
      if (!points.length) return null
      return tip(x.label(points[0].axisValue), points.map(function (point) {
        return [point.seriesName, shown(point.value, point.seriesKind || names[point.seriesName]), point.color]
      }))
    }
    option.xAxis = axis(colour, {
      type: 'category', data: times, boundaryGap: false, splitLine: { show: false },
      axisLabel: { color: colour.quiet, fontSize: 11, hideOverlap: true, formatter: x.short }
    })
    const kind = names[Object.keys(names)[0]]
    option.yAxis = axis(colour, { type: 'value', axisLine: { show: false }, axisLabel: { color: colour.quiet, fontSize: 11, formatter: function (v) { return short(v, kind) } } })
    option.dataZoom = zoom(colour, times.length)
    if (option.dataZoom.length) option.grid.bottom = 26
    option.series = series
    return option
  }

  // "1 Aug 2022 14:00" is "1 Aug" at midnight and "14:00" else; "2022-08-01" is "1 Aug".
  function shortTime (text) {
    const moment = /^(\d+ \w{3}) \d{4} (\d\d:\d\d)$/.exec(text)
    if (moment) return moment[2] === '00:00' ? moment[1] : moment[2]
    const date = /^\d{4}-(\d\d)-(\d\d)$/.exec(text)
    if (date) return Number(date[2]) + ' ' + ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][Number(date[1]) - 1]
    return text
  }

  function times (values) {
    return { values: values, label: function (text) { return text }, short: shortTime }
  }

  // A line has no length where a value stands alone: there it gets a dot.
  function line (name, values, colour, more) {
    const none = function (value) { return value === null || value === undefined }
    const points = values.map(function (value, index) {
      return !none(value) && none(values[index - 1]) && none(values[index + 1]) ? { value: value, symbol: 'circle' } : value
    })
    return Object.assign({
      type: 'line', name: name, data: points, symbol: 'none', showAllSymbol: true, symbolSize: 6, lineStyle: { width: 2 }, itemStyle: { color: colour },
      emphasis: { disabled: true }, connectNulls: false
    }, more)
  }

  kinds.lines = function (data, look, colour) {
    const all = table(data)
    const names = {}
    const series = look.ys.map(function (y, index) {
      const column = all.column(y)
      names[column.title] = column.kind
      return line(column.title, all.values(y), colour.series[index], look.area ? { areaStyle: { opacity: 0.12 } } : {})
    })
    if (data.before) {
      const before = table({ columns: data.columns, rows: data.before })
      const name = 'The period before'
      names[name] = all.column(look.ys[0]).kind
      series.push(line(name, before.values(look.ys[0]).slice(0, data.rows.length), colour.quiet, { lineStyle: { width: 1.5, type: 'dashed' } }))
    }
    const option = timed(data, colour, times(all.values(look.x)), names, series)
    if (look.marks.length) mark(option, all, look, colour)
    return option
  }

  // Where a text changes stands a line with the new one; tips say all of them.
  function mark (option, all, look, colour) {
    const places = []
    look.marks.forEach(function (key, depth) {
      let last = null
      all.rows.forEach(function (row, index) {
        const text = all.value(row, key)
        if (!text || text === last) return
        last = text
        places.push({ index: index, depth: depth, text: text })
      })
    })
    // Of several at one place the first of the columns has the label; a label needs room.
    const room = Math.max(1, all.rows.length / 12)
    let free = 0
    const shown = places.filter(function (place) { return place.depth === 0 }).map(function (place) {
      const label = place.index >= free
      if (label) free = place.index + room
      return { xAxis: place.index, label: { show: label, formatter: place.text }, lineStyle: { color: colour.quiet, type: 'dashed', width: 1, opacity: 0.7 } }
    })
    const first = new Set(shown.map(function (line) { return line.xAxis }))
    const others = places.filter(function (place) { return place.depth > 0 && !first.has(place.index) }).map(function (place) {
      return { xAxis: place.index, label: { show: false }, lineStyle: { color: colour.line, type: 'solid', width: 1 } }
    })
    option.series[0].markLine = {
      silent: true, symbol: 'none', animation: false, data: others.concat(shown),
      label: { position: 'insideEndTop', rotate: 0, color: colour.quiet, fontSize: 11, width: 110, overflow: 'truncate', align: 'left', padding: [0, 0, 0, 5] }
    }
    option.grid.top = 26
    const plain = option.tooltip.formatter
    option.tooltip.formatter = function (points) {
      const box = plain(points)
      if (box === null) return null
      const row = all.rows[points[0].dataIndex]
      for (const key of look.marks) {
        const text = all.value(row, key)
        if (!text) continue
        const line = document.createElement('span')
        line.textContent = text
        box.append(line)
      }
      return box
    }
  }

  kinds.series = function (data, look, colour) {
    const all = table(data)
    const moments = [...new Set(all.values(look.x))]
    const place = new Map(moments.map(function (moment, index) { return [moment, index] }))
    const byName = new Map()
    for (const row of all.rows) {
      const name = String(all.value(row, look.series))
      if (!byName.has(name)) byName.set(name, new Array(moments.length).fill(null))
      byName.get(name)[place.get(all.value(row, look.x))] = all.value(row, look.y)
    }
    const names = {}
    const series = [...byName].map(function ([name, values], index) {
      names[name] = all.column(look.y).kind
      return line(name, values, colour.series[index % colour.series.length])
    })
    return timed(data, colour, times(moments), names, series)
  }

  kinds.bars = function (data, look, colour) {
    const all = table(data)
    const option = base(colour)
    const column = all.column(look.y)
    const names = all.values(look.x)
    const values = all.values(look.y)
    const label = { color: colour.quiet, fontSize: 11, hideOverlap: true, formatter: function (v) { return short(v, column.kind) } }
    const value = axis(colour, { type: 'value', splitNumber: look.lying ? 4 : 5, axisLine: { show: false }, axisLabel: label })
    const category = axis(colour, {
      type: 'category', data: names, splitLine: { show: false },
      axisLabel: look.lying
        ? { color: colour.ink, fontSize: 12, width: names.some(function (name) { return String(name).length > 24 }) ? 200 : 130, overflow: 'truncate' }
        : { color: colour.quiet, fontSize: 11, hideOverlap: true, formatter: shortTime }
    })
    if (look.lying) category.inverse = true
    option[look.lying ? 'yAxis' : 'xAxis'] = category
    option[look.lying ? 'xAxis' : 'yAxis'] = value
    option.tooltip.trigger = 'axis'
    option.tooltip.axisPointer = { type: 'shadow' }
    option.tooltip.formatter = function (points) {
      const row = all.rows[points[0].dataIndex]
      return tip(String(points[0].name), all.lines(row, [look.x]))
    }
    option.series = [{
      type: 'bar', name: column.title, data: values, barMaxWidth: look.lying ? 18 : 36,
      itemStyle: { color: colour.series[0], borderRadius: look.lying ? [0, 3, 3, 0] : [3, 3, 0, 0] },
      emphasis: { disabled: true },
      label: look.lying
        ? { show: true, position: 'right', color: colour.quiet, fontSize: 11, formatter: function (p) { return short(p.value, column.kind) } }
        : { show: false }
    }]
    if (look.lying) option.grid.right = 52
    if (data.before) {
      const before = new Map(data.before.map(function (row) { return [row[0], all.value(row, look.y)] }))
      if (look.lying) {
        option.series.push({
          type: 'scatter', name: 'The period before', symbol: 'rect', symbolSize: [2, 16], itemStyle: { color: colour.ink }, silent: true,
          data: names.map(function (name) { return before.has(name) ? before.get(name) : null })
        })
      }
    }
    return option
  }

  function several (data, look, colour, more) {
    const all = table(data)
    const option = base(colour)
    const kind = all.column(look.ys[0]).kind
    option.xAxis = axis(colour, {
      type: 'category', data: all.values(look.x), splitLine: { show: false },
      axisLabel: { color: colour.quiet, fontSize: 11, hideOverlap: true, formatter: shortTime }
    })
    option.yAxis = axis(colour, { type: 'value', axisLine: { show: false }, axisLabel: { color: colour.quiet, fontSize: 11, formatter: function (v) { return short(v, kind) } } })
    option.tooltip.trigger = 'axis'
    option.tooltip.axisPointer = { type: 'shadow' }
    option.tooltip.formatter = function (points) { return tip(String(points[0].name), all.lines(all.rows[points[0].dataIndex], [look.x])) }
    option.series = look.ys.map(function (y, index) {
      return Object.assign({
        type: 'bar', name: all.column(y).title, data: all.values(y), barMaxWidth: 36, itemStyle: { color: colour.series[index] }, emphasis: { disabled: true }
      }, more)
    })
    return option
  }

  kinds.stacked = function (data, look, colour) { return several(data, look, colour, { stack: 'all' }) }

  kinds.grouped = function (data, look, colour) { return several(data, look, colour, { barGap: '10%' }) }

  // How far apart two circles are that share so much.
  function apart (r, s, shared) {
    let [near, far] = [Math.abs(r - s), r + s]
    if (shared <= 0) return far * 1.05
    for (let step = 0; step < 40; step++) {
      const d = (near + far) / 2
      const angle = function (x, y) { return 2 * Math.acos(Math.min(1, Math.max(-1, (d * d + x * x - y * y) / (2 * d * x)))) }
      const [a, b] = [angle(r, s), angle(s, r)]
      const lens = (r * r * (a - Math.sin(a)) + s * s * (b - Math.sin(b))) / 2
      if (lens > shared) near = d; else far = d
    }
    return (near + far) / 2
  }

  kinds.venn = function (data, look, colour) {
    const all = table(data)
    const kind = all.column(look.value).kind
    const circles = all.rows.filter(function (row) { return !all.value(row, look.b) }).map(function (row, index) {
      return { name: all.value(row, look.a), value: all.value(row, look.value), r: Math.sqrt(all.value(row, look.value) / Math.PI), colour: colour.series[index] }
    })
    const share = function (one, other) {
      const row = all.rows.find(function (row) {
        const pair = [all.value(row, look.a), all.value(row, look.b)]
        return pair.includes(one.name) && pair.includes(other.name) && one !== other
      })
      return row ? all.value(row, look.value) : 0
    }
    const distance = function (one, other) { return apart(one.r, other.r, share(one, other)) }
    const [a, b, c] = circles
    Object.assign(a, { x: 0, y: 0 })
    if (b) Object.assign(b, { x: distance(a, b), y: 0 })
    if (c) {
      const [ab, ac, bc] = [b.x, distance(a, c), distance(b, c)]
      const x = ab === 0 ? 0 : (ab * ab + ac * ac - bc * bc) / (2 * ab)
      Object.assign(c, { x: x, y: Math.sqrt(Math.max(0, ac * ac - x * x)) })
    }
    const edge = function (pick, sign) { return circles.map(function (one) { return one[pick] + sign * one.r }) }
    const [left, right] = [Math.min.apply(null, edge('x', -1)), Math.max.apply(null, edge('x', 1))]
    const [top, bottom] = [Math.min.apply(null, edge('y', -1)), Math.max.apply(null, edge('y', 1))]
    const scale = Math.min(300 / Math.max(right - left, 1e-9), 250 / Math.max(bottom - top, 1e-9))
    const at = function (x, y) { return [(x - left) * scale, (y - top) * scale] }
    const text = function (lines, x, y, fill) {
      const [px, py] = at(x, y)
      return { type: 'text', silent: true, z: 10, x: px, y: py, style: { text: lines, fill: fill, font: '600 12px system-ui, sans-serif', align: 'center', verticalAlign: 'middle', lineHeight: 16 } }
    }
    const middle = { x: circles.reduce(function (sum, one) { return sum + one.x }, 0) / circles.length, y: circles.reduce(function (sum, one) { return sum + one.y }, 0) / circles.length }
    const children = circles.map(function (one) {
      const [x, y] = at(one.x, one.y)
      return { type: 'circle', silent: true, shape: { cx: x, cy: y, r: one.r * scale }, style: { fill: one.colour, opacity: 0.28, stroke: one.colour, lineWidth: 2 } }
    })
    for (const one of circles) {
      // Away from the others, where the circle is alone.
      const [dx, dy] = [one.x - middle.x, one.y - middle.y]
      const length = Math.hypot(dx, dy) || 1
      const words = one.name + '\n' + shown(one.value, kind)
      // A small one has its words below it.
      if (one.r * scale < 50) children.push(text(words, one.x, one.y + one.r + 20 / scale, colour.ink))
      else children.push(text(words, one.x + dx / length * one.r * 0.45, one.y + dy / length * one.r * 0.45, colour.ink))
    }
    circles.forEach(function (one, index) {
      circles.slice(index + 1).forEach(function (other) {
        const value = share(one, other)
        const d = Math.hypot(other.x - one.x, other.y - one.y)
        if (!value || d === 0) return
        // In the middle of what both share, a little away from the third.
        const t = ((d + one.r - other.r) / 2) / d
        let [x, y] = [one.x + (other.x - one.x) * t, one.y + (other.y - one.y) * t]
        if (circles.length === 3) [x, y] = [x + (x - middle.x) * 0.35, y + (y - middle.y) * 0.35]
        children.push(text(shown(value, kind), x, y, colour.ink))
      })
    })
    const option = base(colour)
    option.tooltip.show = false
    option.graphic = [{ type: 'group', left: 'center', top: 'middle', children: children }]
    option.series = []
    return option
  }

  kinds.flow = function (data, look, colour) {
    const all = table(data)
    const option = base(colour)
    const kind = all.column(look.value).kind
    const nodes = new Map([['middle', { name: 'middle', title: '', itemStyle: { color: colour.series[0] } }]])
    const links = all.rows.map(function (row, index) {
      const isBefore = all.value(row, look.side) === 'before'
      const name = (isBefore ? '< ' : '> ') + all.value(row, look.name)
      nodes.set(name, { name: name, title: all.value(row, look.name), depth: isBefore ? 0 : 2, row: index, itemStyle: { color: colour.series[isBefore ? 2 : 4] } })
      return { source: isBefore ? name : 'middle', target: isBefore ? 'middle' : name, value: all.value(row, look.value), row: index }
    }).filter(function (link) { return link.value > 0 })
    option.tooltip.formatter = function (point) {
      const row = all.rows[point.data.row]
      return row ? tip(all.value(row, look.name), all.lines(row, [look.name])) : null
    }
    option.series = [{
      type: 'sankey', left: 8, right: 8, top: 8, bottom: 8, nodeWidth: 10, nodeGap: 12, draggable: false, layoutIterations: 0, data: [...nodes.values()], links: links,
      label: {
        color: colour.ink, fontSize: 11, overflow: 'truncate', width: 130,
        formatter: function (point) { return point.data.title }
      },
      levels: [{ depth: 0, label: { position: 'right' } }, { depth: 2, label: { position: 'left' } }],
      lineStyle: { color: 'source', opacity: 0.25, curveness: 0.5 }, emphasis: { focus: 'none', lineStyle: { opacity: 0.5 } }
    }]
    return option
  }

  kinds.heat = function (data, look, colour) {
    const all = table(data)
    const option = base(colour)
    const xs = [...new Set(all.values(look.x))]
    const ys = [...new Set(all.values(look.y))]
    const kind = all.column(look.value).kind
    const cells = all.rows.map(function (row, index) {
      return { value: [xs.indexOf(all.value(row, look.x)), ys.indexOf(all.value(row, look.y)), all.value(row, look.value)], row: index }
    }).filter(function (cell) { return cell.value[2] !== null })
    const most = Math.max.apply(null, cells.map(function (cell) { return cell.value[2] }).concat([0.000001]))
    option.grid = { left: 4, right: 8, top: 8, bottom: 44, containLabel: true }
    const label = { color: colour.quiet, fontSize: 11, width: 120, overflow: 'truncate' }
    option.xAxis = axis(colour, { type: 'category', data: xs, splitLine: { show: false }, axisLine: { show: false }, axisLabel: Object.assign({ hideOverlap: true, rotate: 0 }, label) })
    option.yAxis = axis(colour, { type: 'category', data: ys, inverse: true, splitLine: { show: false }, axisLine: { show: false }, axisLabel: label })
    option.tooltip.formatter = function (point) {
      const row = all.rows[point.data.row]
      return tip(all.value(row, look.y) + ', ' + all.value(row, look.x), all.lines(row, [look.x, look.y]))
    }
    option.visualMap = {
      min: 0, max: most, calculable: false, orient: 'horizontal', left: 'center', bottom: 0, itemWidth: 10, itemHeight: 120,
      text: [short(most, kind), '0'], textStyle: { color: colour.quiet, fontSize: 11 }, inRange: { color: colour.heat }
    }
    option.series = [{ type: 'heatmap', data: cells, itemStyle: { borderColor: colour.card, borderWidth: 1.5, borderRadius: 3 }, emphasis: { itemStyle: { borderColor: colour.ink } } }]
    return option
  }

  kinds.calendar = function (data, look, colour) {
    const all = table(data)
    const option = base(colour)
    const days = all.values(look.day)
    const kind = all.column(look.value).kind
    const values = all.values(look.value)
    const last = days[days.length - 1]
    const first = new Date(last + 'T00:00:00Z')
    first.setUTCDate(first.getUTCDate() - 364)
    const counted = values.filter(function (v) { return v !== null })
    const least = kind === 'share' ? 0 : Math.min.apply(null, counted.concat([0]))
    const most = kind === 'share' ? 1 : Math.max.apply(null, counted.concat([0.000001]))
    option.calendar = {
      range: [first.toISOString().slice(0, 10), last], left: 34, right: 8, top: 22, bottom: 34, cellSize: ['auto', 'auto'],
      itemStyle: { color: 'transparent', borderColor: colour.line, borderWidth: 0.5 }, splitLine: { lineStyle: { color: colour.quiet, opacity: 0.5 } },
      dayLabel: { color: colour.quiet, fontSize: 10, firstDay: 1, nameMap: ['', 'Mon', '', 'Wed', '', 'Fri', ''] },
      monthLabel: { color: colour.quiet, fontSize: 11 }, yearLabel: { show: false }
    }
    option.tooltip.formatter = function (point) { return tip(point.data.value[0], all.lines(all.rows[point.data.row], [look.day])) }
    option.visualMap = {
      min: least, max: most, orient: 'horizontal', left: 'center', bottom: 0, itemWidth: 10, itemHeight: 100, text: [short(most, kind), short(least, kind)],
      textStyle: { color: colour.quiet, fontSize: 11 }, inRange: { color: colour.heat }, outOfRange: { color: colour.track }
    }
    option.series = [{
      type: 'heatmap', coordinateSystem: 'calendar',
      data: days.map(function (day, index) { return { value: [day, values[index] === null ? '-' : values[index]], row: index } }),
      itemStyle: { borderColor: colour.card, borderWidth: 1.5, borderRadius: 2 }, emphasis: { itemStyle: { borderColor: colour.ink } }
    }]
    return option
  }

  // Spans of a day in lanes: a series for each state, so that each can be hidden.
  kinds.spans = function (data, look, colour) {
    const all = table(data)
    const option = base(colour)
    const lanes = [...new Set(all.values(look.lane))]
    const minutes = function (text) { return Number(text.slice(0, 2)) * 60 + Number(text.slice(3)) }
    const clock = function (v) { return String(Math.floor(v / 60)).padStart(2, '0') + ':' + String(Math.round(v % 60)).padStart(2, '0') }
    const named = { c1: colour.series[0], c5: colour.series[4], good: colour.good, warm: colour.warm, bad: colour.bad, track: colour.track }
    option.grid = { left: 4, right: 14, top: 8, bottom: 26, containLabel: true }
    option.xAxis = axis(colour, { type: 'value', min: 0, max: 1440, interval: 180, axisLabel: { color: colour.quiet, fontSize: 11, hideOverlap: true, formatter: clock } })
    option.yAxis = axis(colour, {
      type: 'category', data: lanes, inverse: true, splitLine: { show: false }, axisLine: { show: false },
      axisLabel: { color: colour.ink, fontSize: 11, width: 120, overflow: 'truncate', formatter: shortTime }
    })
    option.tooltip.formatter = function (point) {
      const row = all.rows[point.data.row]
      return tip(all.value(row, look.lane) + ', ' + all.value(row, look.from) + ' – ' + all.value(row, look.to), all.lines(row, [look.lane, look.from, look.to]))
    }
    option.dataZoom = zoom(colour, 99).map(function (one) { return Object.assign(one, { xAxisIndex: 0, filterMode: 'weakFilter' }) })
    option.series = look.states.map(function (state) {
      return {
        type: 'custom', name: state.word, itemStyle: { color: named[state.colour] }, encode: { x: [1, 2], y: 0 }, clip: true,
        data: all.rows.map(function (row, index) {
          return { value: [lanes.indexOf(all.value(row, look.lane)), minutes(all.value(row, look.from)), minutes(all.value(row, look.to))], row: index, state: all.value(row, look.state) }
        }).filter(function (span) { return span.state === state.word }),
        renderItem: function (params, api) {
          const start = api.coord([api.value(1), api.value(0)])
          const end = api.coord([api.value(2), api.value(0)])
          const height = Math.max(Math.min(api.size([0, 1])[1] * 0.72, 26), 2)
          return {
            type: 'rect', style: { fill: api.visual('color') },
            shape: { x: start[0], y: start[1] - height / 2, width: Math.max(end[0] - start[0], 1), height: height }
          }
        }
      }
    }).filter(function (one) { return one.data.length })
    return option
  }

  kinds.scatter = function (data, look, colour) {
    const all = table(data)
    const option = base(colour)
    const [x, y] = [all.column(look.x), all.column(look.y)]
    option.grid = { left: 30, right: 20, top: 14, bottom: 24, containLabel: true }
    const points = all.rows.map(function (row, index) { return { value: [all.value(row, look.x), all.value(row, look.y)], row: index } })
      .filter(function (point) { return point.value[0] > 0 && point.value[1] > 0 })
    // From a little below the least to a little above the most: whole decades would press all points into a corner.
    const log = function (column, at, gap) {
      const numbers = points.map(function (point) { return point.value[at] })
      return axis(colour, {
        type: 'log', name: column.title, nameGap: gap, nameLocation: 'middle', nameTextStyle: { color: colour.quiet, fontSize: 11 },
        min: Math.min.apply(null, numbers) / 1.5, max: Math.max.apply(null, numbers) * 1.5,
        axisLabel: { color: colour.quiet, fontSize: 11, hideOverlap: true, formatter: function (v) { return short(v, column.kind) } }
      })
    }
    option.xAxis = log(x, 0, 26)
    option.yAxis = log(y, 1, 44)
    option.tooltip.formatter = function (point) { return tip(all.value(all.rows[point.data.row], look.label), all.lines(all.rows[point.data.row], [look.label])) }
    option.series = [{
      type: 'scatter', data: points, symbolSize: 12, itemStyle: { color: colour.series[0], opacity: 0.8, borderColor: colour.card },
      label: { show: true, position: 'top', fontSize: 11, color: colour.ink, formatter: function (point) { return all.value(all.rows[point.data.row], look.label) } },
      labelLayout: { hideOverlap: true }
    }]
    return option
  }

  return {
    kinds: kinds,
    // By kind of look: what is to be done once a chart of it is drawn.
    after: {},
    colours: colours,
    shown: shown,
    short: short,
    tip: tip,
    table: table,
    base: base,
    axis: axis,
    option: function (data, colour) { return kinds[data.look.kind](data, data.look, colour) }
  }
})()
