// A page of panels: draws its charts, and swaps the page's middle when period or filters change, so that nothing jumps.
(function () {
  'use strict'
  const drawn = new Map()

  function draw (box) {
    const data = JSON.parse(box.dataset.chart)
    const chart = window.echarts.init(box, null, { renderer: 'canvas' })
    drawn.set(box, { chart: chart, data: data })
    chart.on('finished', function () { box.dataset.drawn = 'true' })
    paint(box)
    chart.on('click', function (mark) {
      const index = mark.data !== null && typeof mark.data === 'object' && mark.data.row !== undefined ? mark.data.row : mark.dataIndex
      const href = data.hrefs && data.hrefs[index]
      if (href) window.location.assign(href)
    })
    if (data.hrefs) box.classList.add('leads')
    const after = window.charts.after[data.look.kind]
    if (after) after(box, chart, data)
  }

  function paint (box) {
    const { chart, data } = drawn.get(box)
    const colour = window.charts.colours()
    box.dataset.drawn = 'false'
    chart.setOption(window.charts.option(data, colour), true)
    legend(box, chart)
  }

  // Calls act with the chart of box as it stays: while it grows there is little of it to be seen.
  function whenDrawn (box, act) {
    if (!drawn.has(box)) draw(box)
    const chart = drawn.get(box).chart
    if (box.dataset.drawn === 'true') {
      act(chart)
      return
    }
    const once = function () {
      chart.off('finished', once)
      act(chart)
    }
    chart.on('finished', once)
  }

  // Buttons, so that the keyboard reaches them: a canvas has none.
  function legend (box, chart) {
    const list = box.parentElement.querySelector('.legend')
    const series = chart.getOption().series.flatMap(function (one) {
      if (one.type === 'graph') return one.categories.slice(0, 8)
      return one.name && ['line', 'bar', 'custom'].includes(one.type) ? [one] : []
    })
    list.hidden = series.length < 2
    if (list.hidden) return
    chart.setOption({ legend: { show: false, data: series.map(function (one) { return one.name }) } })
    list.replaceChildren.apply(list, series.map(function (one) {
      const button = document.createElement('button')
      button.type = 'button'
      button.className = 'plain'
      button.setAttribute('aria-pressed', 'true')
      const dot = document.createElement('i')
      dot.style.background = one.itemStyle.color
      button.append(dot, one.name)
      button.addEventListener('click', function () {
        chart.dispatchAction({ type: 'legendToggleSelect', name: one.name })
        button.setAttribute('aria-pressed', String(button.getAttribute('aria-pressed') !== 'true'))
      })
      return button
    }))
  }

  const seen = new IntersectionObserver(function (entries) {
    for (const entry of entries) {
      if (!entry.isIntersecting) continue
      seen.unobserve(entry.target)
      if (entry.target.isConnected && !drawn.has(entry.target)) draw(entry.target)
    }
  }, { rootMargin: '300px' })

  const sized = new ResizeObserver(function (entries) {
    for (const entry of entries) {
      const one = drawn.get(entry.target)
      if (one) one.chart.resize()
    }
  })

  // While the node fetches a picture it sends a plain one, half as broad as any: then it is asked again, three times.
  const PLAIN_WIDTH = 52

  function ask (image, wait) {
    if (!image.complete) {
      image.addEventListener('load', function () { ask(image, wait) }, { once: true })
      return
    }
    if (image.naturalWidth > PLAIN_WIDTH || wait > 8000) return
    setTimeout(function () {
      if (!image.isConnected) return
      image.addEventListener('load', function () { ask(image, wait * 2) }, { once: true })
      image.src = image.getAttribute('src').split('?')[0] + '?again=' + wait
    }, wait)
  }

  function begin () {
    for (const image of document.querySelectorAll('.tile img:not([data-asked])')) {
      image.dataset.asked = 'true'
      ask(image, 2000)
    }
    for (const [box, one] of drawn) {
      if (box.isConnected) continue
      one.chart.dispose()
      drawn.delete(box)
    }
    for (const box of document.querySelectorAll('.chart')) {
      if (drawn.has(box)) continue
      seen.observe(box)
      sized.observe(box)
    }
  }

  document.addEventListener('theme', function () { for (const box of drawn.keys()) paint(box) })

  document.addEventListener('click', function (event) {
    const button = event.target.closest('.png')
    if (button) {
      const box = button.closest('.panel').querySelector('.chart')
      whenDrawn(box, function (chart) {
        const link = document.createElement('a')
        link.href = chart.getDataURL({ pixelRatio: 2, backgroundColor: window.charts.colours().card })
        link.download = button.dataset.name + '.png'
        link.click()
      })
      return
    }
    const link = event.target.closest('a[data-swap]')
    if (!link || event.defaultPrevented || event.button !== 0 || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    go(link.href)
  })

  document.addEventListener('submit', function (event) {
    const form = event.target.closest('form[data-swap]')
    if (!form) return
    event.preventDefault()
    const fields = new URLSearchParams()
    for (const [name, value] of new FormData(form)) if (value !== '') fields.set(name, value)
    go(form.getAttribute('action') + '?' + fields)
  })

  document.addEventListener('change', function (event) {
    const form = event.target.closest('form[data-auto]')
    if (form) form.requestSubmit()
  })

  function go (address) {
    const page = document.getElementById('page')
    page.setAttribute('aria-busy', 'true')
    window.htmx.ajax('GET', address, { target: '#page', select: '#page', swap: 'outerHTML' })
      .then(function () { window.history.pushState({}, '', address) })
  }

  window.addEventListener('popstate', function () { window.location.reload() })
  document.body.addEventListener('htmx:afterSettle', begin)
  document.body.addEventListener('htmx:beforeRequest', function (event) {
    const open = event.detail.elt.classList.contains('panel') && event.detail.elt.querySelector('details[open]')
    if (document.hidden || open) if (event.detail.elt.classList.contains('panel')) event.preventDefault()
  })
  begin()
})()
