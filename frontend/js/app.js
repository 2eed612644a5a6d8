import {
  createAll, Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner, PasswordInput,
  Radios, ServiceNavigation, SkipLink, Tabs
} from 'govuk-frontend'
import './htmx'

const COMPONENTS = [Button, CharacterCount, Checkboxes, ErrorSummary, NotificationBanner,
  PasswordInput, Radios, ServiceNavigation, SkipLink, Tabs]

const enhance = scope => COMPONENTS.forEach(component => createAll(component, undefined, { scope }))

// ARIA does not allow aria-expanded on a radio (alphagov/govuk-frontend issue 979).
new MutationObserver(changes => changes.forEach(({ target }) => {
  if (target.type === 'radio') target.removeAttribute('aria-expanded')
})).observe(document.body, { subtree: true, attributes: true, attributeFilter: ['aria-expanded'] })

enhance(document)

// Filters would fill a phone's screen before the first result.
if (window.matchMedia('(max-width: 40em)').matches) {
  document.querySelectorAll('details[data-closed-when-narrow]').forEach(panel => { panel.open = false })
}

// Where the reader's attention goes after a swap: to what is wrong, else to what was marked.
const attention = root =>
  root.querySelector('.govuk-error-summary') ||
  (root.matches('[data-autofocus]') ? root : root.querySelector('[data-autofocus]'))

// That words are kept while they are typed is said when it changes: once a minute, and of a real name.
const saidBy = root => {
  const source = root.matches('[data-announce]') ? root : root.querySelector('[data-announce]')
  return source?.dataset.announce || (root.matches('[data-draft]') ? root.innerText.trim() : '')
}

let lastSaid = ''
function announce (root) {
  const words = saidBy(root)
  if (!words || words === lastSaid) return
  lastSaid = words
  document.getElementById('announce').textContent = lastSaid
}

// A redirect of a fragment request means that the whole page is to go there, as it would without
// this script: a form that was saved, or a session that has ended.
document.addEventListener('htmx:before:swap', event => {
  const answer = event.detail.ctx?.response?.raw
  if (!answer?.redirected) return
  event.preventDefault()
  window.location.assign(answer.url)
})

// The target of an outerHTML swap has left the page: what took its place bears the same id.
document.addEventListener('htmx:after:swap', ({ detail, target }) => {
  const swapped = (detail.ctx && detail.ctx.target) || target
  const now = document.getElementById(swapped.id) || (swapped.isConnected ? swapped : document.body)
  enhance(now.parentElement || now)
  attention(now)?.focus()
  announce(now)
})

// What is on its way need not be kept any more: words that arrive later would be offered as unsaved.
document.addEventListener('submit', ({ target }) => {
  target.querySelectorAll('[data-draft]').forEach(keeper => keeper.remove())
})

document.addEventListener('keydown', ({ key, target }) => {
  if (key !== 'Escape') return
  const open = target.closest('.app-row-edit') || target.closest('form')
  open?.querySelector('[data-cancel]')?.click()
})
