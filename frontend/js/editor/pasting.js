import { DOMParser as SchemaParser, Fragment, Slice } from 'prosemirror-model'
import { NodeSelection, Selection } from 'prosemirror-state'
import { isInTable } from 'prosemirror-tables'
import { tidied } from './fromoffice'
import { schema } from './schema'

// What is pasted or dropped. The view's own way makes HTML from a string in the page: this one reads it
// into a document that is never shown, which runs and fetches nothing, and takes over what a paragraph
// may hold.

// The page's policy refuses HTML from strings but through a policy of a known name. This one is made
// once, when the script begins, and never leaves this file.
const clipboard = window.trustedTypes
  ? window.trustedTypes.createPolicy('dhr-clipboard', { createHTML: html => html })
  : { createHTML: html => html }
const LONGEST_HTML = 10_000_000 // characters; what programs write around their words

// Styles are of no use here, and the page's policy would complain of each; what they say is kept beside.
const unstyled = html => html
  .replace(/<style\b[^]*?<\/style\s*>/gi, '')
  .replace(/<[a-z][^>]*>/gi, tag => tag.replace(/\sstyle\s*=/gi, ' data-style='))

const inert = html => new DOMParser().parseFromString(clipboard.createHTML(unstyled(html)), 'text/html')

const count = number => number.toLocaleString('en-GB')

// Takes what the data hold into the selection. `most`: characters that a paragraph may have at most;
// `tell` shows words to the author.
export function take (view, data, { most, tell }) {
  const html = data.getData('text/html')
  const text = data.getData('text/plain')
  const length = Math.max(text.length, html.length > LONGEST_HTML ? html.length : 0)
  if (length > most) {
    tell(`Nothing was pasted: it has ${count(length)} characters, and a paragraph has at most ` +
      `${count(most)}. What stood here is as it was. Paste it in parts, or bring it in as a Word file.`)
    return
  }
  if (!html && !text) {
    tell('Nothing was pasted: pictures and files have no place in a paragraph.')
    return
  }
  const { state } = view
  const isCell = isInTable(state)
  const { selection } = state
  const { slice, left } = html && !isCell
    ? ofHtml(html, selection.$from)
    : { slice: ofText(text || inert(html).body.textContent, isCell), left: [] }
  const isBlock = selection instanceof NodeSelection && selection.node.isBlock
  const { tr } = state
  if (isBlock) tr.setSelection(Selection.near(tr.doc.resolve(selection.to), 1))
  view.dispatch(tr.replaceSelection(slice).scrollIntoView().setMeta('paste', true))
  tell(left.length ? `Pasted without ${left.join(' and ')}: these have no place in a paragraph.` : '')
}

function ofHtml (html, context) {
  const page = inert(html)
  const left = tidied(page)
  return { slice: SchemaParser.fromSchema(schema).parseSlice(page.body, { context }), left }
}

// A blank line divides; in a cell there are no lines.
function ofText (text, isCell) {
  if (isCell) return new Slice(Fragment.from(schema.text(text.replace(/\s+/g, ' ') || ' ')), 0, 0)
  const { paragraph, hard_break: lineBreak } = schema.nodes
  const parts = text.replace(/\r\n?/g, '\n').split(/\n[ \t]*\n\s*/)
  const made = parts.map(part => paragraph.create(null, part.split('\n').flatMap((line, at) => [
    ...(at ? [lineBreak.create()] : []),
    ...(line ? [schema.text(line)] : [])
  ])))
  return new Slice(Fragment.from(made), 1, 1)
}
