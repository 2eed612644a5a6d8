import { BUTTONS } from './commands'
import { button, make } from './elements'

// A row of real buttons: one stop of the Tab key, the arrows lead from one to the next.

export class Toolbar {
  // `name` is what it is called; `ask(kind)` opens the question of a button that has one.
  constructor ({ name, controls, ask, view }) {
    this.view = view
    this.buttons = BUTTONS.map(one => {
      const made = button(one.label, {
        tabindex: '-1',
        'aria-keyshortcuts': one.keys,
        'aria-pressed': one.isOn ? 'false' : undefined
      })
      made.addEventListener('click', () => one.asks ? ask(one.asks) : this.run(one, made))
      // The selection in the text stays what it is.
      made.addEventListener('mousedown', event => event.preventDefault())
      return { ...one, made }
    })
    this.element = make('div', {
      role: 'toolbar', 'aria-label': name, 'aria-controls': controls, class: 'app-editor__toolbar'
    }, ...this.buttons.map(({ made }) => made))
    this.element.addEventListener('keydown', event => this.key(event))
    this.stop = this.buttons[0].made
    this.stop.tabIndex = 0
  }

  get shown () {
    return this.buttons.map(({ made }) => made).filter(made => !made.hidden)
  }

  // By key, the attention stays on the button, so that the next arrow goes on from there.
  run ({ run, can }, made) {
    if (can && !can(this.view.state)) return
    const byKey = document.activeElement === made
    run(this.view.state, this.view.dispatch, this.view)
    if (byKey && !made.hidden) made.focus()
    else this.view.focus()
  }

  key (event) {
    const shown = this.shown
    const at = shown.indexOf(document.activeElement)
    const to = {
      ArrowRight: (at + 1) % shown.length,
      ArrowLeft: (at - 1 + shown.length) % shown.length,
      Home: 0,
      End: shown.length - 1
    }[event.key]
    if (event.key === 'Escape') this.view.focus()
    else if (to === undefined) return
    else this.stopAt(shown[to]).focus()
    event.preventDefault()
    event.stopPropagation()
  }

  stopAt (made) {
    this.stop.tabIndex = -1
    this.stop = made
    made.tabIndex = 0
    return made
  }

  show (state) {
    this.buttons.forEach(({ made, isOn, when, can }) => {
      if (when) made.hidden = !when(state)
      if (isOn) made.setAttribute('aria-pressed', String(isOn(state)))
      if (can) made.setAttribute('aria-disabled', String(!can(state)))
    })
    if (this.stop.hidden) this.stopAt(this.shown[0])
  }

  focus () {
    this.stop.focus()
  }
}
