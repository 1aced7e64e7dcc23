// The panel is fetched once a second, unless somebody reads (paused) or nobody looks (hidden tab).
(function () {
  'use strict'
  const panel = document.getElementById('panel')
  const pause = document.getElementById('pause')
  const lost = document.getElementById('lost')
  let paused = false

  pause.hidden = false
  pause.addEventListener('click', function () {
    paused = !paused
    pause.setAttribute('aria-pressed', String(paused))
    pause.textContent = paused ? 'Go on' : 'Pause'
  })

  function say (text) {
    if (lost.textContent !== text) lost.textContent = text
    lost.hidden = text === ''
  }

  function selecting () {
    const selection = window.getSelection()
    return selection !== null && !selection.isCollapsed && panel.contains(selection.anchorNode)
  }

  panel.addEventListener('htmx:beforeRequest', function (event) {
    if (paused || document.hidden || selecting()) event.preventDefault()
  })
  panel.addEventListener('htmx:afterRequest', function (event) {
    if (event.detail.successful) say('')
  })
  panel.addEventListener('htmx:sendError', function () { say('The server does not answer. Trying again every second.') })
  panel.addEventListener('htmx:timeout', function () { say('The server does not answer. Trying again every second.') })
  panel.addEventListener('htmx:responseError', function () { say('The server could not answer. Trying again every second.') })
})()
