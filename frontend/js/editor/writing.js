import { cellOf, lineOf } from './inlines'
import { nodesOf, piecesOf } from './reading'
import { schema } from './schema'

// The document of the editor as Markdown. What nobody touched is written as it came, sign by sign.

const LISTS = ['bullet_list', 'ordered_list']
const memory = new WeakMap()

// --- One block ---------------------------------------------------------------------------------

const isEmpty = node => node.type.name === 'paragraph' && !lineOf(node.content)

// `sign`: 1 for a list that follows another of its kind, which would else be read as one with it.
export function blockOf (node, sign = 0) {
  const known = memory.get(node)
  if (known?.sign === sign) return known.text
  const text = written(node, sign)
  memory.set(node, { sign, text })
  return text
}

function written (node, sign) {
  switch (node.type.name) {
    case 'paragraph': return lineOf(node.content)
    case 'horizontal_rule': return '***'
    case 'verbatim': return node.attrs.source
    case 'blockquote':
      return blocksOf(node, '\n\n').split('\n').map(line => `> ${line}`.trimEnd()).join('\n')
    case 'table': return tableOf(node)
    default: return listOf(node, sign)
  }
}

function blocksOf (parent, between) {
  const found = []
  let before = null
  let sign = 0
  parent.forEach(node => {
    if (isEmpty(node)) return
    sign = before && LISTS.includes(node.type.name) && before.type === node.type ? 1 - sign : 0
    before = node
    found.push(blockOf(node, sign))
  })
  return found.join(between)
}

function listOf (list, sign) {
  const isNumbered = list.type.name === 'ordered_list'
  const isTight = list.attrs.tight && list.content.content.every(isTightItem)
  const items = list.content.content.map((item, at) => {
    const mark = isNumbered ? `${list.attrs.start + at}${'.)'[sign]} ` : `${'-*'[sign]} `
    const inside = blocksOf(item, isTight ? '\n' : '\n\n')
    const [first, ...rest] = inside.split('\n')
    const lines = rest.map(line => line && ' '.repeat(mark.length) + line)
    return [`${mark}${first}`.trimEnd(), ...lines].join('\n')
  })
  return items.join(isTight ? '\n' : '\n\n')
}

// A line and what may follow it without a blank one.
function isTightItem (item) {
  const [first, ...more] = item.content.content.filter(node => !isEmpty(node))
  return more.every((node, at) => mayFollow(node, at ? more[at - 1] : first))
}

function mayFollow (node, before) {
  if (before.type === node.type) return false
  if (node.type.name === 'blockquote') return true
  if (!LISTS.includes(node.type.name)) return false
  return (node.attrs.start ?? 1) === 1 && Boolean(blocksOf(node.firstChild, '\n'))
}

function tableOf (table) {
  const rows = table.content.content.map(row => row.content.content.map(knownCell))
  const width = Math.max(...rows.map(row => row.length))
  const lines = rows.map(row => [...row, ...Array(width - row.length).fill('')])
  const aligned = table.firstChild.content.content.map(cell => DASHES[cell.attrs.align] || '---')
  const [head, ...body] = lines
  return [head, [...aligned, ...Array(width - aligned.length).fill('---')], ...body]
    .map(line => `| ${line.join(' | ')} |`).join('\n')
}

function knownCell (cell) {
  if (!memory.has(cell)) memory.set(cell, cellOf(cell.content))
  return memory.get(cell)
}

const DASHES = { left: ':---', center: ':---:', right: '---:' }

// Items with nothing in them can be read as a line across: where that would happen they are left out.
function safely (node, sign) {
  const text = blockOf(node, sign)
  const again = nodesOf(text)
  const isSame = again.length === 1 && shape(again[0]) === shape(node)
  return isSame ? text : blockOf(withoutEmpty(node) ?? node, sign)
}

function shape (node) {
  const found = []
  node.descendants(inner => { if (inner.isBlock && !isEmpty(inner)) found.push(inner.type.name) })
  return `${found} ${node.textContent.replace(/\s/g, '')}`
}

function withoutEmpty (node) {
  if (node.isTextblock) return isEmpty(node) ? null : node
  if (node.type.name === 'table' || node.isLeaf) return node
  const inside = node.content.content.map(withoutEmpty).filter(Boolean)
  return inside.length ? node.type.create(node.attrs, inside) : null
}

// --- A whole text ------------------------------------------------------------------------------

const words = text => (text.replace(/(?<!\\)&#?\w+;/g, '').match(/\p{L}+/gu) || []).join(' ')

// Whether the editor can hold a block: written anew it reads the same, and no word of it is gone.
function isShown ({ node, source }) {
  if (!node) return false
  const text = blockOf(node)
  const [again, ...more] = nodesOf(text)
  return !more.length && Boolean(again?.eq(node)) && words(text) === words(source)
}

const keptAsItIs = source => schema.nodes.verbatim.create({ source })

// A text in the editor: `doc` is the document to begin with, and `write(doc)` the text of one that it
// became. As long as a block is what it was, its source is what it was.
export class Text {
  constructor (text) {
    const { pieces, tail } = piecesOf(text)
    this.text = text
    this.tail = tail
    this.pieces = pieces.map(piece => ({
      ...piece, node: isShown(piece) ? piece.node : keptAsItIs(piece.source)
    }))
    const content = this.pieces.map(({ node }) => node)
    // A place to go on writing below a table, a list or what is kept as it is.
    if (content[content.length - 1]?.type.name !== 'paragraph') content.push(schema.nodes.paragraph.create())
    this.doc = schema.nodes.doc.create(null, content)
  }

  write (doc) {
    const blocks = doc.content.content.filter(node => !isEmpty(node))
    if (!blocks.length) return this.pieces.length ? '' : this.text
    const places = this.placesOf(blocks)
    const texts = []
    blocks.forEach((node, n) => {
      const before = { node: blocks[n - 1], text: texts[n - 1], at: places[n - 1] }
      const after = { node: blocks[n + 1], text: this.pieces[places[n + 1]]?.source }
      const isBeside = isNeighbour(before.at, places[n])
      const apart = isBeside ? null : signApart(node, before)
      const source = this.pieces[places[n]]?.source
      // Where it would be read as one with the list before it, what came is written with another sign.
      if (source !== undefined && (apart === null || apart === signOf(source, node))) texts.push(source)
      else texts.push(safely(node, apart ?? signApart(node, after) ?? 0))
    })
    return this.joined(texts, places)
  }

  joined (texts, places) {
    const last = places[places.length - 1]
    const gaps = places.map((at, n) => {
      if (n === 0) return at === 0 ? this.pieces[0].gap : ''
      return isNeighbour(places[n - 1], at) ? this.pieces[at].gap : '\n\n'
    })
    return texts.map((text, n) => gaps[n] + text).join('') + (last === this.pieces.length - 1 && last >= 0 ? this.tail : '')
  }

  placesOf (blocks) {
    let used = -1
    return blocks.map(node => {
      const at = this.indexOf(node, used)
      if (at >= 0) used = at
      return at
    })
  }

  // Which of the blocks that came it is, behind the last one that was found; -1 for none of them.
  indexOf (node, used) {
    const same = this.pieces.findIndex((piece, at) => at > used && piece.node === node)
    return same >= 0 ? same : this.pieces.findIndex((piece, at) => at > used && piece.node.eq(node))
  }
}

// Whether they stood beside each other in what came.
const isNeighbour = (before, at) => at > 0 && before === at - 1

// The sign of a list beside another one of its kind; null where none such stands there.
function signApart (node, { node: other, text }) {
  return text !== undefined && other?.type === node.type && LISTS.includes(node.type.name) ? 1 - signOf(text, node) : null
}

// 0 where a list is written as lists are at first.
function signOf (text, { type }) {
  const usual = type.name === 'bullet_list' ? /^\s*-/ : /^\s*\d+\./
  return usual.test(text) ? 0 : 1
}
