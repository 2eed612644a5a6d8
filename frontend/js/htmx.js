import htmx from 'htmx.org'

// The page's policy "require-trusted-types-for 'script'" refuses to make HTML from a string, except
// through this one policy. Only htmx gets it. A swapped fragment may never bring a script: htmx asks
// createScript for each one it finds, which fails, so the whole swap is refused and the error logged.
const refuse = () => { throw new TypeError('a swapped fragment must not hold a script') }
const rules = { createHTML: html => html, createScript: refuse, createScriptURL: refuse }
const policy = window.trustedTypes ? window.trustedTypes.createPolicy('dhr', rules) : rules

htmx.registerExtension('dhr-trusted-types', { init: api => { api.initSecurity(policy, refuse, refuse) } })

export default htmx
