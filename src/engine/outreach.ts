import type { Id } from './content.ts'
import type { Day } from './facts.ts'

/** What is done outside the chat and counted by the plans. */
export const ACT_KINDS = [
  'talk',
  'loudspeaker',
  'event',
  'school',
  'company',
  'group',
  'pledge',
  'inspection',
  'other',
] as const
export type ActKind = (typeof ACT_KINDS)[number]

export const ACT_SETTINGS = ['community', 'school', 'workplace', 'venue', 'facility', 'point'] as const
export type ActSetting = (typeof ACT_SETTINGS)[number]

export const ACT_AUDIENCES = ['pupils', 'workers', 'families', 'after', 'at_risk', 'public', 'cadres'] as const
export type ActAudience = (typeof ACT_AUDIENCES)[number]

/** One act of the register; it names nobody. */
export interface OutreachAct {
  id: Id
  point: Id
  kind: ActKind
  day: Day
  commune: Id
  hamlet: string
  setting: ActSetting
  audiences: readonly ActAudience[]
  people: number | null
  partner: string
  content: string
  note: string
}
