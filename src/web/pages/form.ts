import { html } from 'hono/html'
import type { Markup } from './layout.ts'

/** One field with its name above it and, where it helps, a hint below. */
export function field(options: {
  name: string
  label: string
  type?: 'text' | 'password'
  autocomplete: string
  value?: string
  hint?: string
  required?: boolean
  numeric?: boolean
}): Markup {
  const { name, label, type = 'text', autocomplete, value = '', hint, required = true, numeric = false } = options
  const describedBy = hint === undefined ? '' : html`aria-describedby="${name}-hint"`
  return html`<p class="field"><label for="${name}">${label}</label>
<input id="${name}" name="${name}" type="${type}" autocomplete="${autocomplete}" autocapitalize="none" spellcheck="false" value="${value}" ${numeric ? html`inputmode="numeric"` : ''} ${describedBy} ${required ? 'required' : ''}>
${hint === undefined ? '' : html`<span class="small" id="${name}-hint">${hint}</span>`}</p>`
}

/** A choice of one among a few. */
export function choice(options: {
  name: string
  label: string
  of: readonly { value: string; label: string }[]
  value?: string
}): Markup {
  const { name, label, of, value } = options
  return html`<p class="field"><label for="${name}">${label}</label>
<select id="${name}" name="${name}" required>${of.map((one) => html`<option value="${one.value}" ${one.value === value ? 'selected' : ''}>${one.label}</option>`)}</select></p>`
}

/** A choice of several. */
export function checks(options: {
  name: string
  label: string
  of: readonly { value: string; label: string }[]
  chosen?: readonly string[]
}): Markup {
  const { name, label, of, chosen = [] } = options
  return html`<fieldset><legend>${label}</legend>${of.map((one) => html`<label class="check"><input type="checkbox" name="${name}" value="${one.value}" ${chosen.includes(one.value) ? 'checked' : ''}> ${one.label}</label>`)}</fieldset>`
}

export function hidden(name: string, value: string): Markup {
  return html`<input type="hidden" name="${name}" value="${value}">`
}

/** What went wrong, said where it is read first. */
export function trouble(problem: string | null): Markup | '' {
  return problem === null ? '' : html`<p class="trouble" role="alert">${problem}</p>`
}
