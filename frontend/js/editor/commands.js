import { lift, toggleMark, wrapIn } from 'prosemirror-commands'
import { redo, redoDepth, undo, undoDepth } from 'prosemirror-history'
import { liftListItem, sinkListItem, wrapInList } from 'prosemirror-schema-list'
import { TextSelection } from 'prosemirror-state'
import {
  addColumnAfter, addRowAfter, deleteColumn, deleteRow, deleteTable, isInTable
} from 'prosemirror-tables'
import { schema } from './schema'

// What the buttons and the keys do. Each is a command: (state, dispatch) gives whether it can be done.

const { nodes, marks } = schema

export const hasMark = type => ({ selection: { empty, from, to, $from }, storedMarks, doc }) =>
  Boolean(empty ? type.isInSet(storedMarks || $from.marks()) : doc.rangeHasMark(from, to, type))

const isWithin = type => ({ selection: { $from } }) => {
  for (let depth = $from.depth; depth > 0; depth--) if ($from.node(depth).type === type) return true
  return false
}

// The list that the selection stands in, the nearest first: { node, pos } or null.
function listAround ({ selection: { $from } }) {
  for (let depth = $from.depth; depth > 0; depth--) {
    const node = $from.node(depth)
    if (node.type === nodes.bullet_list || node.type === nodes.ordered_list) return { node, pos: $from.before(depth) }
  }
  return null
}

const isList = type => state => listAround(state)?.node.type === type

const toggleList = type => (state, dispatch) => {
  const around = listAround(state)
  if (!around) return wrapInList(type)(state, dispatch)
  if (around.node.type === type) return liftListItem(nodes.list_item)(state, dispatch)
  const { tight } = around.node.attrs
  if (dispatch) dispatch(state.tr.setNodeMarkup(around.pos, type, { tight }))
  return true
}

const toggleQuote = (state, dispatch) =>
  isWithin(nodes.blockquote)(state) ? lift(state, dispatch) : wrapIn(nodes.blockquote)(state, dispatch)

function insertTable (state, dispatch) {
  if (isInTable(state)) return false
  if (dispatch) {
    const row = cell => nodes.table_row.create(null, [cell.createAndFill(), cell.createAndFill()])
    const table = nodes.table.create(null, [row(nodes.table_header), row(nodes.table_cell), row(nodes.table_cell)])
    const tr = state.tr.replaceSelectionWith(table)
    const at = tr.mapping.map(state.selection.from, -1)
    let first = null
    tr.doc.nodesBetween(Math.max(0, at - 1), tr.doc.content.size, (node, pos) => {
      if (first === null && node.type === nodes.table_header && pos >= at - 1) first = pos
      return first === null
    })
    if (first !== null) tr.setSelection(TextSelection.create(tr.doc, first + 1))
    dispatch(tr.scrollIntoView())
  }
  return true
}

// A line above a table that stands first, where no key leads.
function lineAbove (state, dispatch) {
  const { $from } = state.selection
  for (let depth = $from.depth; depth > 0; depth--) {
    if ($from.node(depth).type !== nodes.table) continue
    const at = $from.before(depth)
    const tr = state.tr.insert(at, nodes.paragraph.create())
    if (dispatch) dispatch(tr.setSelection(TextSelection.create(tr.doc, at + 1)).scrollIntoView())
    return true
  }
  return false
}

// Enter in a cell leads to the one below, which is made where there is none.
export function cellBelow (state, dispatch, view) {
  if (!isInTable(state)) return false
  const { $from } = state.selection
  const row = depthOf($from, nodes.table_row)
  const at = $from.index(row)
  const isLast = $from.index(row - 1) === $from.node(row - 1).childCount - 1
  if (isLast) addRowAfter(state, dispatch)
  const now = view.state
  const below = now.doc.resolve(now.selection.$from.after(row) + 1)
  const pos = [...Array(at).keys()].reduce((sum, cell) => sum + below.parent.child(cell).nodeSize, below.pos)
  view.dispatch(now.tr.setSelection(TextSelection.create(now.doc, pos + 1)).scrollIntoView())
  return true
}

function depthOf ($pos, type) {
  let depth = $pos.depth
  while ($pos.node(depth).type !== type) depth--
  return depth
}

export const sink = sinkListItem(nodes.list_item)
export const rise = liftListItem(nodes.list_item)

// { label, keys, run, isOn, when }: `keys` are told with it; `isOn` makes it a button that is pressed
// or not; `when` hides it elsewhere.
export const BUTTONS = [
  { label: 'Bold', keys: 'Control+B', run: toggleMark(marks.strong), isOn: hasMark(marks.strong) },
  { label: 'Italics', keys: 'Control+I', run: toggleMark(marks.em), isOn: hasMark(marks.em) },
  { label: 'Bullets', run: toggleList(nodes.bullet_list), isOn: isList(nodes.bullet_list) },
  { label: 'Numbers', run: toggleList(nodes.ordered_list), isOn: isList(nodes.ordered_list) },
  { label: 'Deeper', keys: 'Control+]', run: sink, when: listAround },
  { label: 'Less deep', keys: 'Control+[', run: rise, when: listAround },
  { label: 'Quotation', run: toggleQuote, isOn: isWithin(nodes.blockquote) },
  { label: 'Footnote', asks: 'footnote' },
  { label: 'Link', asks: 'link', isOn: hasMark(marks.link) },
  { label: 'Table', run: insertTable, when: state => !isInTable(state) },
  { label: 'Row below', run: addRowAfter, when: isInTable },
  { label: 'Column after', run: addColumnAfter, when: isInTable },
  { label: 'Take row out', run: deleteRow, when: isInTable },
  { label: 'Take column out', run: deleteColumn, when: isInTable },
  { label: 'Take table out', run: deleteTable, when: isInTable },
  { label: 'Line above table', run: lineAbove, when: isInTable },
  { label: 'Undo', keys: 'Control+Z', run: undo, can: state => undoDepth(state) > 0 },
  { label: 'Redo', keys: 'Control+Y', run: redo, can: state => redoDepth(state) > 0 }
]
