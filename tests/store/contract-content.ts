import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { record } from '../../src/store/audit.ts'
import {
  approving,
  dropping,
  liveRevisions,
  type NewRevision,
  newestRevision,
  openRevisions,
  readLive,
  readRevision,
  releasing,
  revisionsOf,
  saving,
} from '../../src/store/content.ts'
import { audit } from '../../src/store/schema.ts'
import type { Store } from '../../src/store/store.ts'
import type { Opened } from './contract.ts'
import { allOf, NOW } from './turns.ts'

const UNIT = 'content/vi/topics/mau.md'

/** What every engine of the house promises about edited texts. */
export function keepsTheContentContract(open: () => Promise<Opened>): void {
  let opened: Opened
  let store: Store
  beforeEach(async () => {
    opened = await open()
    store = opened.store
  })
  afterEach(() => opened.close())

  const draft = (n: number, by: string, more: Partial<NewRevision> = {}): NewRevision => ({
    unit: UNIT,
    n,
    text: `lời ${n}`,
    hash: `h${n}`,
    base: 'b',
    file: 'f',
    restores: null,
    note: '',
    by,
    createdAt: NOW + n,
    patch: '{}',
    problems: 0,
    ...more,
  })
  const save = (n: number, by: string, more: Partial<NewRevision> = {}) => store.batch(saving(draft(n, by, more)))
  const approve = (n: number, by: string) => store.batch(approving({ unit: UNIT, n }, '{"p":1}', by, NOW + 100 + n))
  const states = async () => (await revisionsOf(store, UNIT)).map(({ n, state }) => [n, state])

  describe('edited texts', () => {
    it('keep every text that was ever saved, whole, with its author', async () => {
      await save(1, 'ha')
      await save(2, 'sen', { note: 'ngắn hơn' })
      expect(await states()).toEqual([
        [2, 'draft'],
        [1, 'replaced'],
      ])
      expect(await readRevision(store, UNIT, 1)).toMatchObject({ text: 'lời 1', by: 'ha', approvedBy: null })
      expect(await newestRevision(store, UNIT)).toMatchObject({ n: 2, text: 'lời 2', by: 'sen', note: 'ngắn hơn' })
    })

    it('refuse the second of two who saved after the same one, and leave the first untouched', async () => {
      await save(1, 'ha')
      await expect(save(1, 'sen', { text: 'lời khác' })).rejects.toThrow()
      expect(await readRevision(store, UNIT, 1)).toMatchObject({ state: 'draft', text: 'lời 1', by: 'ha' })
    })

    it('hold once another approved them, in place of what held, and tell who asks what changed', async () => {
      expect(await readLive(store, null)).toEqual({ version: '0', live: [] })
      await save(1, 'ha')
      expect(await readLive(store, '0')).toBeNull()
      await approve(1, 'sen')
      const first = (await readLive(store, '0'))!
      expect(first.live).toMatchObject([{ n: 1, state: 'live', approvedBy: 'sen', approvedAt: NOW + 101 }])
      await save(2, 'sen')
      await approve(2, 'ha')
      expect(await states()).toEqual([
        [2, 'live'],
        [1, 'replaced'],
      ])
      const second = (await readLive(store, first.version))!
      expect(second.live.map(({ n, patch }) => [n, patch])).toEqual([[2, '{"p":1}']])
      expect(await readLive(store, second.version)).toBeNull()
    })

    it('are never approved by their author, nor twice, nor when another stands in their place: nothing of it is written', async () => {
      await save(1, 'ha')
      await approve(1, 'sen')
      await save(2, 'ha')
      const { vault } = opened
      const entry = { staff: 'ha', at: NOW, action: 'x', contact: null, about: null, point: null, source: null }
      const own = record(store, vault, entry, approving({ unit: UNIT, n: 2 }, '{}', 'ha', NOW))
      await expect(own).rejects.toThrow()
      await save(3, 'ha')
      for (const n of [1, 2]) await expect(approve(n, 'binh')).rejects.toThrow()
      expect(await states()).toEqual([
        [3, 'draft'],
        [2, 'replaced'],
        [1, 'live'],
      ])
      expect(await liveRevisions(store)).toMatchObject([{ n: 1, approvedBy: 'sen' }])
      expect(await allOf(store, audit)).toEqual([])
    })

    it('hold only with what they make in the book', async () => {
      await save(1, 'ha')
      await expect(store.batch(approving({ unit: UNIT, n: 1 }, null as never, 'sen', NOW))).rejects.toThrow()
      expect(await states()).toEqual([[1, 'draft']])
    })

    it('are dropped only while they wait, and are over when a release says the same', async () => {
      await save(1, 'ha')
      await store.batch(dropping({ unit: UNIT, n: 1 }, NOW))
      await expect(store.batch(dropping({ unit: UNIT, n: 1 }, NOW))).rejects.toThrow()
      await expect(approve(1, 'sen')).rejects.toThrow()
      await save(2, 'ha')
      await approve(2, 'sen')
      await store.batch(releasing({ unit: UNIT, n: 2 }, NOW + 500))
      await store.batch(releasing({ unit: UNIT, n: 2 }, NOW + 900))
      expect(await readRevision(store, UNIT, 2)).toMatchObject({ state: 'released', endedAt: NOW + 500 })
      expect(await liveRevisions(store)).toEqual([])
      expect(await openRevisions(store)).toEqual([])
    })

    it('of one file leave those of another alone', async () => {
      await save(1, 'ha')
      await store.batch(saving({ ...draft(1, 'ha'), unit: 'content/vi/khac.md' }))
      await approve(1, 'sen')
      expect((await openRevisions(store)).map(({ unit, state }) => [unit, state]).toSorted()).toEqual([
        ['content/vi/khac.md', 'draft'],
        [UNIT, 'live'],
      ])
    })
  })
}
