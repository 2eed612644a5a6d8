import MarkdownIt from 'markdown-it'
import { schema } from './schema'

// Markdown to the document of the editor, by the rules of foundations/gov/prose.py.

const REFERENCE = /\[\[([ps]):([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\]\]/y
const LOOKS = { strong: 'strong', em: 'em', s: 'strike' }
const BLOCKS = {
  paragraph: 'paragraph',
  blockquote: 'blockquote',
  bullet_list: 'bullet_list',
  ordered_list: 'ordered_list',
  list_item: 'list_item',
  table: 'table',
  tr: 'table_row',
  th: 'table_header',
  td: 'table_cell'
}
const { nodes, marks } = schema

function reference (state, silent) {
  REFERENCE.lastIndex = state.pos
  const found = REFERENCE.exec(state.src)
  if (!found) return false
  if (!silent) state.push('reference', '', 0).meta = { kind: found[1], key: found[2] }
  state.pos += found[0].length
  return true
}

function footnote (state, silent) {
  if (!state.src.startsWith('^[', state.pos)) return false
  const end = state.md.helpers.parseLinkLabel(state, state.pos + 1)
  if (end < 0) return false
  if (!silent) state.push('footnote', '', 0).meta = { source: state.src.slice(state.pos + 2, end) }
  state.pos = end + 1
  return true
}

function parser () {
  // Nothing is lost in depth: what the pages cut off stays here as it is.
  const made = new MarkdownIt('commonmark', { html: false, breaks: true, maxNesting: 200 })
  made.enable(['table', 'strikethrough'])
  made.disable(['heading', 'lheading', 'image', 'fence', 'code', 'backticks', 'reference'])
  made.inline.ruler.before('link', 'reference', reference)
  made.inline.ruler.after('image', 'footnote', footnote)
  return made
}

const markdown = parser()

// --- Tokens to nodes ---------------------------------------------------------------------------

// Marks within the same mark count: the inner end is not the end of the outer one.
class Looks {
  open = []

  turn (token, name, attrs) {
    if (token.nesting > 0) this.open.push(marks[name].create(attrs))
    else this.open.splice(this.open.findLastIndex(mark => mark.type.name === name), 1)
  }

  get set () {
    return this.open.reduce((set, mark) => mark.addToSet(set), [])
  }
}

function inlines (tokens) {
  const found = []
  const looks = new Looks()
  for (const token of tokens) {
    const name = token.type.replace(/_(open|close)$/, '')
    const attrs = token.meta
    if (token.type === 'text') {
      if (token.content) found.push(schema.text(token.content, looks.set))
    } else if (token.type === 'softbreak' || token.type === 'hardbreak') {
      found.push(nodes.hard_break.create(null, null, looks.set))
    } else if (name === 'footnote' || name === 'reference') {
      found.push(nodes[name].create(attrs, null, looks.set))
    } else if (name === 'link') {
      looks.turn(token, name, { href: token.attrGet('href'), title: token.attrGet('title') })
    } else if (LOOKS[name]) {
      looks.turn(token, LOOKS[name])
    } else {
      throw new Error(`the editor does not know ${token.type}`)
    }
  }
  return joined(found)
}

// The parser cuts a text where a sign might have been.
function joined (found) {
  const all = []
  for (const node of found) {
    const last = all[all.length - 1]
    if (last?.isText && node.type === nodes.hard_break) {
      const text = last.text.replace(/[ \t]+$/, '') // a tab before a new line says nothing
      all.splice(-1, 1, ...(text ? [schema.text(text, last.marks)] : []), node)
    } else if (last?.isText && node.isText && last.sameMarkup(node)) {
      all[all.length - 1] = schema.text(last.text + node.text, last.marks)
    } else {
      all.push(node)
    }
  }
  return all
}

function attrsOf (token, isTight) {
  const start = token.attrGet('start')
  const align = /text-align:(\w+)/.exec(token.attrGet('style') || '')?.[1] || null
  if (token.type === 'ordered_list_open') return { tight: isTight, start: start === null ? 1 : Number(start) }
  if (token.type === 'bullet_list_open') return { tight: isTight }
  if (token.type === 'th_open' || token.type === 'td_open') return { align }
  return null
}

// In a tight list the parser hides the paragraphs that stand directly in its items.
function isTightList (tokens, at) {
  const level = tokens[at].level
  for (let next = at + 1; tokens[next].level > level; next++) {
    const { type, level: inner, hidden } = tokens[next]
    if (type === 'paragraph_open' && inner === level + 2) return hidden
  }
  return true
}

function blocks (tokens) {
  const top = { content: [] }
  const open = [top]
  tokens.forEach((token, at) => {
    const name = token.type.replace(/_(open|close)$/, '')
    const here = open[open.length - 1]
    if (token.type === 'inline') here.content.push(...inlines(token.children))
    else if (token.type === 'hr') here.content.push(nodes.horizontal_rule.create())
    else if (name === 'thead' || name === 'tbody') return
    else if (!BLOCKS[name]) throw new Error(`the editor does not know ${token.type}`)
    else if (token.nesting > 0) {
      const isList = name.endsWith('_list')
      open.push({ type: nodes[BLOCKS[name]], attrs: attrsOf(token, isList && isTightList(tokens, at)), content: [] })
    } else {
      open.pop()
      const { type, attrs, content } = here
      open[open.length - 1].content.push(type.createAndFill(attrs, content))
    }
  })
  return top.content
}

// --- With their sources ------------------------------------------------------------------------

// The nodes of a text. Throws where there is something that the editor does not know.
export const nodesOf = text => blocks(markdown.parse(text, {}))

// [{ node, source, gap }]: each block with what was typed for it, and what stands before it;
// `tail` is what stands after the last one. Put together they are the text, sign by sign.
export function piecesOf (text) {
  const starts = [0]
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) starts.push(at + 1)
  const tokens = markdown.parse(text, {})
  const pieces = []
  let end = 0
  for (let at = 0; at < tokens.length;) {
    const length = topLength(tokens, at)
    const [from, to] = tokens[at].map
    const begin = starts[from]
    const source = text.slice(begin, starts[to] ?? text.length).trimEnd()
    pieces.push({ node: blockOf(tokens.slice(at, at + length)), source, gap: text.slice(end, begin) })
    end = begin + source.length
    at += length
  }
  return { pieces, tail: text.slice(end) }
}

function topLength (tokens, at) {
  let depth = 0
  for (let next = at; ; next++) {
    depth += tokens[next].nesting
    if (depth === 0) return next - at + 1
  }
}

function blockOf (tokens) {
  try {
    return blocks(tokens)[0]
  } catch {
    return null
  }
}
