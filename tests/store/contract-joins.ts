import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Event } from '../../src/engine/event.ts'
import { JOIN_MS } from '../../src/engine/join.ts'
import { agreesToJoin, alsoOf } from '../../src/store/joins.ts'
import { timer } from '../../src/store/schema.ts'
import type { Vault } from '../../src/store/seal.ts'
import type { Store } from '../../src/store/store.ts'
import type { Opened } from './contract.ts'
import { allOf, happens, NOW } from './turns.ts'

/** What every engine of the house promises about chats of one person. */
export function keepsTheJoinContract(open: () => Promise<Opened>): void {
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
  /** `second` typed the code of `first`. */
  const asks = (first: string, second: string, code: string) =>
    does(second, [
      {
        type: 'consent_given',
        id: `${second}.${code}`,
        purpose: 'join',
        key: 'he-thong.noi.hoi',
        version: 'v',
        by: null,
        at: NOW,
        text: 'lời hỏi',
      },
      { type: 'join_asked', code, other: first, at: NOW },
    ])
  const joins = async (first: string, second: string, code: string) => {
    await asks(first, second, code)
    await does(first, [{ type: 'channels_joined', code, other: second, at: NOW }])
  }
  const waiting = async () =>
    (await allOf(store, timer))
      .filter(({ id }) => id.startsWith('noi:tach:'))
      .map(({ id, contact, dueAt }) => [id, contact, dueAt])

  describe('two chats of one person', () => {
    it('stand joined by two yeses, and a yes without the other is to lapse', async () => {
      await asks('an', 'ba', 'c1')
      expect(await waiting()).toEqual([['noi:tach:c1:ba', 'ba', NOW + 2 * JOIN_MS]])
      expect([await agreesToJoin(store, 'ba'), await agreesToJoin(store, 'an')]).toEqual([true, false])
      await does('an', [{ type: 'channels_joined', code: 'c1', other: 'ba', at: NOW }])
      expect(await alsoOf(store, 'an')).toEqual(['ba'])
      expect(await waiting()).toEqual([])
    })

    it('are to end a refused yes at once', async () => {
      await asks('an', 'ba', 'c1')
      await asks('chi', 'du', 'c12')
      await does('an', [{ type: 'join_refused', code: 'c1' }])
      expect((await waiting()).toSorted()).toEqual([
        ['noi:tach:c12:du', 'du', NOW + 2 * JOIN_MS],
        ['noi:tach:c1:ba', 'ba', NOW],
      ])
    })

    it.each<[string, Event]>([
      ['parting', { type: 'channels_parted', at: NOW }],
      ['an erasure', { type: 'contact_erased', receipt: null }],
    ])(
      'are told of %s, but for one that is still joined to a third, by an id that names nobody else',
      async (_, end) => {
        await joins('an', 'ba', 'c1')
        await joins('an', 'chi', 'c2')
        await joins('du', 'chi', 'c3')
        await does('an', [end])
        expect(await waiting()).toEqual([['noi:tach:c1:ba', 'ba', NOW]])
        expect(await alsoOf(store, 'chi')).toEqual(['du'])
      },
    )
  })
}
