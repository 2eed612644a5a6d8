import { nodesOf } from './reading'

// The inside of a paragraph or a cell as Markdown: the lightest writing that reads as the same again.

const SIGN = { strong: '**', strike: '~~' }
const OUTER_TO_INNER = ['link', 'strike', 'strong', 'em']
// A reference that is typed as a number is no mark: the server looks it up when it saves.
const TYPED = /\[\[\s*\d{1,4}(?:\.\d{1,4}){0,4}\s*\]\]/
// Signs that would begin a list, a quotation or a line at the start of one.
const STARTS = /^([ \t]*)(?:([>]|[-+](?=\s|$)|-(?=[- \t]*-)|\|)|(\d{1,9})([.)])(?=\s|$))/gm
const SIGNS = [/[\\*_]|~~/, /[\\*_[\]<>&^]|~~/, /[!-/:-@[-`{-~]/]

const escapers = SIGNS.map(signs => {
  const either = new RegExp(`${TYPED.source}|${signs.source}`, 'g')
  return text => text.replace(either, (found, at) =>
    TYPED.test(found) || isInsideWord(found, text, at) ? found : found.replace(/[^]/g, '\\$&'))
})

function isInsideWord (sign, text, at) {
  return sign === '_' && /[\p{L}\p{N}]/u.test(text[at - 1] || '') && /[\p{L}\p{N}]/u.test(text[at + 1] || '')
}

const atStart = (all, blank, sign, number, stop) =>
  number ? `${blank}${number}\\${stop}` : `${blank}\\${sign}`

// --- What it holds, without the blanks that say nothing ----------------------------------------

// [{ kind, text, marks: Map of name to Mark }], with no blanks at the ends and around new lines.
function piecesOf (content) {
  const found = []
  content.forEach(node => {
    const marks = new Map(node.marks.map(mark => [mark.type.name, mark]))
    const kind = node.type.name
    if (kind === 'text') found.push(...lines(node.text, marks))
    else if (kind === 'hard_break') found.push({ kind, text: '\n', marks: new Map() })
    else found.push({ kind, text: writtenAtom(node), marks })
  })
  return trimmed(found)
}

const lines = (text, marks) =>
  text.split('\n').flatMap((line, at) => [
    ...(at ? [{ kind: 'hard_break', text: '\n', marks: new Map() }] : []),
    ...(line ? [{ kind: 'text', text: line, marks }] : [])
  ])

function writtenAtom ({ type, attrs }) {
  return type.name === 'footnote' ? `^[${attrs.source}]` : `[[${attrs.kind}:${attrs.key}]]`
}

function trimmed (pieces) {
  let found = pieces.map(piece => ({ ...piece }))
  for (let changed = true; changed;) {
    changed = false
    found = found.filter(({ text }) => text)
    found.forEach((piece, at) => {
      const isFirst = isBreak(found[at - 1])
      const isLast = isBreak(found[at + 1])
      let text = piece.text
      if (piece.kind === 'hard_break') text = at === 0 || isFirst || at === found.length - 1 ? '' : '\n'
      else if (piece.kind === 'text') {
        if (isFirst) text = text.replace(at ? /^[ \t]+/ : /^\s+/, '')
        if (isLast) text = text.replace(at < found.length - 1 ? /[ \t]+$/ : /\s+$/, '')
      }
      if (text !== piece.text) [piece.text, changed] = [text, true]
    })
  }
  return found
}

const isBreak = piece => !piece || piece.kind === 'hard_break'

// --- Writing -----------------------------------------------------------------------------------

function written (pieces, { escape, em }, active = []) {
  let out = ''
  for (let at = 0; at < pieces.length;) {
    const piece = pieces[at]
    const [name, end] = longest(pieces, at, active)
    if (name) {
      const inner = written(pieces.slice(at, end), { escape, em }, [...active, name])
      out += around(inner, name, piece.marks.get(name), em)
      at = end
    } else {
      out += piece.kind === 'text' ? escape(piece.text) : piece.text
      at += 1
    }
  }
  return out
}

// The mark that begins here and goes on for longest: it stands outside the others.
function longest (pieces, at, active) {
  let best = [null, at]
  for (const name of OUTER_TO_INNER) {
    const mark = pieces[at].marks.get(name)
    if (!mark || active.includes(name)) continue
    let end = at + 1
    while (end < pieces.length && continues(pieces, end, name, mark)) end += 1
    if (end > best[1]) best = [name, end]
  }
  return best
}

// A new line between two lines in bold is in bold as well.
function continues (pieces, at, name, mark) {
  if (pieces[at].kind === 'hard_break') return at + 1 < pieces.length && continues(pieces, at + 1, name, mark)
  return pieces[at].marks.get(name)?.eq(mark)
}

function around (inner, name, mark, em) {
  const [, before, core, after] = /^(\s*)([^]*?)(\s*)$/.exec(inner)
  if (!core) return inner
  if (name === 'link') return `${before}${linked(core, mark.attrs)}${after}`
  const sign = SIGN[name] || em
  return `${before}${sign}${core}${sign}${after}`
}

function linked (words, { href, title }) {
  if (words.replace(/\\([!-/:-@[-`{-~])/g, '$1') === href && /^(https?:|mailto:)[^\s<>]+$/.test(href) && !title) return `<${href}>`
  const address = /[\s()<>]/.test(href) || !href ? `<${href.replace(/[<>\\]/g, '\\$&')}>` : href
  const named = title ? ` "${title.replace(/["\\]/g, '\\$&')}"` : ''
  return `[${words}](${address}${named})`
}

// --- The lightest that is right ----------------------------------------------------------------

const ATTEMPTS = escapers.flatMap(escape => ['*', '_'].map(em => ({ escape, em })))

// Markdown of the content of a paragraph.
export function lineOf (content) {
  const pieces = piecesOf(content)
  if (!pieces.length) return ''
  // Words before looks: what cannot be written with its marks is written without them.
  const bare = pieces.map(piece => ({ ...piece, marks: new Map() }))
  for (const tried of [pieces, withEdgesOutside(pieces), bare]) {
    const said = signature(tried)
    for (const attempt of ATTEMPTS) {
      const text = written(tried, attempt).replace(STARTS, atStart)
      if (readAgain(text) === said) return text
    }
  }
  return written(bare, ATTEMPTS[ATTEMPTS.length - 1]).replace(STARTS, atStart)
}

function readAgain (text) {
  try {
    const [only, ...more] = nodesOf(text)
    return more.length || only.type.name !== 'paragraph' ? null : signature(piecesOf(only.content))
  } catch {
    return null
  }
}

// Two contents with one signature read the same.
function signature (pieces) {
  const all = []
  for (const { kind, text, marks } of pieces) {
    const look = [...marks.values()].map(({ type, attrs }) => JSON.stringify([type.name, attrs])).sort()
    const here = JSON.stringify(kind === 'text' ? look : [kind, text, look])
    const last = all[all.length - 1]
    if (kind === 'text' && last?.here === here && last.kind === 'text') last.text += text
    else if (kind === 'text' && !text.trim() && last) all.push({ kind, here: '[]', text })
    else all.push({ kind, here, text })
  }
  return JSON.stringify(blanksApart(all))
}

// A blank at the edge of a mark is in it or beside it: nobody sees which.
function blanksApart (all) {
  const found = []
  for (const one of all) {
    if (one.kind !== 'text' || one.here === '[]') { found.push([one.here, one.text]); continue }
    const [, before, core, after] = /^(\s*)([^]*?)(\s*)$/.exec(one.text)
    found.push(['[]', before], [one.here, core], ['[]', after])
  }
  return found.filter(([, text]) => text).reduce((joined, [here, text]) => {
    const last = joined[joined.length - 1]
    if (last && last[0] === here && here === '[]') last[1] += text
    else joined.push([here, text])
    return joined
  }, [])
}

// Emphasis that ends with a sign right before a letter cannot be written: the sign steps out.
function withEdgesOutside (pieces) {
  return pieces.flatMap(piece => {
    if (piece.kind !== 'text' || !piece.marks.size || piece.marks.has('link')) return [piece]
    const [, before, core, after] = /^([^\p{L}\p{N}]*)([^]*?)([^\p{L}\p{N}]*)$/u.exec(piece.text)
    return [[before, new Map()], [core, piece.marks], [after, new Map()]]
      .filter(([text]) => text).map(([text, marks]) => ({ kind: 'text', text, marks }))
  })
}

// --- Cells -------------------------------------------------------------------------------------

// A cell is one line, and an upright stroke would end it: the reader takes one sign away before each.
export const cellOf = content => lineOf(content).replace(/\n/g, ' ').replace(/\|/g, '\\|')

export const notesText = text => {
  const tidy = text.replace(/\s+/g, ' ').trim()
  return isOneNote(tidy) ? tidy : tidy.replace(/(?<!\\)[[\]]/g, '\\$&')
}

function isOneNote (source) {
  const [only, ...more] = nodesOf(`^[${source}]`)[0]?.content.content ?? []
  return !more.length && only?.type.name === 'footnote' && only.attrs.source === source
}
