import { type MeetingFact, pointOfClub } from '../engine/clubs/club.ts'
import { meetingOfTimer } from '../engine/clubs/meetings.ts'
import type { Id } from '../engine/content.ts'
import type { Conversation, Inbound } from '../engine/conversation.ts'
import { courseRunOf } from '../engine/courses/course.ts'
import type { Facts } from '../engine/facts.ts'
import { pointsFor } from '../engine/fill.ts'
import { checkInsOf } from '../engine/referrals/check-ins.ts'
import { openAppointments } from '../engine/visits/appointment.ts'
import { calendarsOf } from '../engine/visits/slots.ts'
import { sentTimes } from '../store/check-ins.ts'
import type { Loaded } from '../store/load.ts'
import { meetingFacts } from '../store/meetings.ts'
import { channelAtAddress, sentAmong, takenSeats } from '../store/visits.ts'
import { type App, channelOf } from './app.ts'

type VisitFacts = Pick<Facts, 'taken' | 'sent' | 'sentAt' | 'cannotPush' | 'meetings'>

const AHEAD_MS = 40 * 86_400_000
/** Flows in which a time is chosen. */
const CHOOSING: readonly string[] = ['dat-lich', 'doi-lich', 'lich-hen', 'lich-nao']

/** What a turn about somebody's time may know beside the conversation; nothing is read for any other. */
export async function visitFacts(app: App, { conversation, address }: Loaded, inbound: Inbound): Promise<VisitFacts> {
  const open = openAppointments(conversation)
  const checkIn = checkInsOf(conversation)?.asked?.message
  const notice = courseRunOf(conversation)?.notice
  const lesson = notice?.waits ? notice.message : undefined
  const waiting = [...open.map(({ asked }) => asked?.message), checkIn, lesson].filter((id) => id !== undefined)
  const choosing = conversation.session?.runs.some(({ flow }) => CHOOSING.includes(flow)) ?? false
  const booking = bookingOf(inbound)
  const message = inbound.event.type === 'message'
  const needsSeats = booking !== null || (message && (open.length > 0 || choosing || namesTime(app, inbound)))
  const reminds =
    inbound.event.type === 'timer' &&
    (inbound.event.timer.kind === 'reminder' || inbound.event.timer.kind === 'meeting')
  const looks = looksFor(inbound, checkIn, lesson)
  const about = meetingsAbout(conversation, inbound)
  return {
    ...(about.length > 0 ? { meetings: await meetings(app, about, conversation.contact) } : {}),
    ...(needsSeats ? { taken: await seats(app, conversation, inbound) } : {}),
    ...(message && waiting.length > 0 ? { sent: await sentAmong(app.store, waiting) } : {}),
    ...(looks === undefined ? {} : { sentAt: await sentTimes(app.store, [looks]) }),
    ...(reminds
      ? { cannotPush: channelOf(app, (await channelAtAddress(app.store, address)) ?? '')?.limits.canPush === false }
      : {}),
  }
}

/** Of what that waits for an answer it is to be known whether it has left. */
function looksFor({ event }: Inbound, checkIn: Id | undefined, lesson: Id | undefined): Id | undefined {
  if (event.type !== 'timer') return undefined
  if (event.timer.kind === 'lesson') return lesson
  return event.timer.kind === 'check_in' ? checkIn : undefined
}

/** The meetings a turn may be about: the one its timer names, or those the person is asked to. */
function meetingsAbout(conversation: Conversation, { event }: Inbound): readonly Id[] {
  if (event.type === 'timer') return event.timer.kind === 'meeting' ? [meetingOfTimer(event.timer.id)] : []
  const asked = event.type === 'message' || event.type === 'staff'
  return asked ? openAppointments(conversation).flatMap(({ meeting }) => meeting?.id ?? []) : []
}

async function meetings(app: App, ids: readonly Id[], contact: Id): Promise<ReadonlyMap<Id, MeetingFact>> {
  const { clubs, points } = app.directory()
  const found = await meetingFacts(app.store, ids, contact)
  return new Map(
    found.map((one) => {
      const club = clubs.find(({ id }) => id === one.club)
      return [one.id, { ...one, point: (club && pointOfClub({ points }, club)) ?? '' }]
    }),
  )
}

/** A word that may begin the flow in which somebody books for themselves. */
function namesTime(app: App, { event }: Inbound): boolean {
  if (event.type !== 'message') return false
  return app.book().flow('dat-lich') !== undefined && /l[iị]ch|h[eẹ]n|dat/iu.test(`${event.text} ${event.choice ?? ''}`)
}

function bookingOf({ event }: Inbound) {
  return event.type === 'staff' && event.action.type === 'book_visit' ? event.action.booking : null
}

async function seats(app: App, conversation: Conversation, inbound: Inbound): Promise<ReadonlySet<string>> {
  const { points } = app.directory()
  const booking = bookingOf(inbound)
  const named = conversation.answers.point
  const wanted = booking
    ? [booking]
    : [
        ...openAppointments(conversation),
        ...points
          .filter(({ id }) => named?.type === 'code' && named.value === id)
          .map(({ id }) => ({ point: id, staff: null })),
        ...pointsFor(conversation, app.directory())
          .slice(0, 1)
          .map(({ id }) => ({ point: id, staff: null })),
      ]
  const calendars = wanted.flatMap(({ point: id, staff }) => {
    const point = points.find((one) => one.id === id)
    return point ? calendarsOf(point, staff) : []
  })
  const from = booking ? Math.min(booking.startsAt, inbound.at) : inbound.at
  const to = booking ? booking.startsAt + booking.minutes * 60_000 : inbound.at + AHEAD_MS
  return takenSeats(
    app.store,
    [...new Set(calendars)],
    { from, to },
    { contact: conversation.contact, now: inbound.at },
  )
}
