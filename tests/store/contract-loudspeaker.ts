import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { bumpingDirectory, readDirectory } from '../../src/store/directory.ts'
import { addingEntrance, allEntrances, endingEntrance } from '../../src/store/entrances.ts'
import { addingAct, countActs, withdrawingAct } from '../../src/store/outreach.ts'
import { outreachAct } from '../../src/store/outreach-tables.ts'
import {
  communesWithActs,
  confirming,
  planning,
  plansBetween,
  readingOf,
  readingsBetween,
  readSheet,
  renewingSheet,
  sheetByCode,
  unplanning,
} from '../../src/store/readings.ts'
import type { Store } from '../../src/store/store.ts'
import {
  allSpoken,
  droppingSpoken,
  enablingSpoken,
  heardSound,
  heardTopics,
  placingSpoken,
} from '../../src/store/topic-recordings.ts'
import type { Opened } from './contract.ts'
import { allOf, NOW } from './turns.ts'

const WEEK = '2026-11-23'
const PLAN = { week: WEEK, commune: 'van-ho', topic: 'qua-lieu', point: 'mai', times: 3, by: 'lan', at: NOW }
const READ = {
  week: WEEK,
  commune: 'van-ho',
  topic: 'qua-lieu',
  point: 'mai',
  day: '2026-11-24',
  hamlet: '',
  times: 2,
  act: 'a1',
  by: 'lan',
  at: NOW,
  note: '2 lần',
} as const

/** What every engine of the house promises about read-outs, recordings of texts and entrances. */
export function keepsTheLoudspeakerContract(open: () => Promise<Opened>): void {
  let opened: Opened
  let store: Store
  beforeEach(async () => {
    opened = await open()
    store = opened.store
  })
  afterEach(() => opened.close())

  const counted = async () => (await countActs(store, ['mai'], '2026-11-01', '2026-11-30')).map(({ acts }) => acts)
  const read = async () =>
    (await readingsBetween(store, ['mai'], WEEK, WEEK)).map(({ day, times, by }) => [day, times, by])

  describe('a week of the loudspeaker', () => {
    it('holds a script once for a commune, the number corrected, and never for another point', async () => {
      await store.batch([...planning(PLAN, 'hash'), ...planning({ ...PLAN, times: 5 }, 'hash')])
      await store.batch(planning({ ...PLAN, point: 'dao', times: 9 }, 'other'))
      expect(await plansBetween(store, ['mai', 'dao'], WEEK, WEEK)).toEqual([
        { week: WEEK, commune: 'van-ho', topic: 'qua-lieu', point: 'mai', times: 5 },
      ])
      expect(await plansBetween(store, ['dao'], WEEK, WEEK)).toEqual([])
      expect(await plansBetween(store, ['mai'], '2026-11-30', '2026-12-28')).toEqual([])
    })

    it('counts a read-out once in the register, whoever says it and however often', async () => {
      await store.batch(planning(PLAN, 'hash'))
      await store.batch(confirming(READ))
      await store.batch(confirming(READ))
      await store.batch(confirming({ ...READ, by: null, act: 'a2', times: 9 }))
      expect(await counted()).toEqual([1])
      expect(await read()).toEqual([['2026-11-24', 2, 'lan']])
      expect(await allOf(store, outreachAct)).toMatchObject([
        { id: 'a1', kind: 'loudspeaker', content: 'qua-lieu', people: null, audiences: '["public"]', by: 'lan' },
      ])
    })

    it('counts another day, and another hamlet, as another read-out', async () => {
      await store.batch(confirming(READ))
      await store.batch(confirming({ ...READ, day: '2026-11-25', act: 'a2' }))
      await store.batch(confirming({ ...READ, hamlet: 'bản Áng', act: 'a3', by: null }))
      expect(await counted()).toEqual([3])
      expect((await allOf(store, outreachAct)).map(({ by }) => by).toSorted()).toEqual(['lan', 'lan', 'sheet'])
    })

    it('counts what staff wrote into the register by hand, and adds nothing to it', async () => {
      await store.batch([
        addingAct({
          id: 'hand',
          point: 'mai',
          kind: 'loudspeaker',
          day: READ.day,
          commune: READ.commune,
          hamlet: '',
          setting: 'community',
          audiences: ['public'],
          people: null,
          partner: '',
          content: READ.topic,
          note: '',
          by: 'hanh',
          at: NOW,
        }),
      ])
      await store.batch(confirming(READ))
      expect(await counted()).toEqual([1])
      expect((await readingOf(store, READ))?.act).toBe('hand')
    })

    it('forgets a read-out whose act was withdrawn, and can be told anew', async () => {
      await store.batch(confirming(READ))
      await store.batch([withdrawingAct('a1', 'binh')])
      expect([await counted(), await read(), await readingOf(store, READ)]).toEqual([[], [], null])
      expect(await communesWithActs(store, ['mai'], '2026-11-01', '2026-11-30')).toEqual([])
      await store.batch(confirming({ ...READ, act: 'a2', times: 4 }))
      expect([await counted(), await read()]).toEqual([[1], [['2026-11-24', 4, 'lan']]])
      expect(await communesWithActs(store, ['mai'], '2026-11-01', '2026-11-30')).toEqual(['van-ho'])
    })

    it('lets go of a script that was not read, and keeps one that was', async () => {
      await store.batch([...planning(PLAN, 'h'), ...planning({ ...PLAN, topic: 'vape' }, 'h'), ...confirming(READ)])
      await store.batch([unplanning(PLAN), unplanning({ ...PLAN, topic: 'vape' })])
      expect((await plansBetween(store, ['mai'], WEEK, WEEK)).map(({ topic }) => topic)).toEqual(['qua-lieu'])
    })

    it('opens by the code of its sheet alone, until the code is changed', async () => {
      await store.batch([...planning(PLAN, 'one'), ...planning({ ...PLAN, topic: 'vape' }, 'one')])
      const sheet = { week: WEEK, commune: 'van-ho', point: 'mai', serial: 1 }
      expect([await sheetByCode(store, 'one'), await sheetByCode(store, 'x')]).toEqual([sheet, null])
      await store.batch([renewingSheet(sheet, 'two'), renewingSheet(sheet, 'three')])
      expect(await sheetByCode(store, 'one')).toBeNull()
      expect(await readSheet(store, WEEK, 'van-ho')).toEqual({ ...sheet, serial: 2 })
      expect(await sheetByCode(store, 'two')).toMatchObject({ serial: 2 })
    })
  })

  describe('a text as it is spoken', () => {
    const spoken = {
      topic: 'qua-lieu',
      language: 'mong',
      form: 'any',
      transcript: 'Gọi 115.',
      speaker: 'Chị MẪU',
      recordedOn: '2026-11-20',
      mime: 'audio/ogg',
      data: 'T2dn',
      by: 'lan',
      at: NOW,
    } as const

    it('is heard by nobody until it is let out, and again not once another sound took its place', async () => {
      await store.batch([placingSpoken(spoken)])
      expect([await heardTopics(store), await heardSound(store, 'qua-lieu:mong')]).toEqual([[], null])
      await store.batch([enablingSpoken(spoken, NOW - 1, 'binh')])
      expect(await heardTopics(store)).toEqual([])
      await store.batch([enablingSpoken(spoken, NOW, 'binh'), bumpingDirectory('2')])
      expect(await heardSound(store, 'qua-lieu:mong')).toEqual({
        mime: 'audio/ogg',
        data: 'T2dn',
        transcript: 'Gọi 115.',
        form: 'any',
      })
      expect((await readDirectory(store, null))?.recordings).toEqual([
        { id: 'qua-lieu:mong', topic: 'qua-lieu', language: 'mong' },
      ])
      await store.batch([placingSpoken({ ...spoken, data: 'bW9p', at: NOW + 1 })])
      expect(await heardTopics(store)).toEqual([])
      expect((await allSpoken(store)).map(({ enabledBy }) => enabledBy)).toEqual([null])
      await store.batch([droppingSpoken(spoken)])
      expect(await allSpoken(store)).toEqual([])
    })

    it('has one sound for most players and one for Zalo, and is one text', async () => {
      const aac = { ...spoken, form: 'aac', mime: 'audio/aac', data: '8fE=' } as const
      await store.batch([placingSpoken(spoken), placingSpoken(aac), enablingSpoken(aac, NOW, 'binh')])
      expect((await heardSound(store, 'qua-lieu:mong'))?.form).toBe('aac')
      await store.batch([enablingSpoken(spoken, NOW, 'binh')])
      expect((await heardSound(store, 'qua-lieu:mong'))?.form).toBe('any')
      expect((await heardSound(store, 'qua-lieu:mong', ['aac']))?.mime).toBe('audio/aac')
      expect(await heardTopics(store)).toHaveLength(1)
    })
  })

  describe('an entrance', () => {
    it('keeps its code from a second of the same, and leaves the directory when it is ended', async () => {
      const one = {
        code: 'khu-cong-nghiep',
        name: 'KCN MẪU',
        setting: 'workplace',
        audience: 'nguoi-lao-dong',
        point: 'mai',
        by: 'lan',
        at: NOW,
      } as const
      await store.batch([addingEntrance(one), addingEntrance({ ...one, name: 'khác' }), bumpingDirectory('5')])
      expect((await readDirectory(store, null))?.entrances).toEqual([
        { code: 'khu-cong-nghiep', name: 'KCN MẪU', audience: 'nguoi-lao-dong' },
      ])
      await store.batch([endingEntrance(one.code, NOW + 5), endingEntrance(one.code, NOW + 9)])
      expect((await allEntrances(store)).map(({ endedAt }) => endedAt)).toEqual([NOW + 5])
      expect((await readDirectory(store, null))?.entrances).toEqual([])
    })
  })
}
