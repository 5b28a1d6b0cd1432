import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { emptyConversation } from '../../src/engine/conversation.ts'
import type { Event } from '../../src/engine/event.ts'
import { fold } from '../../src/engine/evolve.ts'
import { seatsIn } from '../../src/engine/visits/slots.ts'
import { verifyAudit } from '../../src/store/audit-verify.ts'
import {
  addingBroadcast,
  beginning,
  broadcastOf,
  outcomesOf,
  pausing,
  reachOf,
  readBroadcast,
  resuming,
  stopping,
} from '../../src/store/broadcasts.ts'
import { commit, type Turn } from '../../src/store/commit.ts'
import { contactCounts } from '../../src/store/contact-counts.ts'
import { endUncertain, repeatExpiredRows, uncertainLeases } from '../../src/store/leases.ts'
import { lastLines, openWords } from '../../src/store/lines.ts'
import { isKnown, load } from '../../src/store/load.ts'
import { type Claimed, claim } from '../../src/store/outbox.ts'
import {
  keeping,
  losing,
  openRecording,
  puttingOff,
  recordingsOf,
  wantedRecordings,
} from '../../src/store/recordings.ts'
import { audit, contactRecord, event, form, inbound, outbox, recording, timer, words } from '../../src/store/schema.ts'
import type { Vault } from '../../src/store/seal.ts'
import { isHeld, postpone, requeue, settle } from '../../src/store/settle.ts'
import { chatsOf, joinedTo, readSlip } from '../../src/store/slips.ts'
import type { Store } from '../../src/store/store.ts'
import { dueTimers, isSet } from '../../src/store/timers.ts'
import { appointment, seat } from '../../src/store/visit-tables.ts'
import { readTrace, readVisit, takenSeats, tracesAt, visitsBetween } from '../../src/store/visits.ts'
import { countWalkIns, readWalkIn, walkInsToCall } from '../../src/store/walk-ins.ts'
import { allOf, firstTurn, NOW, nextTurn, turnOf } from './turns.ts'

export interface Opened {
  store: Store
  vault: Vault
  close(): void | Promise<void>
}

const LEASE = NOW + 60_000
const SENT = { state: 'sent', externalId: '1', reason: null } as const

/** The promises every engine of the house keeps, on an empty database of its own. */
export function keepsTheStoreContract(open: () => Promise<Opened>): void {
  let opened: Opened
  let store: Store
  let vault: Vault
  beforeEach(async () => {
    opened = await open()
    store = opened.store
    vault = opened.vault
  })
  afterEach(() => opened.close())

  const seqOf = async (contact: string) => (await load(store, contact)).conversation.seq
  const begin = (contact: string, content = {}) => commit(store, vault, firstTurn(contact, content))
  const claimAll = (lane: number, at = NOW) => claim(store, lane, at, at + 60_000, 32)
  const claimOne = async (lane = 1): Promise<Claimed> => {
    const [row, ...more] = await claimAll(lane)
    expect(more).toEqual([])
    return row!
  }
  const stateOf = async (id: string) => (await allOf(store, outbox)).find((row) => row.id === id)?.state
  const line = async (row: Claimed, text = 'đã gửi') => ({
    kind: 'bot' as const,
    sealed: await vault.seal(row.contact, `words:${row.id}:sent`, JSON.stringify({ text })),
  })

  describe('somebody who came by', () => {
    const registered = (contact: string, key = contact): Turn => {
      const before = emptyConversation(contact)
      const events: Event[] = [
        { type: 'walk_in_registered', by: 'lan', point: 'mai', consent: 'v1', at: NOW },
        {
          type: 'answer_saved',
          name: 'called',
          answer: { type: 'words', id: `${contact}.1.1` },
          words: { id: `${contact}.1.1`, text: 'Tư' },
        },
        { type: 'call_planned', on: '2026-11-23' },
        { type: 'slip_made', code: `code of ${contact}`, by: 'lan', at: NOW, expiresAt: NOW + 1_000 },
      ]
      const turn = turnOf(key, before, { events: [] })
      return { ...turn, events, after: fold(before, events), origin: null, newAddress: false }
    }
    const linked = (before: Awaited<ReturnType<typeof load>>, key: string) =>
      nextTurn(key, before, {
        events: [{ type: 'chat_linked', slip: 'code of khach', walkIn: 'khach', at: NOW }],
      })

    it('is on the list of their points from the day they are to be called', async () => {
      await commit(store, vault, registered('khach'))
      const due = async (points: string[], day: string) =>
        (await walkInsToCall(store, points, day, 10)).map(({ contact }) => contact)
      expect(await due(['mai'], '2026-11-22')).toEqual([])
      expect(await due(['mai'], '2026-11-24')).toEqual(['khach'])
      expect(await due(['dao'], '2026-11-24')).toEqual([])
      expect(await countWalkIns(store, ['mai'], '2026-11-22')).toEqual({ due: 0, later: 1, all: 1 })
      expect(await openWords(store, vault, 'khach.1.1')).toBe('Tư')
    })

    it('is joined by the first chat that uses their slip, and a second one loses', async () => {
      await commit(store, vault, registered('khach'))
      expect(await readSlip(store, 'code of khach', NOW)).toMatchObject({
        state: 'open',
        walkIn: 'khach',
        point: 'mai',
      })
      expect(await readSlip(store, 'code of khach', NOW + 1_000)).toEqual({ state: 'expired' })
      for (const one of ['an', 'ba']) await begin(one)
      const [an, ba] = [await load(store, 'an'), await load(store, 'ba')]
      expect(await commit(store, vault, linked(an, 'an:link'))).toBe('committed')
      expect(await commit(store, vault, linked(ba, 'ba:link'))).toBe('conflict')
      expect(await readSlip(store, 'code of khach', NOW)).toEqual({ state: 'used' })
      expect(await chatsOf(store, 'khach')).toMatchObject([{ channel: 'telegram' }])
      expect(await joinedTo(store, 'an')).toBe('khach')
      expect(await joinedTo(store, 'ba')).toBeNull()
      expect(await walkInsToCall(store, ['mai'], '2026-11-24', 10)).toEqual([])
    })

    it('leaves counts and no rows when erased, and goes by a timer when the joined chat is', async () => {
      await commit(store, vault, registered('khach'))
      await begin('an')
      await commit(store, vault, linked(await load(store, 'an'), 'an:link'))
      const erased = (who: string, before: Awaited<ReturnType<typeof load>>) =>
        nextTurn(`${who}:erase`, before, { events: [{ type: 'contact_erased', receipt: null }] })
      await commit(store, vault, erased('an', await load(store, 'an')))
      expect((await allOf(store, timer)).map(({ contact, kind }) => [contact, kind])).toEqual([['khach', 'retention']])
      const met = {
        type: 'contact_recorded' as const,
        id: 'khach.2.9',
        by: 'lan',
        kind: 'visit' as const,
        outcome: 'met' as const,
        reached: true,
        point: 'mai',
        words: { id: 'khach.2.9', text: 'riêng' },
        at: NOW,
      }
      await commit(store, vault, nextTurn('khach:met', await load(store, 'khach'), { events: [met] }))
      await commit(store, vault, erased('khach', await load(store, 'khach')))
      expect(await readWalkIn(store, 'khach')).toBeNull()
      expect(await readSlip(store, 'code of khach', NOW)).toEqual({ state: 'unknown' })
      expect(await contactCounts(store, '2026-11-21', '2026-11-21')).toEqual([
        { day: '2026-11-21', point: 'mai', kind: 'visit', outcome: 'met', count: 1 },
      ])
      expect((await allOf(store, contactRecord))[0]!.contact).toBeNull()
    })
  })

  describe('an appointment', () => {
    const STARTS = Math.ceil((NOW + 86_400_000) / 900_000) * 900_000
    const seats = (calendar: string, startsAt = STARTS) => seatsIn(calendar, startsAt, 30)
    const booked = (id: string, calendar = 'mai#1', startsAt = STARTS): Event => ({
      type: 'appointment_booked',
      appointment: {
        id,
        kind: 'individual',
        point: 'mai',
        staff: null,
        startsAt,
        minutes: 30,
        remind: true,
        mayVisit: false,
        place: null,
        calendar,
        state: 'booked',
        asked: null,
      },
      seats: seats(calendar, startsAt),
      by: 'lan',
      at: NOW,
      words: { id: `${id}.note`, text: 'ghi riêng' },
    })
    const next = async (contact: string, key: string, events: readonly Event[], at = NOW) =>
      commit(store, vault, nextTurn(`${contact}:${key}`, await load(store, contact), { events, at }))
    const taken = (contact: string, now = NOW) =>
      takenSeats(store, ['mai#1', 'mai#2'], { from: STARTS, to: STARTS + 3_600_000 }, { contact, now })

    it('gives a quarter of an hour once: who comes second conflicts, and another place is free', async () => {
      for (const one of ['an', 'ba', 'tu']) await begin(one)
      expect(await next('an', 'book', [booked('a')])).toBe('committed')
      expect(await next('ba', 'book', [booked('b', 'mai#1', STARTS + 900_000)])).toBe('conflict')
      expect(await next('ba', 'book2', [booked('b', 'mai#2')])).toBe('committed')
      expect(await next('tu', 'book', [booked('c', 'mai#1', STARTS + 1_800_000)])).toBe('committed')
      expect((await taken('tu')).size).toBe(6)
      const rows = await visitsBetween(store, ['mai'], STARTS, STARTS + 900_000)
      expect(rows.map(({ id, contact, state }) => [id, contact, state])).toEqual([
        ['a', 'an', 'booked'],
        ['b', 'ba', 'booked'],
      ])
      expect(await visitsBetween(store, ['dao'], STARTS, STARTS + 900_000)).toEqual([])
    })

    it('keeps a time for who is asked, free to themselves, and to others once it is over', async () => {
      for (const one of ['an', 'ba']) await begin(one)
      const held: Event = { type: 'slot_held', seats: seats('mai#1'), until: NOW + 60_000 }
      expect(await next('an', 'hold', [held])).toBe('committed')
      expect((await taken('an')).size).toBe(0)
      expect((await taken('ba')).size).toBe(2)
      expect(await next('ba', 'book', [booked('b')])).toBe('conflict')
      expect((await taken('ba', NOW + 60_000)).size).toBe(0)
      expect(await next('ba', 'later', [booked('b')], NOW + 60_000)).toBe('committed')
      // Held again elsewhere: only one time is kept for a person.
      const other: Event = { type: 'slot_held', seats: seats('mai#2'), until: NOW + 120_000 }
      expect(await next('an', 'other', [other], NOW + 60_000)).toBe('committed')
      expect((await allOf(store, seat)).filter(({ heldUntil }) => heldUntil !== null)).toHaveLength(2)
    })

    it('that ends gives its time back and says how; what was missed is looked into until it is closed', async () => {
      await begin('an')
      await next('an', 'book', [booked('a')])
      await next('an', 'missed', [
        { type: 'appointment_marked', id: 'a', as: 'missed', by: 'lan', at: NOW },
        {
          type: 'trace_opened',
          id: 'a:trace',
          appointment: 'a',
          point: 'mai',
          mayVisit: true,
          dueAt: NOW + 5,
          at: NOW,
        },
      ])
      expect((await taken('an')).size).toBe(0)
      expect(await readVisit(store, 'a')).toMatchObject({ state: 'missed', contact: 'an' })
      expect(await openWords(store, vault, 'a.note')).toBe('ghi riêng')
      expect(await tracesAt(store, ['mai'], 10)).toMatchObject([{ id: 'a:trace', contact: 'an', mayVisit: true }])
      const step = (step: 'called' | 'reached', dueAt: number | null): Event => ({
        type: 'trace_stepped',
        id: 'a:trace',
        step,
        by: 'lan',
        dueAt,
        at: NOW,
        words: { id: `a.${step}`, text: 'ghi riêng' },
      })
      await next('an', 'called', [step('called', NOW + 9)])
      expect(await readTrace(store, 'a:trace')).toMatchObject({ step: 'called', dueAt: NOW + 9 })
      await next('an', 'reached', [step('reached', null)])
      expect(await readTrace(store, 'a:trace')).toBeNull()
    })

    it('of somebody erased is a count that leads to nobody', async () => {
      await begin('an')
      await next('an', 'book', [booked('a')])
      await next('an', 'erase', [{ type: 'contact_erased', receipt: null }])
      expect(await allOf(store, seat)).toEqual([])
      const [row] = await allOf(store, appointment)
      expect(row).toMatchObject({ contact: null, note: null, place: null, state: 'cancelled' })
      expect(row!.id).not.toBe('a')
      expect(await openWords(store, vault, 'a.note')).toBeNull()
    })
  })

  describe('a message to many', () => {
    const audience = { who: [], communes: [], channels: [], clubs: [], languages: [], entrances: [], stages: [] }
    const aim = { point: null, served: [], audience, now: NOW }
    const add = () =>
      store.batch([
        addingBroadcast({
          id: 'b',
          point: null,
          by: 'lan',
          text: 'chiều mai gặp mặt',
          audience,
          startsAt: NOW + 5,
          endsAt: NOW + 9,
          createdAt: NOW,
        }),
      ])
    const agreed: Event = { type: 'answer_saved', name: 'news', answer: { type: 'code', value: 'co' } }
    const broadcastTimers = async () =>
      (await allOf(store, timer)).flatMap(({ id, kind, dueAt }) => (kind === 'broadcast' ? [[id, dueAt]] : [])).sort()

    it('sets one timer for each who agreed, in the batch that lets it go, and a second approval sets none', async () => {
      for (const one of ['an', 'ba']) await begin(one, { events: [agreed] })
      await begin('tu')
      await begin('mo', { events: [agreed, { type: 'contact_muted', reason: 'khac', by: 'lan' }] })
      await add()
      expect(await reachOf(store, aim)).toEqual({ people: 2, excluded: { no_consent: 1, muted: 1 } })
      const row = (await readBroadcast(store, 'b'))!
      await store.batch(beginning(row, 'binh', aim))
      expect(await readBroadcast(store, 'b')).toMatchObject({ state: 'sending', people: 2, approvedBy: 'binh' })
      expect(await broadcastTimers()).toEqual([
        ['tin:b:an', NOW + 5],
        ['tin:b:ba', NOW + 5],
      ])
      await begin('sau', { events: [agreed] })
      await store.batch(beginning(row, 'lan', aim))
      expect(await readBroadcast(store, 'b')).toMatchObject({ people: 2, approvedBy: 'binh' })
      expect(await broadcastTimers()).toHaveLength(2)
    })

    it('counts what became of it, holds back while paused, and drops what waits when it is ended', async () => {
      for (const one of ['an', 'ba']) await begin(one, { events: [agreed] })
      await add()
      await store.batch(beginning((await readBroadcast(store, 'b'))!, 'binh', aim))
      const queued: readonly Event[] = [
        {
          type: 'message_queued',
          id: 'an.2.9',
          lane: 'unprompted',
          kind: 'broadcast',
          message: { blocks: [{ key: 'chao' }] },
        },
        { type: 'broadcast_queued', id: 'tin:b:an', broadcast: 'b', message: 'an.2.9' },
        { type: 'timer_cleared', id: 'tin:b:an' },
      ]
      await commit(store, vault, nextTurn('an:2', await load(store, 'an'), { events: queued }))
      expect(await outcomesOf(store, 'b')).toEqual({ queued: 1, waiting: 1 })
      await store.batch(pausing('b'))
      expect(await broadcastOf(store, 'tin:b:ba')).toMatchObject({ paused: true })
      expect((await broadcastTimers())[0]![1]).toBeGreaterThan(NOW + 86_400_000 * 365)
      expect((await claimAll(2)).map(({ id, broadcast }) => [id, broadcast])).toEqual([['an.2.9', 'paused']])
      await store.batch(resuming('b', NOW))
      expect(await broadcastTimers()).toEqual([['tin:b:ba', NOW]])
      await store.batch(stopping('b', 'sending', NOW))
      expect(await broadcastTimers()).toEqual([])
      expect(await broadcastOf(store, 'tin:b:ba')).toBeNull()
    })
  })

  describe('a turn', () => {
    it('is read back as it was written', async () => {
      const turn = firstTurn('an')
      expect(await commit(store, vault, turn)).toBe('committed')
      const handleKey = expect.stringMatching(/^[0-9a-f]{16}$/)
      expect(await load(store, 'an')).toEqual({
        conversation: turn.after,
        address: 'an',
        activeAt: NOW,
        askedAt: null,
        handleKey,
      })
      expect((await lastLines(store, vault, 'an', 10)).map(({ from, text }) => [from, text])).toEqual([['you', 'chào']])
    })

    it('happens once: the second arrival of its key changes nothing', async () => {
      await begin('an')
      const again = { ...nextTurn('an:first', await load(store, 'an')), key: 'an:first' }
      expect(await commit(store, vault, again)).toBe('duplicate')
      expect(await seqOf('an')).toBe(1)
      expect(await allOf(store, outbox)).toHaveLength(1)
    })

    it('loses against another that was decided on the same state, and leaves no trace', async () => {
      await begin('an')
      const before = await load(store, 'an')
      expect(await commit(store, vault, nextTurn('a', before, { text: 'một' }))).toBe('committed')
      expect(await commit(store, vault, nextTurn('b', before, { text: 'hai' }))).toBe('conflict')
      expect(await isKnown(store, 'b')).toBe(false)
      expect((await lastLines(store, vault, 'an', 10)).map(({ text }) => text)).toEqual(['chào', 'một'])
      expect(await allOf(store, outbox)).toHaveLength(2)
    })

    it('is written whole or not at all', async () => {
      await begin('an')
      const clash = {
        type: 'ticket_opened',
        id: 't',
        reason: 'person',
        priority: 'routine',
        point: null,
        at: NOW,
      } as const
      await commit(store, vault, nextTurn('open', await load(store, 'an'), { events: [clash] }))
      const rows = async () =>
        Promise.all([allOf(store, event), allOf(store, words), allOf(store, outbox), allOf(store, inbound)])
      const before = await rows()
      await expect(
        commit(store, vault, nextTurn('bad', await load(store, 'an'), { events: [clash] })),
      ).rejects.toThrow()
      expect(await rows()).toEqual(before)
      expect(await seqOf('an')).toBe(2)
    })

    it('drops a form that was taken back, and nobody else’s', async () => {
      const filled = (contact: string) =>
        begin(contact, {
          events: [{ type: 'form_submitted', id: `${contact}.1.2`, form: 'callback', values: {}, at: NOW }],
        })
      await filled('an')
      await filled('binh')
      const taken = { events: [{ type: 'form_withdrawn', form: 'callback' }] } as const
      await commit(store, vault, nextTurn('an:2', await load(store, 'an'), taken))
      expect((await allOf(store, form)).map(({ contact }) => contact)).toEqual(['binh'])
    })

    it('keeps words out of the event log', async () => {
      await begin('an', { text: 'đây là lời riêng' })
      expect(JSON.stringify(await allOf(store, event))).not.toContain('lời riêng')
      expect(await openWords(store, vault, 'an.1.0')).toContain('lời riêng')
    })

    it('keeps the age of a question that still waits, and forgets it with the question', async () => {
      const run = { type: 'run_started', flow: 'f', revision: 'r', node: 'n' } as const
      const asked = { type: 'asked', flow: 'f', node: 'n', options: [] } as const
      await begin('an', { events: [run, asked] })
      const pass = await load(store, 'an')
      expect(pass.askedAt).toBe(NOW)
      await commit(store, vault, { ...nextTurn('pass', pass, { at: NOW + 5 }), askedAt: pass.askedAt })
      const waiting = await load(store, 'an')
      expect(waiting.askedAt).toBe(NOW)
      const ended = { type: 'session_ended', reason: 'left' } as const
      await commit(store, vault, { ...nextTurn('end', waiting, { events: [ended] }), askedAt: waiting.askedAt })
      expect((await load(store, 'an')).askedAt).toBeNull()
    })
  })

  describe('a recording', () => {
    /** As large as one that is kept, in base64. */
    const data = Buffer.alloc(1_000_000, 'OggS-tieng-noi').toString('base64')
    const voice = { ref: 'file-id-rieng', seconds: 4 }
    const spoke = async (contact: string) => {
      const id = `${contact}.2.9`
      const words = { id, text: '', media: 'voice' as const, voice }
      const events: Event[] = [{ type: 'message_received', words, media: 'voice', voice: true }]
      await begin(contact)
      await commit(store, vault, nextTurn(`${contact}:spoke`, await load(store, contact), { events }))
      return (await wantedRecordings(store, NOW, 10)).find((one) => one.id === id)!
    }

    it('is wanted until it is here, and opens for its person alone, as far as they may be heard', async () => {
      const wanted = await spoke('an')
      expect(wanted).toMatchObject({ contact: 'an', attempts: 0, channel: 'telegram', bot: 'telegram' })
      expect(await wantedRecordings(store, NOW - 1, 10)).toEqual([])
      await store.batch([puttingOff(wanted.id, NOW + 5_000)])
      expect(await wantedRecordings(store, NOW, 10)).toEqual([])
      expect(await wantedRecordings(store, NOW + 5_000, 10)).toMatchObject([{ id: wanted.id, attempts: 1 }])
      expect(await openRecording(store, vault, 'an', wanted.id)).toBeNull()
      await store.batch([await keeping(vault, wanted, 'audio/ogg', data)])
      expect(await wantedRecordings(store, NOW + 5_000, 10)).toEqual([])
      expect(await openRecording(store, vault, 'an', wanted.id)).toEqual({ mime: 'audio/ogg', data })
      expect(await openRecording(store, vault, 'ba', wanted.id)).toBeNull()
      expect(await openRecording(store, vault, 'an', wanted.id, NOW)).not.toBeNull()
      expect(await openRecording(store, vault, 'an', wanted.id, NOW - 1)).toBeNull()
      await store.batch([losing(wanted.id, 'gone')])
      expect(await recordingsOf(store, 'an')).toEqual(new Map([[wanted.id, { state: 'kept', reason: null }]]))
    })

    it('lies sealed with the key of its person, and with nothing of where it came from', async () => {
      const wanted = await spoke('an')
      await store.batch([await keeping(vault, wanted, 'audio/ogg', data)])
      const [row] = await allOf(store, recording)
      const raw = Buffer.from(row!.sealed!)
      expect(raw.includes(data.slice(0, 40)) || raw.includes('OggS')).toBe(false)
      expect(JSON.stringify([await allOf(store, event), row, await allOf(store, outbox)])).not.toContain(voice.ref)
      // Bound to its row: in another's place it opens nothing.
      expect(await vault.open(`recording:${wanted.id}`, raw)).toBe(data)
      await expect(vault.open('recording:ba.2.9', raw)).rejects.toThrow()
    })

    it('of staff is kept with its line, in the same batch', async () => {
      await begin('an')
      const words = { id: 'an.2.9', text: 'Tin thoại', recording: { mime: 'audio/mp4', data } }
      const said: Event = { type: 'staff_line_queued', id: 'an.2.9', by: 'lan', words, voice: true, at: NOW }
      await commit(store, vault, nextTurn('an:said', await load(store, 'an'), { events: [said] }))
      expect(await openRecording(store, vault, 'an', 'an.2.9')).toEqual({ mime: 'audio/mp4', data })
      expect(JSON.stringify(await allOf(store, event))).not.toContain(data.slice(0, 40))
    })

    it('goes with the person, and comes back by no download that was under way', async () => {
      const wanted = await spoke('an')
      await spoke('ba')
      const late = await keeping(vault, wanted, 'audio/ogg', data)
      const erased = { events: [{ type: 'contact_erased' as const, receipt: null }] }
      await commit(store, vault, nextTurn('an:erase', await load(store, 'an'), erased))
      await store.batch([late])
      expect((await allOf(store, recording)).map(({ contact }) => contact)).toEqual(['ba'])
      expect(await openRecording(store, vault, 'an', wanted.id)).toBeNull()
    })
  })

  describe('a turn of a member of staff', () => {
    const note = (contact: string) => ({
      staff: 'lan',
      at: NOW,
      action: 'ticket.take',
      contact,
      about: null,
      point: null,
      source: null,
    })
    const noted = async (key: string, contact: string) => ({
      ...nextTurn(key, await load(store, contact)),
      note: note(contact),
    })
    const rows = async () => (await allOf(store, audit)).map(({ seq, contact }) => `${seq} ${contact}`)

    it('is noted with what it did, and not when it happened before or lost', async () => {
      await begin('an')
      const first = await noted('a', 'an')
      expect(await commit(store, vault, first)).toBe('committed')
      expect(await commit(store, vault, { ...(await noted('b', 'an')), key: 'a' })).toBe('duplicate')
      expect(await commit(store, vault, { ...first, key: 'c' })).toBe('conflict')
      expect(await rows()).toEqual(['1 an'])
    })

    it('is decided again when another row took its place in the chain, and the chain holds', async () => {
      await begin('an')
      await begin('binh')
      const both = [await noted('a', 'an'), await noted('b', 'binh')]
      const results = await Promise.all(both.map((turn) => commit(store, vault, turn)))
      expect(results.toSorted()).toEqual(['committed', 'conflict'])
      const lost = results[0] === 'conflict' ? both[0]! : both[1]!
      expect(await isKnown(store, lost.key)).toBe(false)
      expect(await commit(store, vault, lost)).toBe('committed')
      expect((await rows()).toSorted()).toHaveLength(2)
      expect(await verifyAudit(store, vault)).toMatchObject({ rows: 2, flaws: [] })
    })
  })

  describe('turns that arrive together', () => {
    it('are not hurt by a bad one among them', async () => {
      await begin('bad')
      const names = Array.from({ length: 20 }, (_, i) => `c${i}`)
      const clash = { ...turnOf('clash', emptyConversation('bad')), key: 'clash' }
      const results = await Promise.allSettled([
        ...names.slice(0, 10).map((name) => begin(name)),
        commit(store, vault, clash),
        ...names.slice(10).map((name) => begin(name)),
      ])
      expect(results.filter((one) => one.status === 'fulfilled' && one.value === 'committed')).toHaveLength(20)
      expect(results[10]).toEqual({ status: 'fulfilled', value: 'conflict' })
      for (const name of names) expect(await seqOf(name)).toBe(1)
    })

    it('of one person, from two processes, end in one conflict each time and lose nothing', async () => {
      let conflicts = 0
      const work = async (name: string) => {
        for (let i = 0; i < 15; ) {
          const result = await commit(store, vault, nextTurn(`${name}${i}`, await load(store, 'an')))
          if (result === 'committed') i++
          else conflicts++
        }
      }
      await Promise.all([work('a'), work('b')])
      expect(await seqOf('an')).toBe(30)
      expect(conflicts).toBeGreaterThan(0)
      const seqs = new Set((await allOf(store, event)).map((row) => row.seq))
      expect([...seqs].sort((a, b) => a - b)).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
    })
  })

  describe('the outbox', () => {
    it('gives a row to one sender only', async () => {
      await begin('an')
      const claims = await Promise.all([claimAll(1), claimAll(1), claimAll(1)])
      expect(claims.flat()).toHaveLength(1)
    })

    it('changes nothing and writes no line for a sender whose lease has passed to another', async () => {
      await begin('an')
      const old = await claimOne()
      expect(await repeatExpiredRows(store, LEASE)).toBe(1)
      const present = await claimOne()
      await store.batch(settle(old, SENT, NOW, await line(old, 'cũ')))
      await store.batch([requeue(old, NOW, 'cũ'), postpone(old, NOW, 'cũ')])
      expect(await stateOf(old.id)).toBe('leased')
      expect(await isHeld(store, old)).toBe(false)
      expect(await isHeld(store, present)).toBe(true)
      await store.batch(settle(present, SENT, NOW, await line(present)))
      expect(await stateOf(old.id)).toBe('sent')
      expect((await lastLines(store, vault, 'an', 9)).map(({ text }) => text)).toEqual(['chào', 'đã gửi'])
    })

    it('keeps the order of an address within a lane, also while an earlier row waits for another try', async () => {
      await begin('an')
      for (const key of ['2', '3']) await commit(store, vault, nextTurn(key, await load(store, 'an')))
      await begin('binh')
      const first = await claimAll(1)
      expect(first.map(({ id }) => id)).toEqual(['an.1.1', 'binh.1.1'])
      expect(await claimAll(1)).toEqual([])
      await store.batch(settle(first[0]!, SENT, NOW, null))
      const second = await claimOne()
      expect(second.id).toBe('an.2.1')
      await store.batch([requeue(second, NOW + 5_000, '429')])
      expect(await claimAll(1)).toEqual([])
      expect((await claimAll(1, NOW + 5_000)).map(({ id }) => id)).toEqual(['an.2.1'])
    })

    it('lets no lane wait for a lower one', async () => {
      await begin('an', { lane: 'unprompted', kind: 'broadcast' })
      await claimOne(2)
      await commit(store, vault, nextTurn('2', await load(store, 'an')))
      await commit(store, vault, nextTurn('3', await load(store, 'an'), { lane: 'crisis', kind: 'emergency' }))
      expect((await claimAll(0)).map(({ id }) => id)).toEqual(['an.3.1'])
      expect((await claimAll(1)).map(({ id }) => id)).toEqual(['an.2.1'])
    })

    it('does not count a wait of ours as an attempt', async () => {
      await begin('an')
      for (let i = 0; i < 3; i++) await store.batch([postpone(await claimOne(), NOW, 'hours')])
      expect((await claimOne()).attempts).toBe(1)
    })

    it('after a crash repeats answers and cards, and leaves the rest to a person', async () => {
      const kinds = ['answer', 'emergency', 'receipt', 'staff_reply', 'reminder', 'broadcast'] as const
      for (const kind of kinds) await begin(kind, { kind })
      expect(await claimAll(1)).toHaveLength(kinds.length)
      expect(await repeatExpiredRows(store, LEASE - 1)).toBe(0)
      expect(await uncertainLeases(store, LEASE - 1)).toEqual([])
      expect(await repeatExpiredRows(store, LEASE)).toBe(3)
      expect((await claimAll(1)).map(({ kind }) => kind)).toEqual(['answer', 'emergency', 'receipt'])
      const uncertain = await uncertainLeases(store, LEASE)
      expect(uncertain.map(({ contact }) => contact)).toEqual(['staff_reply', 'reminder', 'broadcast'])
      for (const row of uncertain) await endUncertain(store, row.n, NOW)
      expect(await stateOf('staff_reply.1.1')).toBe('uncertain')
      expect(await repeatExpiredRows(store, LEASE)).toBe(3)
      expect(await uncertainLeases(store, LEASE)).toEqual([])
    })
  })

  describe('timers', () => {
    const set = (dueAt: number) => ({ type: 'timer_set', id: 'an:unanswered', kind: 'unanswered', dueAt }) as const

    it('are not put off by setting them again, and come when due', async () => {
      await begin('an', { events: [set(NOW + 10)] })
      await commit(store, vault, nextTurn('2', await load(store, 'an'), { events: [set(NOW + 90)] }))
      expect(await dueTimers(store, NOW + 9, 10)).toEqual([])
      expect(await dueTimers(store, NOW + 10, 10)).toMatchObject([{ contact: 'an', dueAt: NOW + 10, round: 1 }])
      await commit(store, vault, nextTurn('3', await load(store, 'an'), { events: [set(NOW + 5)] }))
      expect(await dueTimers(store, NOW + 5, 10)).toHaveLength(1)
    })

    it('are known to be another once cleared and set anew', async () => {
      await begin('an', { events: [set(NOW + 10)] })
      const [read] = await dueTimers(store, NOW + 10, 10)
      expect(await isSet(store, read!)).toBe(true)
      const clear = { type: 'timer_cleared', id: 'an:unanswered' } as const
      await commit(store, vault, nextTurn('2', await load(store, 'an'), { events: [clear, set(NOW + 20)] }))
      expect(await isSet(store, read!)).toBe(false)
      expect(await allOf(store, timer)).toHaveLength(1)
    })
  })

  describe('sealing', () => {
    it('refuses a value that was altered, wherever', async () => {
      const sealed = await vault.seal('an', 'words:1', 'lời riêng')
      for (const at of [9, 20, 25, 37, sealed.length - 1]) {
        const altered = Buffer.from(sealed)
        altered[at] = altered[at]! ^ 1
        await expect(vault.open('words:1', altered)).rejects.toThrow()
      }
      expect(await vault.open('words:1', sealed)).toBe('lời riêng')
    })

    it('refuses a value that was moved to another row', async () => {
      const sealed = await vault.seal('an', 'words:1', 'lời riêng')
      await expect(vault.open('words:2', sealed)).rejects.toThrow()
      await expect(vault.open('address:1', sealed)).rejects.toThrow()
    })

    it('never gives the same bytes twice', async () => {
      const [a, b] = [await vault.seal('an', 'words:1', 'x'), await vault.seal('an', 'words:1', 'x')]
      expect(a.equals(b)).toBe(false)
    })

    it('makes only the forgotten person unreadable, and only what is older than the fresh key', async () => {
      const [old, other] = [await vault.seal('an', 'words:1', 'cũ'), await vault.seal('binh', 'words:2', 'khác')]
      await vault.renew('an')
      const fresh = await vault.seal('an', 'words:3', 'mới')
      expect(await vault.open('words:1', old)).toBe('cũ')
      await vault.forget('an', false)
      expect(await vault.open('words:1', old)).toBeNull()
      expect(await vault.open('words:3', fresh)).toBe('mới')
      await vault.forget('an', true)
      expect(await vault.open('words:3', fresh)).toBeNull()
      expect(await vault.open('words:2', other)).toBe('khác')
    })

    it('of two erasures at once leaves what was committed readable, and nothing older', async () => {
      const old = await vault.seal('an', 'words:1', 'cũ')
      await vault.renew('an')
      const committed = await vault.seal('an', 'address:an', 'chat 1')
      await vault.renew('an')
      await vault.forget('an', false, [committed])
      expect(await vault.open('address:an', committed)).toBe('chat 1')
      expect(await vault.open('words:1', old)).toBeNull()
    })
  })
}
