import { button, make } from './editor/elements'
import { Question } from './editor/question'
import { wordsOfReferences } from './editor/schema'
import { Toolbar } from './editor/toolbar'
import { stateOf, viewOf } from './editor/view'
import { Text } from './editor/writing'

// A text box of Markdown shown as it reads. The box stays what is sent: whatever is done here goes into
// it at once, and what nobody touches stays in it as it came.

const PLAIN = 'dhr-plain-text'
const LONGER_THAN_MOST = 4 // times: beyond it a text is only shown plain
const HOW = 'Control+B and Control+I for bold and italics, and [[5.3.2]] to refer to that paragraph. ' +
  'Enter on a footnote opens it. Alt+F10 leads to the buttons for more, and Tab leads on, in a table to the next cell first.'
const isPlain = () => document.cookie.split('; ').includes(`${PLAIN}=yes`)

function rememberPlain (plain) {
  const secure = window.location.protocol === 'https:' ? '; secure' : ''
  const age = plain ? 31_536_000 : 0
  document.cookie = `${PLAIN}=yes; path=/; max-age=${age}; samesite=lax${secure}`
}

class Editor {
  constructor (area) {
    this.area = area
    // On the way back a browser would put old words into the box, behind the editor, beside the version
    // of now. What was typed is kept as unsaved words, which the page offers.
    area.form?.setAttribute('autocomplete', 'off')
    this.most = Number(area.closest('[data-maxlength]')?.dataset.maxlength) || 50_000
    this.label = document.querySelector(`label[for="${area.id}"]`)
    this.marks = document.querySelectorAll(`#${area.id}-hint [data-plain-only]`)
    this.name = this.label.textContent.trim()
    this.label.id ||= `${area.id}-label`
    this.build()
  }

  build () {
    const { id } = this.area
    this.how = make('p', { class: 'govuk-hint app-editor__how', id: `${id}-how` }, HOW)
    this.place = make('div', { class: 'app-editor__place' })
    this.said = make('p', { class: 'govuk-hint app-editor__said', role: 'status' })
    this.text = new Text('')
    const describedBy = [this.area.getAttribute('aria-describedby'), this.how.id].filter(Boolean).join(' ')
    this.ways = {
      ask: kind => this.question.open(kind),
      leave: () => this.toolbar.focus(),
      tell: words => { this.said.textContent = words },
      most: this.most,
      changed: doc => this.changed(doc),
      shown: state => this.toolbar?.show(state)
    }
    this.view = viewOf(this.place, this.text.doc, {
      id: `${id}-rich`,
      class: 'app-editor__text',
      role: 'textbox',
      'aria-multiline': 'true',
      'aria-labelledby': this.label.id,
      'aria-describedby': describedBy
    }, this.ways)
    this.question = new Question({ id, view: this.view })
    this.toolbar = new Toolbar({
      name: `Looks of ${this.name.toLowerCase()}`, controls: `${id}-rich`, ask: this.ways.ask, view: this.view
    })
    this.switch = button('Plain text', { 'aria-pressed': 'false', class: 'govuk-button govuk-button--secondary app-editor__button app-editor__switch' })
    this.switch.addEventListener('click', () => this.turn(!this.rich.hidden))
    this.rich = make('div', { class: 'app-editor' }, this.how, this.toolbar.element, this.question.element, this.place, this.said)
    // Before anything else hears that the form is sent.
    this.area.form?.addEventListener('submit', event => {
      if (this.rich.hidden || !this.question.isWaiting()) return
      event.preventDefault()
      event.stopImmediatePropagation()
    }, { capture: true })
    this.label.addEventListener('click', event => { if (!this.rich.hidden) { event.preventDefault(); this.view.focus() } })
  }

  start () {
    this.area.before(this.switch, this.rich)
    // What is said of the words while they are typed stands under them.
    const said = this.area.form?.querySelector('[data-draft]')
    if (said) this.area.closest('.govuk-form-group').append(said)
    this.show(isPlain() || this.isTooLong)
  }

  get isTooLong () {
    return this.area.value.length > LONGER_THAN_MOST * this.most
  }

  // At the author's wish; it is remembered for the next paragraph.
  turn (plain) {
    if (plain ? this.question.isWaiting() : this.isTooLong) return
    rememberPlain(plain)
    this.show(plain)
    this.switch.focus()
  }

  show (plain) {
    if (!plain) this.read()
    this.rich.hidden = plain
    this.area.hidden = !plain
    this.switch.setAttribute('aria-pressed', String(plain))
    this.marks.forEach(words => { words.hidden = !plain })
    // The label names what is shown.
    if (plain) this.label.setAttribute('for', this.area.id)
    else this.label.removeAttribute('for')
    if (plain) this.view.dom.removeAttribute('aria-labelledby')
    else this.view.dom.setAttribute('aria-labelledby', this.label.id)
  }

  read () {
    this.text = new Text(this.area.value)
    this.view.updateState(stateOf(this.text.doc, this.ways))
    this.toolbar.show(this.view.state)
  }

  changed (doc) {
    const text = this.text.write(doc)
    if (text === this.area.value) return
    this.area.value = text
    // For what listens to the box: the words that are kept while they are typed, and the count.
    this.area.dispatchEvent(new Event('input', { bubbles: true }))
    this.area.dispatchEvent(new Event('keyup'))
  }
}

document.querySelectorAll('[data-reference][data-words]').forEach(({ dataset }) => {
  wordsOfReferences.set(dataset.reference, dataset.words)
})

// Where the editor cannot begin, the box stays as it is.
const editors = new Map()
document.querySelectorAll('textarea[data-rich-text]').forEach(area => {
  const editor = new Editor(area)
  editor.start()
  editors.set(`#${area.id}`, editor)
})

// The list of what is wrong leads to the box, which may be hidden.
document.addEventListener('click', event => {
  const editor = editors.get(event.target.closest?.('a[href^="#"]')?.getAttribute('href'))
  if (!editor || editor.rich.hidden) return
  event.preventDefault()
  event.stopImmediatePropagation()
  editor.label.scrollIntoView()
  editor.view.focus()
}, { capture: true })
