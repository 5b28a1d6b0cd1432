import type { Id } from '../content.ts'
import type { StaffAction } from '../conversation.ts'
import type { Turn } from '../turn.ts'
import { dropPlan, keepPlan, unsharePlan } from './plan.ts'
import { beginProgress, keepProgress, noteProgress, stopProgress } from './progress.ts'
import { accept, chooseRhythm, decline, endSupport, onSupport } from './support.ts'

/** What the last steps of the flows about walking beside somebody ask for. */
const ACCOMPANY_FORMS = [
  'supporter_accept',
  'supporter_decline',
  'supporter_end',
  'supporter_every',
  'progress_begin',
  'progress_keep',
  'progress_stop',
  'plan_keep',
  'plan_drop',
  'plan_unshare',
] as const
export type AccompanyForm = (typeof ACCOMPANY_FORMS)[number]

export const isAccompanyForm = (form: string): form is AccompanyForm =>
  (ACCOMPANY_FORMS as readonly string[]).includes(form)

/** @returns false when it cannot be done any more, or no yes stands */
export function submitAccompany(turn: Turn, form: AccompanyForm): boolean {
  switch (form) {
    case 'supporter_accept':
      return accept(turn, null)
    case 'supporter_decline':
      return decline(turn)
    case 'supporter_end':
      return endSupport(turn, null)
    case 'supporter_every':
      return chooseRhythm(turn)
    case 'progress_begin':
      return beginProgress(turn)
    case 'progress_keep':
      return keepProgress(turn)
    case 'progress_stop':
      return stopProgress(turn)
    case 'plan_keep':
      return keepPlan(turn)
    case 'plan_drop':
      return dropPlan(turn)
    case 'plan_unshare':
      return unsharePlan(turn)
    default:
      return form satisfies never
  }
}

type AccompanyAction = Extract<
  StaffAction,
  { type: 'assign_supporter' | 'end_supporter' | 'schedule_supporter' | 'supporter_met' | 'note_progress' }
>

const ACTIONS = ['assign_supporter', 'end_supporter', 'schedule_supporter', 'supporter_met', 'note_progress']

export function isForAccompany(action: StaffAction): action is AccompanyAction {
  return ACTIONS.includes(action.type)
}

/** What staff do about walking beside somebody. */
export function onAccompany(turn: Turn, by: Id, action: AccompanyAction): void {
  return action.type === 'note_progress' ? noteProgress(turn, by, action) : onSupport(turn, by, action)
}
