import type { App } from '../../app/app.ts'
import type { Id } from '../../engine/content.ts'
import {
  CONTACT_KINDS,
  CONTACT_OUTCOMES,
  type ContactKind,
  type ContactOutcome,
  type StaffContact,
} from '../../engine/conversation.ts'
import type { ContactDraft } from '../pages/desk/contact-form.ts'
import { nextCallDay, readCallDay } from './call-day.ts'

export const NOTE_LIMIT = 2_000

/** A call or a visit as a form tells it, or what is wrong with the form. */
export function readContact(
  app: App,
  point: Id | null,
  fields: (name: string) => string,
): { contact: StaffContact } | { problem: string } {
  const kind = CONTACT_KINDS.find((one) => one === fields('kind'))
  const outcome = CONTACT_OUTCOMES.find((one) => one === fields('outcome'))
  const note = fields('contact_note').trim()
  if (!kind) return { problem: 'Chưa ghi: bạn chọn gọi điện, gặp trực tiếp hay cách khác.' }
  if (!outcome) return { problem: 'Chưa ghi: bạn chọn kết quả.' }
  const clash = clashOf(kind, outcome)
  if (clash) return { problem: `Chưa ghi: ${clash}` }
  if (note.length > NOTE_LIMIT)
    return { problem: `Chưa ghi: ghi chú dài ${note.length} ký tự, giới hạn là ${NOTE_LIMIT}.` }
  // Whoever asked not to be called is not planned again, whatever else the form says.
  if (outcome === 'no_calls') return { contact: { kind, outcome, note, callOn: null } }
  switch (fields('next')) {
    case 'none':
      return { contact: { kind, outcome, note, callOn: null } }
    case 'next':
      return { contact: { kind, outcome, note, callOn: nextCallDay(app, point) } }
    case 'day': {
      const read = readCallDay(app, point, fields('call_on'))
      return 'problem' in read
        ? { problem: `Chưa ghi: ${read.problem}` }
        : { contact: { kind, outcome, note, callOn: read.day } }
    }
    default:
      return { problem: 'Chưa ghi: bạn chọn có gọi lại hay không.' }
  }
}

function clashOf(kind: ContactKind, outcome: ContactOutcome): string | null {
  if (kind === 'call' && outcome === 'met') return 'gọi điện thì không phải là gặp trực tiếp. Bạn xem lại hai ô đầu.'
  if (kind === 'visit' && ['no_answer', 'someone_else', 'reached'].includes(outcome))
    return 'gặp trực tiếp thì kết quả là “Đã gặp trực tiếp”, “Xin đừng gọi nữa” hoặc “Khác”.'
  return null
}

/** What was typed, to be shown again. */
export function contactDraft(fields: (name: string) => string): ContactDraft {
  return {
    kind: fields('kind'),
    outcome: fields('outcome'),
    note: fields('contact_note'),
    next: fields('next'),
    callOn: fields('call_on'),
  }
}
