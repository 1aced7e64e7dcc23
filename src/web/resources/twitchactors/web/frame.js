// What stands around each page. Light or dark: the browser's wish, until somebody presses the button; then that, kept in a cookie so that no
// page flashes.
(function () {
  'use strict'
  const root = document.documentElement
  // On a phone the navigation is wider than the screen: what is shown is to be seen in it.
  const here = document.querySelector('.top nav a[aria-current]')
  if (here) here.parentElement.scrollLeft = here.offsetLeft - (here.parentElement.clientWidth - here.offsetWidth) / 2
  const button = document.getElementById('theme')
  if (button === null) return

  function isDark () {
    const chosen = root.dataset.theme
    return chosen ? chosen === 'dark' : window.matchMedia('(prefers-color-scheme: dark)').matches
  }

  function name () {
    button.textContent = isDark() ? 'Light' : 'Dark'
    button.setAttribute('aria-label', 'Change to the ' + (isDark() ? 'light' : 'dark') + ' theme')
  }

  button.hidden = false
  button.addEventListener('click', function () {
    root.dataset.theme = isDark() ? 'light' : 'dark'
    document.cookie = 'twitchactors_theme=' + root.dataset.theme + '; Path=/; Max-Age=31536000; SameSite=Lax'
    name()
    document.dispatchEvent(new CustomEvent('theme'))
  })
  window.matchMedia('(prefers-color-scheme: dark)').addEventListener('change', function () {
    name()
    document.dispatchEvent(new CustomEvent('theme'))
  })
  name()
})()
