import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Event } from '../../src/engine/event.ts'
import type { Appointment } from '../../src/engine/visits/appointment.ts'
import { clubMember, meeting } from '../../src/store/club-tables.ts'
import { clubMonths, clubSizes, placesIn, readMembers } from '../../src/store/clubs.ts'
import { commit } from '../../src/store/commit.ts'
import { load } from '../../src/store/load.ts'
import {
  addingMeeting,
  addingSeries,
  announcingDue,
  cancellingMeeting,
  changingMeeting,
  endingSeries,
  isAnyNoticeDue,
  type MeetingPlan,
  meetingFacts,
  meetingsOf,
  readMeeting,
  readSeries,
} from '../../src/store/meetings.ts'
import { timer } from '../../src/store/schema.ts'
import type { Vault } from '../../src/store/seal.ts'
import type { Store } from '../../src/store/store.ts'
import { appointment, seat } from '../../src/store/visit-tables.ts'
import type { Opened } from './contract.ts'
import { allOf, happens, NOW, nextTurn } from './turns.ts'

const DAY = 86_400_000
const STARTS = NOW + 8 * DAY
const PLAN: MeetingPlan = {
  minutes: 90,
  place: 'nhà văn hoá',
  agenda: '',
  family: false,
  capacity: 2,
  noticeDays: 7,
}

/** What every engine of the house promises about clubs and their meetings. */
export function keepsTheClubContract(open: () => Promise<Opened>): void {
  let opened: Opened
  let store: Store
  let vault: Vault
  beforeEach(async () => {
    opened = await open()
    store = opened.store
    vault = opened.vault
  })
  afterEach(() => opened.close())

  const does = (contact: string, events: readonly Event[]) => happens({ store, vault }, contact, events)
  const joins = (contact: string) =>
    does(contact, [
      { type: 'club_invited', id: `${contact}.m`, club: 'clb', group: 'young', by: 'lan', at: NOW },
      {
        type: 'club_joined',
        id: `${contact}.m`,
        club: 'clb',
        name: `${contact}.name`,
        followUp: true,
        by: 'lan',
        at: NOW,
        words: { id: `${contact}.name`, text: contact },
      },
    ])
  const invited = (contact: string): Event => {
    const one: Appointment = {
      id: `${contact}.a`,
      kind: 'meeting',
      point: 'mai',
      staff: null,
      startsAt: STARTS,
      minutes: 90,
      remind: true,
      mayVisit: false,
      place: null,
      calendar: 'buoi:b',
      state: 'invited',
      asked: null,
      meeting: { id: 'b', club: 'clb', place: 'nhà văn hoá', family: false },
    }
    return { type: 'appointment_booked', appointment: one, seats: [], by: null, at: NOW }
  }
  const answers = (
    contact: string,
    as: 'confirmed' | 'waiting' | 'declined',
    numbers: readonly number[] = [],
    at = NOW,
  ) =>
    does(contact, [
      {
        type: 'meeting_answered',
        id: `${contact}.a`,
        as,
        seats: numbers.map((quarter) => ({ calendar: 'buoi:b', quarter })),
        party: 1,
        at,
      },
    ])
  const plans = () => store.batch([addingMeeting({ id: 'b', club: 'clb', series: null, startsAt: STARTS }, PLAN)])
  const timersOf = async () => (await allOf(store, timer)).map(({ id, contact }) => [id.split(':')[1], contact]).sort()
  const factFor = async (contact: string) => (await meetingFacts(store, ['b'], contact))[0]!

  describe('a meeting of a club', () => {
    it('is announced to each member once, when its notice is due and never before', async () => {
      await joins('an')
      await joins('binh')
      await plans()
      expect(await isAnyNoticeDue(store, NOW)).toBe(false)
      const due = STARTS - 7 * DAY
      expect(await isAnyNoticeDue(store, due)).toBe(true)
      await store.batch(announcingDue(due))
      await store.batch(announcingDue(due))
      expect(await timersOf()).toEqual([
        ['b', 'an'],
        ['b', 'binh'],
      ])
      expect(await isAnyNoticeDue(store, due)).toBe(false)
      await joins('cuc')
      expect((await timersOf()).map(([, contact]) => contact)).toContain('cuc')
    })

    it('knows its free seats and who waits before whom', async () => {
      await plans()
      for (const contact of ['an', 'binh', 'cuc', 'du']) await does(contact, [invited(contact)])
      await answers('an', 'confirmed', [1])
      await answers('binh', 'confirmed', [2])
      await answers('cuc', 'waiting', [], NOW + 1)
      await answers('du', 'waiting', [], NOW + 2)
      expect([...(await factFor('an')).taken]).toEqual([2])
      expect([...(await factFor('cuc')).taken].sort()).toEqual([1, 2])
      expect([(await factFor('cuc')).ahead, (await factFor('du')).ahead, (await factFor('eo')).ahead]).toEqual([
        0, 1, 2,
      ])
      await answers('an', 'declined')
      expect((await allOf(store, seat)).map(({ contact }) => contact)).toEqual(['binh'])
      expect(new Set((await timersOf()).map(([, contact]) => contact))).toEqual(new Set(['cuc', 'du']))
    })

    it('refuses a seat that somebody has', async () => {
      await plans()
      for (const contact of ['an', 'binh']) await does(contact, [invited(contact)])
      await answers('an', 'confirmed', [1])
      const before = await load(store, 'binh')
      const takes: Event = {
        type: 'meeting_answered',
        id: 'binh.a',
        as: 'confirmed',
        seats: [{ calendar: 'buoi:b', quarter: 1 }],
        party: 1,
        at: NOW,
      }
      expect(await commit(store, vault, nextTurn('zz', before, { events: [takes] }))).toBe('conflict')
    })

    it('that moves or is called off calls everybody on its list, and only them', async () => {
      await plans()
      await joins('an')
      for (const contact of ['an', 'binh']) await does(contact, [invited(contact)])
      const { minutes, place, agenda, capacity, noticeAt } = (await readMeeting(store, 'b'))!
      const change = { startsAt: STARTS + DAY, minutes, place, agenda, capacity, noticeAt }
      await store.batch(changingMeeting('b', change, NOW))
      expect(await timersOf()).toEqual([
        ['b', 'an'],
        ['b', 'binh'],
      ])
      await store.batch(cancellingMeeting('b', NOW))
      expect(await timersOf()).toHaveLength(4)
      expect(await factFor('an')).toMatchObject({ state: 'cancelled', startsAt: STARTS + DAY })
      await store.batch(changingMeeting('b', { ...change, startsAt: STARTS }, NOW))
      expect((await readMeeting(store, 'b'))!.startsAt).toBe(STARTS + DAY)
    })

    it('leaves counts, and nobody, once its people are erased', async () => {
      await plans()
      await joins('an')
      await does('an', [invited('an')])
      await answers('an', 'confirmed', [1])
      await does('binh', [invited('binh')])
      await answers('binh', 'waiting')
      await does('an', [{ type: 'contact_erased', receipt: null }])
      expect(await timersOf()).toEqual([['b', 'binh']])
      expect(await allOf(store, seat)).toEqual([])
      expect(await allOf(store, clubMember)).toMatchObject([{ contact: null, name: null, state: 'left' }])
      expect((await placesIn(store, 'b')).map(({ contact }) => contact)).toEqual(['binh'])
    })

    it('is counted by month with who was invited and who came', async () => {
      await plans()
      await joins('an')
      for (const contact of ['an', 'binh']) await does(contact, [invited(contact)])
      await does('an', [{ type: 'appointment_marked', id: 'an.a', as: 'attended', by: 'chu', at: STARTS }])
      const months = await clubMonths(store, 'clb', NOW - DAY, STARTS + DAY)
      expect(months.reduce((sum, one) => sum + one.invited, 0)).toBe(2)
      expect(months.reduce((sum, one) => sum + one.came, 0)).toBe(1)
      expect(months.reduce((sum, one) => sum + one.joined, 0)).toBe(1)
      expect(await clubSizes(store)).toEqual(new Map([['clb', 1]]))
      expect(await readMembers(store, 'clb')).toMatchObject([{ contact: 'an', group: 'young', followUp: true }])
      expect((await allOf(store, appointment)).map(({ state }) => state).sort()).toEqual(['attended', 'invited'])
    })

    it('of a row that ends goes, unless it was announced', async () => {
      const rule = { rule: 'FREQ=DAILY', first: '2026-11-01', last: null, time: 480, onHoliday: 'bo' } as const
      const series = { id: 's', club: 'clb', plan: PLAN, ...rule }
      const one = (day: string, startsAt: number) =>
        addingMeeting({ id: `s.${day}`, club: 'clb', series: 's', startsAt }, PLAN)
      await store.batch([addingSeries(series), one('1', NOW + DAY), one('2', STARTS + DAY)])
      await store.batch([one('1', NOW + 3 * DAY)])
      expect(await readSeries(store, 'clb')).toEqual([series])
      expect(await meetingsOf(store, 'clb', NOW, STARTS + 2 * DAY)).toHaveLength(2)
      await store.batch(announcingDue(NOW))
      await store.batch(endingSeries('s', NOW))
      expect(await readSeries(store, null)).toEqual([])
      expect((await allOf(store, meeting)).map(({ id }) => id)).toEqual(['s.1'])
    })
  })
}
