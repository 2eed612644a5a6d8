// An element with attributes and what stands in it; a property that is false is left out.
export function make (tag, attributes = {}, ...inside) {
  const element = document.createElement(tag)
  Object.entries(attributes).forEach(([name, value]) => {
    if (value !== false && value !== undefined) element.setAttribute(name, value)
  })
  element.append(...inside)
  return element
}

export const button = (label, attributes) => make(
  'button', { type: 'button', class: 'govuk-button govuk-button--secondary app-editor__button', ...attributes }, label
)
