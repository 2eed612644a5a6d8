import { Schema } from 'prosemirror-model'
import { tableNodes } from 'prosemirror-tables'

// What a paragraph may hold: the same as foundations/gov/prose.py shows, and nothing more.

export const KEY = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/
const ADDRESS = /^(https:\/\/|mailto:|#|\/reviews\/)/i
const SHOWN_OF_A_NOTE = 60

// "p:KEY" -> what the reference reads as; the page says it.
export const wordsOfReferences = new Map()

// An address that the pages would show, else null.
export const keptAddress = href => ADDRESS.test(href || '') ? href : null

const shortened = text =>
  text.length > SHOWN_OF_A_NOTE ? `${text.slice(0, SHOWN_OF_A_NOTE)}…` : text

const isTight = dom => ({ tight: !dom.querySelector(':scope > li > p + p') })

const nodes = {
  doc: { content: 'block+' },
  paragraph: {
    group: 'block',
    content: 'inline*',
    parseDOM: ['p', 'h1', 'h2', 'h3', 'h4', 'h5', 'h6', 'pre'].map(tag => ({ tag })),
    toDOM: () => ['p', 0]
  },
  blockquote: {
    group: 'block',
    content: 'block+',
    defining: true,
    parseDOM: [{ tag: 'blockquote' }],
    toDOM: () => ['blockquote', 0]
  },
  bullet_list: {
    group: 'block',
    content: 'list_item+',
    attrs: { tight: { default: true } },
    parseDOM: [{ tag: 'ul', getAttrs: isTight }],
    toDOM: () => ['ul', 0]
  },
  ordered_list: {
    group: 'block',
    content: 'list_item+',
    attrs: { tight: { default: true }, start: { default: 1 } },
    parseDOM: [{ tag: 'ol', getAttrs: dom => ({ ...isTight(dom), start: dom.start }) }],
    toDOM: node => ['ol', { start: node.attrs.start }, 0]
  },
  list_item: {
    content: 'block+',
    defining: true,
    parseDOM: [{ tag: 'li' }],
    toDOM: () => ['li', 0]
  },
  horizontal_rule: { group: 'block', parseDOM: [{ tag: 'hr' }], toDOM: () => ['hr'] },
  ...tableNodes({
    tableGroup: 'block',
    cellContent: '(text | reference | footnote)*',
    cellAttributes: { align: { default: null } }
  }),
  // What the editor cannot show otherwise. Its source goes back as it came.
  verbatim: {
    group: 'block',
    atom: true,
    attrs: { source: { default: '' } },
    parseDOM: [{ tag: 'div[data-verbatim]', getAttrs: dom => ({ source: dom.dataset.verbatim }) }],
    toDOM: ({ attrs }) => [
      'div',
      { class: 'app-editor__verbatim', 'data-verbatim': attrs.source },
      ['p', 'This is kept as it is. It can be changed in plain text.'],
      ['pre', attrs.source]
    ]
  },
  text: { group: 'inline' },
  hard_break: {
    group: 'inline',
    inline: true,
    selectable: false,
    parseDOM: [{ tag: 'br' }],
    toDOM: () => ['br']
  },
  reference: {
    group: 'inline',
    inline: true,
    atom: true,
    attrs: { kind: { default: 'p' }, key: { default: '' } },
    parseDOM: [{
      tag: 'span[data-reference]',
      getAttrs: dom => {
        const [kind, key] = dom.dataset.reference.split(':')
        return ['p', 's'].includes(kind) && KEY.test(key) && { kind, key }
      }
    }],
    toDOM: ({ attrs: { kind, key } }) => [
      'span',
      { class: 'app-editor__reference', 'data-reference': `${kind}:${key}` },
      wordsOfReferences.get(`${kind}:${key}`) || 'a reference'
    ]
  },
  footnote: {
    group: 'inline',
    inline: true,
    atom: true,
    attrs: { source: { default: '' } }, // Markdown of the note, as it stands between ^[ and ]
    parseDOM: [{ tag: 'span[data-footnote]', getAttrs: dom => ({ source: dom.dataset.footnote }) }],
    toDOM: ({ attrs: { source } }) => [
      'span',
      { class: 'app-editor__note', 'data-footnote': source },
      `footnote: ${shortened(source)}`
    ]
  }
}

const marks = {
  link: {
    attrs: { href: {}, title: { default: null } },
    inclusive: false,
    parseDOM: [{
      tag: 'a[href]',
      getAttrs: dom => {
        const href = keptAddress(dom.getAttribute('href'))
        return href ? { href } : false
      }
    }],
    // No address: a click in the text is there to write, not to leave the page.
    toDOM: ({ attrs }) => ['span', { class: 'app-editor__link', title: attrs.href }, 0]
  },
  strike: {
    parseDOM: [{ tag: 's' }, { tag: 'strike' }, { tag: 'del' }],
    toDOM: () => ['s', 0]
  },
  strong: {
    parseDOM: [{ tag: 'strong' }, { tag: 'b' }],
    toDOM: () => ['strong', 0]
  },
  em: {
    parseDOM: [{ tag: 'em' }, { tag: 'i' }],
    toDOM: () => ['em', 0]
  }
}

export const schema = new Schema({ nodes, marks })
