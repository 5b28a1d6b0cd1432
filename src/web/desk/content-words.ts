import type { Topic } from '../../engine/book.ts'
import { writtenDay } from './call-day.ts'

const ROLES = { editor: 'biên tập', lawyer: 'luật sư', clinician: 'bác sĩ' } as const

/** Who signed a text, and when. */
export function signedBy(reviewed: Topic['reviewed']): string {
  return reviewed === null ? 'chưa có ai ký' : `${ROLES[reviewed.role]} ký ngày ${writtenDay(reviewed.on)}`
}
