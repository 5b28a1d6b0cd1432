import type { Id, Instant } from '../content.ts'
import type { Calendar, Day, Hours } from '../facts.ts'
import { dayOf, formatDateTime, formatShifts, holidayOn, nextOpen, openAt } from '../hours.ts'
import { unmarked } from '../text.ts'

/** What somebody may be introduced to. A place may offer several; a slip never says which was meant. */
export const SERVICE_KINDS = [
  'methadone',
  'arv',
  'hiv_test',
  'hcv_test',
  'health_station',
  'mental_health',
  'vocational',
  'job',
  'loan',
  'legal_aid',
  'rehab_public',
  'rehab_private',
] as const
export type ServiceKind = (typeof SERVICE_KINDS)[number]

/** A place that others may be introduced to, as somebody of a point last checked it. */
export interface ServicePlace extends Hours {
  id: Id
  name: string
  kinds: readonly ServiceKind[]
  address: string
  phone: string | null
  communes: readonly Id[]
  /** The point that keeps this entry up to date; left out: the tier above. */
  point?: Id
  /** The licence of the place, as somebody saw it. */
  licence: { number: string; day: Day } | null
  /** The day on which somebody last asked whether this is still so. */
  checkedOn: Day
  sample: boolean
}

/** Places of rehabilitation, to which a family may bring somebody; those that serve a commune first. */
export function facilitiesFor(places: readonly ServicePlace[], commune: Id | null): readonly ServicePlace[] {
  const all = places.filter(({ kinds }) => kinds.includes('rehab_public') || kinds.includes('rehab_private'))
  const near = all.filter(({ communes }) => commune !== null && communes.includes(commune))
  return (near.length > 0 ? near : all).slice(0, 2)
}

/** Whether it is open now, said only where its hours are known. */
export function serviceState(place: ServicePlace, calendar: Calendar, now: Instant): string {
  const next = nextOpen(place, calendar, now)
  if (openAt(place, calendar, now)) return 'Bây giờ: đang mở'
  if (next === null) return 'Chưa có giờ xác nhận: hỏi trước khi đến'
  const holiday = holidayOn(calendar, dayOf(now))
  return `Bây giờ: đã đóng${holiday === null ? '' : ` (nghỉ ${holiday})`}. Mở lại: ${formatDateTime(next)}`
}

/** The place as somebody who is introduced to it needs to know it: where it is and when, never what for. */
export function describeService(place: ServicePlace, calendar: Calendar, now: Instant): string {
  return [
    `**${unmarked(place.name)}**`,
    `Địa chỉ: ${unmarked(place.address)}`,
    ...(place.phone ? [`Điện thoại: ${unmarked(place.phone)}`] : []),
    formatShifts(place.shifts),
    serviceState(place, calendar, now),
  ]
    .filter((line) => line !== '')
    .join('\n')
}
