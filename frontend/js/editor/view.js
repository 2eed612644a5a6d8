import { baseKeymap, chainCommands, exitCode, toggleMark } from 'prosemirror-commands'
import { history, redo, undo } from 'prosemirror-history'
import { inputRules, undoInputRule, wrappingInputRule } from 'prosemirror-inputrules'
import { keymap } from 'prosemirror-keymap'
import { splitListItem } from 'prosemirror-schema-list'
import { EditorState, NodeSelection, Plugin, Selection } from 'prosemirror-state'
import { goToNextCell, isInTable, tableEditing } from 'prosemirror-tables'
import { EditorView } from 'prosemirror-view'
import { cellBelow, rise, sink } from './commands'
import { take } from './pasting'
import { schema } from './schema'

// The view of one text, with its keys. Tab leads to the next cell of a table, and out of the last one;
// elsewhere it has no meaning here: it leads on, as everywhere on a page.

const { nodes, marks } = schema

const newLine = (state, dispatch) => {
  if (isInTable(state)) return false
  if (dispatch) dispatch(state.tr.replaceSelectionWith(nodes.hard_break.create()).scrollIntoView())
  return true
}

const isKept = selection => selection instanceof NodeSelection && selection.node.type === nodes.verbatim

const openNote = ask => state => {
  const { selection } = state
  const isNote = selection instanceof NodeSelection && selection.node.type === nodes.footnote
  if (isNote) ask('footnote')
  return isNote
}

const toEdge = edge => (state, dispatch) => {
  dispatch?.(state.tr.setSelection(edge(state.doc)).scrollIntoView())
  return true
}

const keys = ({ ask, leave }) => keymap({
  'Mod-b': toggleMark(marks.strong),
  'Mod-i': toggleMark(marks.em),
  'Mod-z': undo,
  'Mod-y': redo,
  'Shift-Mod-z': redo,
  'Mod-]': sink,
  'Mod-[': rise,
  'Mod-k': () => { ask('link'); return true },
  // A browser does not find its way past a footnote at the end of a line.
  'Mod-Home': toEdge(doc => Selection.atStart(doc)),
  'Mod-End': toEdge(doc => Selection.atEnd(doc)),
  Tab: goToNextCell(1),
  'Shift-Tab': goToNextCell(-1),
  'Alt-F10': () => { leave(); return true },
  'Shift-Enter': chainCommands(exitCode, newLine),
  Backspace: undoInputRule,
  Enter: chainCommands(openNote(ask), cellBelow, splitListItem(nodes.list_item))
})

// At the start of a line: "- ", "1. " and "> ". Other numbers are often a year.
const rules = inputRules({
  rules: [
    wrappingInputRule(/^\s*[-*]\s$/, nodes.bullet_list),
    wrappingInputRule(/^\s*1[.)]\s$/, nodes.ordered_list),
    wrappingInputRule(/^\s*>\s$/, nodes.blockquote)
  ]
})

// Below a table or a list there is always a line to go on with; an empty one is not written.
const lineBelow = new Plugin({
  appendTransaction: (_transactions, _before, { doc, tr }) =>
    doc.lastChild.type === nodes.paragraph ? null : tr.insert(doc.content.size, nodes.paragraph.create())
})

export const stateOf = (doc, ways) => EditorState.create({
  doc,
  selection: Selection.findFrom(doc.resolve(0), 1, true) ?? undefined, // in words, not around a thing
  plugins: [keys(ways), keymap(baseKeymap), rules, history(), tableEditing(), lineBelow]
})

// `ways`: ask(kind), leave(), tell(words), most, changed(doc), shown(state); `attributes` of the box.
export function viewOf (place, doc, attributes, ways) {
  const view = new EditorView(place, {
    state: stateOf(doc, ways),
    attributes,
    dispatchTransaction (transaction) {
      const state = view.state.apply(transaction)
      view.updateState(state)
      if (transaction.docChanged) ways.changed(state.doc)
      ways.shown(state)
    },
    // A letter does not take the place of what can only be changed in plain text.
    handleTextInput: ({ state }) => isKept(state.selection),
    handleDoubleClickOn: (_view, _pos, node) => node.type === nodes.footnote && (ways.ask('footnote'), true),
    handleDOMEvents: {
      // The view's own way with what is pasted makes HTML from a string: it never comes to that.
      paste (_view, event) {
        event.preventDefault()
        if (event.clipboardData) take(view, event.clipboardData, ways)
        return true
      },
      drop (_view, event) {
        if (view.dragging) return false // moved within the text
        event.preventDefault()
        if (event.dataTransfer) take(view, event.dataTransfer, ways)
        return true
      }
    }
  })
  return view
}
