import { notesText } from './inlines'

// HTML as Word, LibreOffice and browsers put it on the clipboard, brought to the shapes of a paragraph.

const NEVER = 'script, style, link, meta, base, title, template, noscript, iframe, frame, object, embed, form, ' +
  'input, select, textarea, button, svg, math, audio, video, canvas'
const PICTURES = 'img, picture, v\\:shape, v\\:imagedata'
const LINES = 'p, div, br, ul, ol, li, blockquote, h1, h2, h3, h4, h5, h6'
const LEVEL = /mso-list:\s*l\d+\s+level(\d)/i

// Changes the document in place, and returns what was left out, in words.
export function tidied (page) {
  const pictures = page.querySelectorAll(PICTURES).length
  takeOut(page.querySelectorAll(`${NEVER}, ${PICTURES}`))
  looks(page)
  footnotes(page)
  lists(page)
  page.querySelectorAll('table').forEach(headed)
  // Word's own empty marks.
  page.querySelectorAll('o\\:p').forEach(mark => mark.replaceWith(mark.textContent.trim()))
  return pictures ? [pictures === 1 ? 'a picture' : `${pictures} pictures`] : []
}

const takeOut = found => found.forEach(element => element.remove())

// Bold and italics that are said by a style; `data-style` is where it was kept.
function looks (page) {
  page.querySelectorAll('[data-style]').forEach(element => {
    const { style } = element.dataset
    if (element.matches('b') && /font-weight:\s*(normal|400)/i.test(style)) element.replaceWith(...element.childNodes)
    else if (!element.matches('span, font')) return
    else if (/font-weight:\s*(bold|[6-9]00)/i.test(style)) wrap(page, element, 'strong')
    if (/font-style:\s*italic/i.test(style)) wrap(page, element, 'em')
  })
}

function wrap (page, element, tag) {
  const made = page.createElement(tag)
  made.append(...element.childNodes)
  element.append(made)
}

// --- Lists: Word writes them as paragraphs with a number or a sign typed before them -------------

const levelOf = element => Number(LEVEL.exec(element.dataset.style || '')?.[1] || 0)

function lists (page) {
  let open = [] // of the list that goes on: [{ list, level }]
  page.querySelectorAll('p, h1, h2, h3, h4, h5, h6').forEach(line => {
    const level = levelOf(line)
    if (!level || line.closest('td, th')) return
    const follows = open.length && nextOf(open[0].list) === line
    if (!follows) open = []
    while (open.length && open[open.length - 1].level > level) open.pop()
    const isNumbered = takeSign(line)
    if (!open.length || open[open.length - 1].level < level) open = begin(page, line, level, isNumbered, open)
    const item = page.createElement('li')
    item.append(paragraphOf(page, line))
    open[open.length - 1].list.append(item)
    line.remove()
  })
  takeOut(page.querySelectorAll('[data-style*="mso-list:Ignore"], [data-style*="mso-list: Ignore"]'))
}

const nextOf = list => list.nextElementSibling

function begin (page, line, level, isNumbered, open) {
  const list = page.createElement(isNumbered ? 'ol' : 'ul')
  const above = open[open.length - 1]?.list
  if (above) above.lastElementChild.append(list)
  else line.before(list)
  return [...open, { list, level }]
}

// Takes out the sign that Word typed; true where it is a number or a letter.
function takeSign (line) {
  const signs = line.querySelectorAll('[data-style*="mso-list:Ignore"], [data-style*="mso-list: Ignore"]')
  const sign = [...signs].map(one => one.textContent).join('').trim()
  takeOut(signs)
  return /^\(?([0-9]+|[a-z]{1,4})[.)]/i.test(sign)
}

function paragraphOf (page, line) {
  const paragraph = page.createElement('p')
  paragraph.append(...line.childNodes)
  return paragraph
}

// --- Footnotes: a mark in the text, the words at the end -----------------------------------------

function footnotes (page) {
  page.querySelectorAll('a[href^="#_ftn"], a[href^="#_edn"], a[href^="#sdfootnote"]').forEach(mark => {
    const name = mark.getAttribute('href').slice(1).replace(/^_/, '').replace(/sym$/, '')
    const note = page.getElementById(name)
    if (!note || note.contains(mark)) return
    const words = note.cloneNode(true)
    takeOut(words.querySelectorAll('a[href^="#_ftnref"], a[href^="#_ednref"], a[href$="anc"]'))
    const kept = page.createElement('span')
    kept.dataset.footnote = notesText(escaped(words.textContent))
    mark.replaceWith(kept)
    note.dataset.taken = 'yes'
  })
  takeOut(page.querySelectorAll('[data-taken]'))
  page.querySelectorAll('[data-style*="mso-element:footnote-list"], [data-style*="mso-element:endnote-list"]')
    .forEach(list => { if (!list.textContent.trim()) list.remove() })
}

const escaped = text => text.replace(/[\\`*_{}[\]<>#+!|~^&]/g, '\\$&')

// --- Tables --------------------------------------------------------------------------------------

// The first row of a table is its heading, as everywhere in the house.
function headed (table) {
  table.querySelectorAll('table').forEach(inner => inner.replaceWith(inner.textContent))
  const first = table.querySelector('tr')
  table.querySelectorAll('td, th').forEach(cell => {
    const is = cell.parentElement === first ? 'th' : 'td'
    const made = cell.ownerDocument.createElement(is)
    made.append(...cell.childNodes)
    made.querySelectorAll(LINES).forEach(line => line.replaceWith(' ', ...line.childNodes, ' '))
    cell.replaceWith(made)
  })
}
