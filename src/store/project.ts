import { and, eq, isNull, lt, ne, or, sql } from 'drizzle-orm'
import type { Id, Message } from '../engine/content.ts'
import type { AnswerRef } from '../engine/conversation.ts'
import type { Event, Lane } from '../engine/event.ts'
import { dayOf } from '../engine/hours.ts'
import { shortCode } from '../engine/short-code.ts'
import type { Turn } from './commit.ts'
import { projectCourse } from './courses.ts'
import { forgetAsking, partingChannels, projectJoin, tellingParted } from './joins.ts'
import { entranceCount } from './outreach-tables.ts'
import { eraseAccompany, projectAccompany } from './project-accompany.ts'
import { eraseTargets, projectBroadcast } from './project-broadcasts.ts'
import { eraseClubs, projectClub } from './project-clubs.ts'
import { eraseEnrolments, projectEnrolment } from './project-enrolment.ts'
import { eraseReferrals, projectReferral } from './project-referrals.ts'
import { eraseVisits, projectSeats, projectVisit } from './project-visits.ts'
import { build, p, type Query, write } from './query.ts'
import { keepRecording, soundOf, wantRecording } from './recordings.ts'
import {
  address,
  callPlan,
  chatLink,
  contactRecord,
  erasure,
  event,
  feedback,
  form,
  missedLine,
  outbox,
  receipt,
  recording,
  review,
  slip,
  staffCall,
  task,
  ticket,
  timer,
  walkIn,
  words,
} from './schema.ts'
import { toPhones } from './staff-phones.ts'

/** Sealed words by the id of their row. */
export type Sealed = ReadonlyMap<Id, Buffer>

export const LANES: Readonly<Record<Lane, number>> = { crisis: 0, conversation: 1, unprompted: 2 }

const addWords = write(
  build
    .insert(words)
    .values({ id: p('id'), contact: p('contact'), kind: p('kind') as never, sealed: p('sealed'), at: p('at') }),
)
const addOutbox = write(
  build.insert(outbox).values({
    id: p('id'),
    contact: p('contact'),
    address: p('address'),
    lane: p('lane'),
    kind: p('kind'),
    state: 'queued',
    content: p('content'),
    words: p('words'),
    dueAt: p('dueAt'),
    expiresAt: p('expiresAt'),
    attempts: 0,
    fence: 0,
  }),
)
/** Only while it still waits: what has left cannot be taken back. */
const withdraw = write(build.delete(outbox).where(and(eq(outbox.id, p('id')), eq(outbox.state, 'queued'))))
const setTimer = write(
  build
    .insert(timer)
    .values({ id: p('id'), contact: p('contact'), kind: p('kind'), dueAt: p('dueAt'), round: p('round') })
    // A wait that already runs is not made longer by another message.
    .onConflictDoUpdate({ target: timer.id, set: { dueAt: sql`min(due_at, excluded.due_at)` } }),
)
const clearTimer = write(build.delete(timer).where(eq(timer.id, p('id'))))
const openTicket = write(
  build.insert(ticket).values({
    id: p('id'),
    contact: p('contact'),
    reason: p('reason'),
    priority: p('priority') as never,
    point: p('point'),
    openedAt: p('at'),
    chosePolice: p('chosePolice') as never,
    // A new address is written after this, in the same batch.
    channel: sql`coalesce(${p('channel')}, (select channel from address where id = ${p('address')}))`,
  }),
)
const raiseTicket = write(
  build
    .update(ticket)
    .set({ reason: p('reason'), priority: p('priority') } as never)
    .where(eq(ticket.id, p('id'))),
)
const holdTicket = write(
  build
    .update(ticket)
    .set({ heldBy: p('by'), takenAt: sql`coalesce(taken_at, ${p('at')})`, rung: null, rungDueAt: null } as never)
    .where(eq(ticket.id, p('id'))),
)
const lapseTicket = write(
  build
    .update(ticket)
    .set({ heldBy: null, lapses: sql`lapses + 1` } as never)
    .where(eq(ticket.id, p('id'))),
)
const releaseTicket = write(
  build
    .update(ticket)
    .set({ heldBy: null, point: sql`coalesce(${p('point')}, point)` } as never)
    .where(eq(ticket.id, p('id'))),
)
const unchoosePolice = write(
  build
    .update(ticket)
    .set({ chosePolice: false } as never)
    .where(eq(ticket.id, p('id'))),
)
const climbTicket = write(
  build
    .update(ticket)
    .set({ rung: p('step'), rungDueAt: p('dueAt'), rungs: sql`max(rungs, ${p('step')})` } as never)
    .where(eq(ticket.id, p('id'))),
)
/** The time to a human is counted to the first line, whoever wrote it. */
const answerTicket = write(
  build
    .update(ticket)
    .set({ answeredAt: p('at') } as never)
    .where(and(eq(ticket.contact, p('contact')), isNull(ticket.closedAt), isNull(ticket.answeredAt))),
)
const addCall = write(
  build
    .insert(staffCall)
    .values({
      id: p('id'),
      staff: p('staff'),
      ticket: p('ticket'),
      contact: p('contact'),
      step: p('step'),
      at: p('at'),
    })
    .onConflictDoNothing(),
)
const closeTicket = write(
  build
    .update(ticket)
    .set({
      closedAt: p('at'),
      lastHeldBy: sql`coalesce(held_by, ${p('by')})`,
      heldBy: null,
      rung: null,
      rungDueAt: null,
      outcome: p('outcome'),
    } as never)
    .where(eq(ticket.id, p('id'))),
)
/** Every emergency is looked back at. */
const dueReview = write(
  build
    .insert(review)
    .select(
      sql`select ${ticket.id}, ${ticket.contact}, ${p('at')}, null, null, null, null, null, null from ${ticket} where ${ticket.id} = ${p('id')} and ${ticket.priority} = 'emergency'`,
    )
    .onConflictDoNothing(),
)
const addForm = write(
  build.insert(form).values({ id: p('id'), contact: p('contact'), form: p('form'), body: p('body'), at: p('at') }),
)
const addFeedback = write(
  build
    .insert(feedback)
    .values({ day: p('day'), point: p('point'), value: p('value'), count: 1 })
    .onConflictDoUpdate({
      target: [feedback.day, feedback.point, feedback.value],
      set: { count: sql`${feedback.count} + 1` },
    }),
)
const countEntrance = write(
  build
    .insert(entranceCount)
    .values({ day: p('day'), entrance: p('entrance'), count: 1 })
    .onConflictDoUpdate({
      target: [entranceCount.day, entranceCount.entrance],
      set: { count: sql`${entranceCount.count} + 1` },
    }),
)
const dropForm = write(build.delete(form).where(and(eq(form.contact, p('contact')), eq(form.form, p('form')))))
const addTask = write(
  build
    .insert(task)
    .values({ id: p('id'), contact: p('contact'), reason: p('reason'), about: p('about'), openedAt: p('at') })
    .onConflictDoNothing(),
)

const addWalkIn = write(
  build.insert(walkIn).values({
    contact: p('contact'),
    point: p('point'),
    by: p('by'),
    consent: p('consent'),
    at: p('at'),
  }),
)
const planCall = write(
  build
    .insert(callPlan)
    .values({ contact: p('contact'), callOn: p('callOn'), never: p('never') })
    .onConflictDoUpdate({ target: callPlan.contact, set: { callOn: p('callOn'), never: p('never') } as never }),
)
const dropPlan = write(build.delete(callPlan).where(eq(callPlan.contact, p('contact'))))
const addContactRecord = write(
  build.insert(contactRecord).values({
    id: p('id'),
    contact: p('contact'),
    point: p('point'),
    kind: p('kind'),
    outcome: p('outcome'),
    day: p('day'),
  }),
)
const addSlip = write(
  build.insert(slip).values({ code: p('code'), walkIn: p('contact'), at: p('at'), expiresAt: p('expiresAt') }),
)
/** One that was used stays, so that whoever sends it again hears that it was. */
const withdrawSlips = write(
  build
    .delete(slip)
    .where(
      and(eq(slip.walkIn, p('contact')), sql`not exists (select 1 from chat_link where chat_link.slip = ${slip.code})`),
    ),
)
const addLink = write(
  build
    .insert(chatLink)
    .values({ slip: p('slip'), walkIn: p('walkIn'), contact: p('contact'), at: p('at'), endedAt: null }),
)
const endLinks = write(
  build
    .update(chatLink)
    .set({ endedAt: p('at') } as never)
    .where(and(eq(chatLink.walkIn, p('contact')), isNull(chatLink.endedAt))),
)
/** Who can be reached in a chat is no longer on the daily list of calls. */
const endPlanOf = write(
  build
    .update(callPlan)
    .set({ callOn: null } as never)
    .where(eq(callPlan.contact, p('walkIn'))),
)
/** A turn changes one conversation: what an erasure means for the record that the chat was joined to is a timer. */
const eraseRecordToo = write(
  build
    .insert(timer)
    .select(
      sql`select ${chatLink.walkIn} || ':retention', ${chatLink.walkIn}, 'retention', ${p('at')}, ${p('seq')} from ${chatLink} where ${chatLink.contact} = ${p('contact')} and ${chatLink.endedAt} is null`,
    )
    .onConflictDoNothing(),
)

const ofContact = { contact: p('contact') }
const eraseWrites = [
  write(build.delete(words).where(eq(words.contact, ofContact.contact))),
  write(build.delete(recording).where(eq(recording.contact, ofContact.contact))),
  write(build.delete(outbox).where(eq(outbox.contact, ofContact.contact))),
  // What waits on staff phones is named for the person's turns: '/' is the letter after '.'.
  write(
    build.delete(outbox).where(sql`${outbox.id} >= ${p('contact')} || '.' and ${outbox.id} < ${p('contact')} || '/'`),
  ),
  write(build.delete(timer).where(eq(timer.contact, ofContact.contact))),
  write(build.delete(form).where(eq(form.contact, ofContact.contact))),
  write(build.delete(task).where(eq(task.contact, ofContact.contact))),
  write(build.delete(staffCall).where(eq(staffCall.contact, ofContact.contact))),
  write(build.delete(missedLine).where(eq(missedLine.contact, ofContact.contact))),
  write(build.delete(review).where(and(eq(review.contact, ofContact.contact), isNull(review.reviewedAt)))),
  write(
    build
      .update(review)
      .set({ ticket: sql`lower(hex(randomblob(12)))`, contact: null, note: null } as never)
      .where(eq(review.contact, ofContact.contact)),
  ),
  tellingParted,
  partingChannels,
  forgetAsking,
  ...eraseClubs,
  ...eraseEnrolments,
  ...eraseReferrals,
  ...eraseAccompany,
  ...eraseVisits,
  eraseTargets,
  write(build.delete(walkIn).where(eq(walkIn.contact, ofContact.contact))),
  write(build.delete(callPlan).where(eq(callPlan.contact, ofContact.contact))),
  write(build.delete(slip).where(eq(slip.walkIn, ofContact.contact))),
  eraseRecordToo,
  write(
    build.delete(chatLink).where(or(eq(chatLink.contact, ofContact.contact), eq(chatLink.walkIn, ofContact.contact))),
  ),
  write(
    build
      .update(contactRecord)
      .set({ id: sql`lower(hex(randomblob(12)))`, contact: null } as never)
      .where(eq(contactRecord.contact, ofContact.contact)),
  ),
  write(
    build
      .update(ticket)
      .set({ closedAt: p('at'), heldBy: null } as never)
      .where(and(eq(ticket.contact, ofContact.contact), isNull(ticket.closedAt))),
  ),
  // The id is computed from the contact: it would lead back, and collide when the person begins again.
  write(
    build
      .update(ticket)
      .set({ id: sql`lower(hex(randomblob(12)))`, contact: null } as never)
      .where(eq(ticket.contact, ofContact.contact)),
  ),
  write(build.delete(event).where(and(eq(event.contact, ofContact.contact), lt(event.seq, p('seq'))))),
  write(build.delete(address).where(and(eq(address.contact, ofContact.contact), ne(address.id, p('keep'))))),
]
/** What ages of somebody who still has something ahead of them. */
const agedWrites = [
  write(
    build
      .delete(words)
      .where(
        and(eq(words.contact, ofContact.contact), sql`${words.id} not in (select value from json_each(${p('keep')}))`),
      ),
  ),
  write(build.delete(recording).where(eq(recording.contact, ofContact.contact))),
  write(build.delete(form).where(eq(form.contact, ofContact.contact))),
  write(build.delete(missedLine).where(eq(missedLine.contact, ofContact.contact))),
  write(
    build
      .delete(outbox)
      .where(and(eq(outbox.contact, ofContact.contact), sql`${outbox.state} not in ('queued', 'leased')`)),
  ),
  write(build.delete(event).where(and(eq(event.contact, ofContact.contact), lt(event.seq, p('seq'))))),
]
const addErasure = write(
  build
    .insert(erasure)
    .values({ contact: p('contact'), seq: p('seq'), at: p('at') })
    .onConflictDoUpdate({
      target: erasure.contact,
      set: { seq: p('seq'), at: p('at'), keysDestroyedAt: null } as never,
    }),
)
const addReceipt = write(build.insert(receipt).values({ code: p('code'), at: p('at') }))

/** The answer loses its owner here; staff see only the counts. */
function countFeedback({ helped }: Readonly<Record<string, AnswerRef>>, { after, at }: Turn): readonly Query[] {
  if (helped?.type !== 'code') return []
  const point = after.answers.point?.type === 'code' ? after.answers.point.value : ''
  return [addFeedback({ day: dayOf(at), point, value: helped.value })]
}

/** Once for each phone and turn; nothing about the person, since it shows on a lock screen. */
function alert(id: Id, staff: readonly Id[], { after, at }: Turn): Query {
  const emergency = after.ticket?.priority === 'emergency'
  return toPhones({
    id: `${after.contact}.${after.seq}.alert.`,
    staff,
    lane: emergency ? LANES.crisis : LANES.conversation,
    kind: 'staff_alert',
    message: alertOf(id, emergency),
    words: null,
    at,
  })
}

function alertOf(ticketId: Id, emergency: boolean): Message {
  const code = shortCode(ticketId)
  return {
    blocks: [
      { key: emergency ? 'dien-thoai.bao-khan' : 'dien-thoai.bao', fills: { code: { type: 'text', text: code } } },
    ],
    options: [{ id: `nhan-${code}`, label: { type: 'words', key: 'dien-thoai.nut-nhan' } }],
  }
}

function relayed({ to, phone }: Extract<Event, { type: 'message_relayed' }>, turn: Turn): readonly Query[] {
  const { after, events, at } = turn
  if (!phone || !after.ticket) return []
  const said = events.find((one) => one.type === 'message_received')
  // What is not written cannot be relayed: the phone is told that something came.
  const words = said?.words?.text ? said.words.id : null
  return [relayRow(`${after.contact}.${after.seq}.relay.`, to, after.ticket.id, words, at)]
}

/** A person's line for the phone of whoever holds their ticket, as a reference to the sealed words. */
export function relayRow(id: string, staff: Id, ticketId: Id, wordsId: Id | null, at: number): Query {
  const key = wordsId === null ? 'dien-thoai.tep' : 'dien-thoai.dong'
  const message: Message = { blocks: [{ key, fills: { code: { type: 'text', text: shortCode(ticketId) } } }] }
  return toPhones({ id, staff: [staff], lane: LANES.conversation, kind: 'staff_relay', message, words: wordsId, at })
}

/** The rows that follow from a turn's events, in the order of the events. */
export function project(turn: Turn, sealed: Sealed): readonly Query[] {
  return turn.events.flatMap((one) => rowsOf(one, turn, sealed))
}

function rowsOf(one: Event, turn: Turn, sealed: Sealed): readonly Query[] {
  const { contact, seq } = turn.after
  const { at } = turn
  const line = (id: Id, kind: 'you' | 'answer' | 'draft' | 'note') =>
    addWords({ id, contact, kind, sealed: sealed.get(id), at })
  const send = (
    id: Id,
    lane: Lane,
    kind: string,
    message: Message | null,
    wordsId: Id | null,
    dueAt = at,
    expiresAt: number | null = null,
  ) =>
    addOutbox({
      id,
      contact,
      address: turn.address,
      lane: LANES[lane],
      kind,
      content: message ? JSON.stringify(message) : null,
      words: wordsId,
      dueAt,
      expiresAt,
    })
  switch (one.type) {
    case 'message_received':
      if (!one.words) return []
      return [
        line(one.words.id, 'you'),
        ...(one.voice ? [wantRecording({ id: one.words.id, contact, address: turn.address, at })] : []),
      ]
    case 'answer_saved':
      if (one.name === 'entrance' && one.answer.type === 'code')
        return [countEntrance({ day: dayOf(at), entrance: one.answer.value })]
      return one.words ? [line(one.words.id, 'answer')] : []
    case 'staff_line_queued':
      return [
        line(one.words.id, 'draft'),
        send(one.id, 'conversation', 'staff_reply', null, one.words.id),
        ...(one.words.recording
          ? [
              keepRecording({
                id: one.words.id,
                contact,
                mime: one.words.recording.mime,
                sealed: sealed.get(soundOf(one.words.id)),
                at,
              }),
            ]
          : []),
        answerTicket({ contact, at }),
      ]
    case 'note_added':
      return [line(one.words.id, 'note')]
    case 'message_queued':
      return [send(one.id, one.lane, one.kind, one.message, null, one.dueAt, one.expiresAt)]
    case 'message_withdrawn':
      return [withdraw({ id: one.id })]
    case 'broadcast_queued':
    case 'broadcast_skipped':
      return [projectBroadcast(one, contact)]
    case 'timer_set':
      return [setTimer({ id: one.id, contact, kind: one.kind, dueAt: one.dueAt, round: seq })]
    case 'timer_fired':
      return [clearTimer({ id: one.timer })]
    case 'timer_cleared':
      return [clearTimer({ id: one.id })]
    case 'ticket_opened':
      return [
        openTicket({
          id: one.id,
          contact,
          reason: one.reason,
          priority: one.priority,
          point: one.point,
          chosePolice: one.chosePolice ?? false,
          channel: turn.origin?.channel ?? null,
          address: turn.address,
          at,
        }),
      ]
    case 'ladder_climbed':
      return [climbTicket({ id: one.id, step: one.step, dueAt: one.dueAt })]
    case 'staff_called':
      return [
        ...one.staff.map((staff) =>
          addCall({ id: `${contact}.${seq}.${one.step}.${staff}`, staff, ticket: one.id, contact, step: one.step, at }),
        ),
        alert(one.id, one.staff, turn),
      ]
    case 'phones_rung':
      return [
        ...one.staff.map((staff) =>
          addCall({ id: `${contact}.${seq}.rung.${staff}`, staff, ticket: one.id, contact, step: 0, at }),
        ),
        alert(one.id, one.staff, turn),
      ]
    case 'message_relayed':
      return relayed(one, turn)
    case 'ticket_raised':
      return [raiseTicket({ id: one.id, reason: one.reason, priority: one.priority })]
    case 'ticket_taken':
      return [holdTicket({ id: one.id, by: one.by, at })]
    case 'ticket_transferred':
      return [
        releaseTicket({ id: one.id, point: one.point }),
        ...(one.chosePolice === false ? [unchoosePolice({ id: one.id })] : []),
      ]
    case 'ticket_released':
      return [one.reason === 'handed_back' ? releaseTicket({ id: one.id, point: null }) : lapseTicket({ id: one.id })]
    case 'ticket_closed':
      return [closeTicket({ id: one.id, at, by: one.by, outcome: one.outcome ?? null }), dueReview({ id: one.id, at })]
    case 'form_submitted':
      if (one.form === 'feedback') return countFeedback(one.values, turn)
      return [
        addForm({ id: one.id, contact, form: one.form, body: JSON.stringify(one.values), at }),
        // Whoever asks to be called says so anew, whatever was planned before.
        ...(one.form === 'callback' ? [dropPlan({ contact })] : []),
      ]
    case 'form_withdrawn':
      return [dropForm({ contact, form: one.form })]
    case 'walk_in_registered':
      return [addWalkIn({ contact, point: one.point, by: one.by, consent: one.consent, at })]
    case 'contact_recorded':
      return [
        line(one.words.id, 'note'),
        addContactRecord({
          id: one.id,
          contact,
          point: one.point,
          kind: one.kind,
          outcome: one.outcome,
          day: dayOf(at),
        }),
        ...(one.reached ? [answerTicket({ contact, at })] : []),
      ]
    case 'call_planned':
      return [planCall({ contact, callOn: one.on, never: one.never ?? false })]
    case 'slip_made':
      return [
        ...(one.words ? [line(one.words.id, 'answer')] : []),
        addSlip({ code: one.code, contact, at, expiresAt: one.expiresAt }),
      ]
    case 'slips_withdrawn':
      return [withdrawSlips({ contact })]
    case 'chat_linked':
      return [addLink({ slip: one.slip, walkIn: one.walkIn, contact, at }), endPlanOf({ walkIn: one.walkIn })]
    case 'join_asked':
    case 'join_heard':
    case 'join_refused':
    case 'channels_joined':
    case 'channels_parted':
    case 'join_over':
      return projectJoin(one, contact, at)
    case 'chats_unlinked':
      return [endLinks({ contact, at })]
    case 'place_noted':
      return [line(one.words.id, 'answer')]
    case 'appointment_booked':
      return [...(one.words ? [line(one.words.id, 'note')] : []), ...projectVisit(one, contact, at)]
    case 'trace_stepped':
      return [line(one.words.id, 'note'), ...projectVisit(one, contact, at)]
    case 'slot_held':
    case 'appointment_confirmed':
    case 'appointment_move_asked':
    case 'appointment_moved':
    case 'appointment_cancelled':
    case 'appointment_marked':
    case 'reminder_dropped':
    case 'trace_opened':
      return projectVisit(one, contact, at)
    case 'meeting_answered':
      return [...projectSeats(one, contact), ...projectClub(one, contact, at)]
    case 'club_joined':
      return [...(one.words ? [line(one.words.id, 'answer')] : []), ...projectClub(one, contact, at)]
    case 'enrolment_stepped':
      return [...(one.words ? [line(one.words.id, 'note')] : []), ...projectEnrolment(one, contact)]
    case 'consent_given':
    case 'consent_withdrawn':
    case 'answers_dropped':
    case 'enrolment_requested':
    case 'paper_ticked':
    case 'enrolment_transfer_asked':
    case 'enrolment_transfer_ended':
    case 'enrolment_transferred':
    case 'enrolment_expired':
      return projectEnrolment(one, contact)
    case 'referral_stepped':
      return [...(one.words ? [line(one.words.id, 'note')] : []), ...projectReferral(one, contact)]
    case 'referral_offered':
    case 'referral_made':
    case 'check_ins_started':
    case 'check_ins_stopped':
    case 'check_in_asked':
    case 'check_in_ended':
      return projectReferral(one, contact)
    case 'supporter_offered':
    case 'supporter_assigned':
    case 'supporter_ended':
    case 'supporter_scheduled':
    case 'supporter_met':
    case 'progress_noted':
    case 'plan_kept':
    case 'plan_dropped':
    case 'line_closed':
      return projectAccompany(one, contact)
    case 'course_started':
    case 'course_ended':
      return projectCourse(one)
    case 'club_invited':
    case 'club_left':
    case 'meeting_moved':
      return projectClub(one, contact, at)
    case 'task_opened':
      return [addTask({ id: one.id, contact, reason: one.reason, about: one.about, at })]
    case 'texts_erased':
      return agedWrites.map((erase) => erase({ contact, seq, keep: JSON.stringify(one.keep) }))
    case 'contact_erased':
      return [
        ...eraseWrites.map((erase) => erase({ contact, seq, at, keep: one.receipt === null ? '' : turn.address })),
        addErasure({ contact, seq, at }),
        ...(one.receipt === null ? [] : [addReceipt({ code: one.receipt, at })]),
      ]
    // Whom a try is counted for is known to no projection: see project-contests.
    case 'contest_finished':
    case 'contest_claimed':
      return [line(one.words.id, 'answer')]
    case 'contest_begun':
    case 'contest_entered':
    case 'contest_answered':
    case 'quiz_begun':
    case 'quiz_answered':
    case 'staff_acted':
    case 'delivery_ended':
    case 'reach_changed':
    case 'pronoun_noticed':
    case 'run_started':
    case 'moved':
    case 'run_ended':
    case 'runs_replaced':
    case 'asked':
    case 'answer_missed':
    case 'answer_understood':
    case 'went_back':
    case 'session_ended':
    case 'confirm_asked':
    case 'confirm_cleared':
    case 'link_asked':
    case 'link_settled':
    case 'contact_stopped':
    case 'contact_resumed':
    case 'contact_quieted':
    case 'contact_muted':
    case 'contact_unmuted':
    case 'milestones_set':
    case 'reminder_asked':
    case 'progress_asked':
    case 'lesson_told':
    case 'lesson_put_off':
    case 'lesson_opened':
    case 'lesson_read':
    case 'course_paced':
    case 'course_paused':
    case 'course_resumed':
    case 'parked':
    case 'ignored':
      return []
    default:
      return one satisfies never
  }
}
