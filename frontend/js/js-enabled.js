// Marks the body as soon as it exists, so that nothing jumps when the rest of the script arrives.
// It runs in the head: a page that htmx fetches must hold no script in its body (see htmx.js).
new MutationObserver((_, observer) => {
  if (!document.body) return
  document.body.classList.add('js-enabled', 'govuk-frontend-supported')
  observer.disconnect()
}).observe(document.documentElement, { childList: true })
