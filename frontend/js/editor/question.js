import { NodeSelection } from 'prosemirror-state'
import { button, make } from './elements'
import { notesText } from './inlines'
import { keptAddress, schema } from './schema'

// What a footnote says, and where a link leads: asked in a panel between the buttons and the text.

const { nodes, marks } = schema

// The stretch of a link around the cursor: { from, to, mark } or null.
export function linkAround ({ selection: { $from } }) {
  const { parent } = $from
  let offset = 0
  let found = null
  parent.forEach(child => {
    const mark = marks.link.isInSet(child.marks)
    const [from, to] = [$from.start() + offset, $from.start() + offset + child.nodeSize]
    offset += child.nodeSize
    if (!mark) { if (found && !found.ended) found.ended = true; return }
    if (found && found.to === from && found.mark.eq(mark)) found.to = to
    else if (!found || $from.pos >= from) found = { from, to, mark }
  })
  return found && $from.pos >= found.from && $from.pos <= found.to ? found : null
}

const noteOf = ({ selection }) =>
  selection instanceof NodeSelection && selection.node.type === nodes.footnote ? selection : null

const KINDS = {
  footnote: {
    label: 'What the footnote says',
    before: state => noteOf(state)?.node.attrs.source ?? '',
    wrong: text => text.trim() ? '' : 'Write the footnote, or cancel',
    put: (state, text) => {
      const note = nodes.footnote.create({ source: notesText(text) })
      return noteOf(state)
        ? state.tr.replaceSelectionWith(note, false)
        : state.tr.insert(state.selection.to, note)
    }
  },
  link: {
    label: 'Where the link leads: an address that begins with https://. Leave it empty to take the link away',
    before: state => linkAround(state)?.mark.attrs.href ?? '',
    wrong: (text, state) => {
      if (text.trim() && !keptAddress(text.trim())) return 'An address begins with https:// or mailto:'
      return state.selection.empty && !linkAround(state) ? 'Mark the words first that are to lead there' : ''
    },
    put: (state, text) => {
      const around = linkAround(state)
      const { from, to } = state.selection.empty && around ? around : state.selection
      const tr = state.tr.removeMark(from, to, marks.link)
      return text.trim() ? tr.addMark(from, to, marks.link.create({ href: text.trim() })) : tr
    }
  }
}

export class Question {
  constructor ({ id, view }) {
    this.view = view
    this.input = make('input', { id: `${id}-asked`, class: 'govuk-input', type: 'text', autocomplete: 'off' })
    this.label = make('label', { class: 'govuk-label', for: `${id}-asked` })
    this.wrong = make('p', { class: 'govuk-error-message', id: `${id}-asked-error`, role: 'alert' })
    const put = button('Put it in')
    const cancel = button('Cancel')
    this.element = make('div', { class: 'app-editor__question', hidden: 'hidden' },
      this.label, this.wrong, this.input, make('div', { class: 'app-editor__toolbar' }, put, cancel))
    put.addEventListener('click', () => this.answer())
    cancel.addEventListener('click', () => this.close())
    this.element.addEventListener('keydown', event => this.key(event))
    // What is typed here is no field of the form.
    this.input.addEventListener('input', event => event.stopPropagation())
  }

  open (kind) {
    if (this.isWaiting()) return
    this.kind = KINDS[kind]
    this.label.textContent = this.kind.label
    this.before = this.kind.before(this.view.state)
    this.input.value = this.before
    this.complain('')
    this.element.hidden = false
    this.input.focus()
  }

  // Whether something was typed here that would be lost if the author went on; it says so.
  isWaiting () {
    if (this.element.hidden || this.input.value === this.before) return false
    this.complain('Put it in first, or cancel')
    this.input.focus()
    return true
  }

  complain (words) {
    this.wrong.textContent = words
    this.wrong.hidden = !words
    this.input.toggleAttribute('aria-invalid', Boolean(words))
    if (words) this.input.setAttribute('aria-describedby', this.wrong.id)
    else this.input.removeAttribute('aria-describedby')
  }

  answer () {
    const { state } = this.view
    const words = this.kind.wrong(this.input.value, state)
    if (words) {
      this.complain(words)
      this.input.focus()
      return
    }
    this.view.dispatch(this.kind.put(state, this.input.value).scrollIntoView())
    this.close()
  }

  close () {
    this.element.hidden = true
    this.view.focus()
  }

  // Enter would send the form, and Escape leave it.
  key (event) {
    if (event.key === 'Enter' && event.target === this.input) this.answer()
    else if (event.key === 'Escape') this.close()
    else return
    event.preventDefault()
    event.stopPropagation()
  }
}
