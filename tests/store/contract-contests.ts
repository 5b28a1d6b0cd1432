import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Event } from '../../src/engine/event.ts'
import type { Contest, Phase } from '../../src/engine/quiz/contest.ts'
import { commit } from '../../src/store/commit.ts'
import { contestCode, contestMark, contestTally } from '../../src/store/contest-tables.ts'
import {
  allContests,
  countCodes,
  forgettingTries,
  handingPrize,
  placingContest,
  readCode,
  talliesOf,
  triesOf,
} from '../../src/store/contests.ts'
import { bumpingDirectory, readDirectory } from '../../src/store/directory.ts'
import { destroyKeys } from '../../src/store/erasure.ts'
import { load } from '../../src/store/load.ts'
import { event } from '../../src/store/schema.ts'
import type { Vault } from '../../src/store/seal.ts'
import type { Store } from '../../src/store/store.ts'
import type { Opened } from './contract.ts'
import { allOf, happens, NOW, nextTurn } from './turns.ts'

const CONTEST: Contest = {
  id: 'thi',
  entrance: 'thi-mau',
  title: 'MẪU',
  audience: 'hoc-sinh',
  point: 'mai',
  from: '2026-11-20',
  to: '2026-11-30',
  state: 'open',
  phase: 'single',
  questions: [],
  prize: '',
  prizeAt: '',
  least: 0,
}

/** What every engine of the house promises about contests. */
export function keepsTheContestContract(open: () => Promise<Opened>): void {
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
  const begun = (phase: Phase = 'single'): Event => ({ type: 'contest_begun', contest: 'thi', phase })
  const answered = (n: number, right: boolean, phase: Phase = 'single'): Event => ({
    type: 'contest_answered',
    contest: 'thi',
    phase,
    n,
    right,
  })
  const finished = (contact: string, phase: Phase = 'single', claim: 'none' | 'open' = 'none'): Event => ({
    type: 'contest_finished',
    contest: 'thi',
    phase,
    claim,
    words: { id: `${contact}.score.${phase}`, text: '2' },
  })
  const claimed = (contact: string, code: string): Event => ({
    type: 'contest_claimed',
    contest: 'thi',
    phase: 'single',
    code,
    words: { id: `${contact}.code`, text: `QUA-${code}` },
  })
  const tries = (contact: string, name = 'thi:single') => triesOf(store, vault, contact, [name])
  const counts = async () =>
    (await talliesOf(store, ['thi'])).map(({ phase, question, answered, correct }) => [
      phase,
      question,
      answered,
      correct,
    ])

  describe('a contest', () => {
    it('reaches the conversations while it may be entered or was closed, and no longer', async () => {
      const of = async (state: Contest['state'], version: string) => {
        await store.batch([placingContest({ ...CONTEST, state }), bumpingDirectory(version)])
        return (await readDirectory(store, null))!.contests.map(({ id }) => id)
      }
      expect(await of('draft', '1')).toEqual([])
      expect(await of('open', '2')).toEqual(['thi'])
      expect(await of('closed', '3')).toEqual(['thi'])
      expect(await of('ended', '4')).toEqual([])
      expect(await allContests(store)).toMatchObject([{ state: 'ended' }])
    })

    it('counts answers and finished tries, of each phase by itself', async () => {
      await does('an', [begun()])
      await does('an', [answered(0, true)])
      await does('an', [answered(1, false), finished('an')])
      await does('ba', [begun(), answered(0, true), answered(1, true), finished('ba')])
      await does('ba', [begun('after'), answered(0, false, 'after')])
      expect(await counts()).toEqual([
        ['after', 1, 1, 0],
        ['single', 0, 2, 3],
        ['single', 1, 2, 2],
        ['single', 2, 2, 1],
      ])
    })

    it('keeps how far a try is, for this person alone, and nothing of how it went once it is counted', async () => {
      await does('an', [begun(), answered(0, true)])
      expect([...(await tries('an')).values()]).toEqual([{ answered: 1, correct: 1, done: false, claim: 'none' }])
      expect((await tries('ba')).size).toBe(0)
      await does('an', [answered(1, true), finished('an')])
      expect([...(await tries('an')).values()]).toEqual([{ answered: 2, correct: null, done: true, claim: 'none' }])
    })

    it('counts one answer once, and one try once, however often they are told', async () => {
      await does('an', [begun(), answered(0, true)])
      await does('an', [answered(0, true)])
      await does('an', [answered(1, true), finished('an')])
      await does('an', [
        answered(1, true),
        answered(2, true),
        { ...finished('an'), words: { id: 'w2', text: '9' } } as Event,
      ])
      expect(await counts()).toEqual([
        ['single', 0, 1, 2],
        ['single', 1, 1, 1],
        ['single', 2, 1, 1],
      ])
    })

    it('is begun once: of two at once the second is decided again, and goes on with the first', async () => {
      await does('an', [])
      const before = await load(store, 'an')
      const both = ['first', 'second'].map((key) => nextTurn(key, before, { events: [begun(), answered(0, true)] }))
      const outcomes = await Promise.all(both.map((turn) => commit(store, vault, turn)))
      expect(outcomes.toSorted()).toEqual(['committed', 'conflict'])
      // Decided from facts that are old by a turn: its key is refused too.
      const late = nextTurn('late', await load(store, 'an'), { events: [begun()] })
      expect(await commit(store, vault, late)).toBe('conflict')
      expect(await counts()).toEqual([['single', 1, 1, 1]])
    })

    it('leaves in the log that somebody took part, and neither an answer, a score nor a code', async () => {
      await does('an', [begun(), answered(0, true), finished('an', 'single', 'open')])
      await does('an', [claimed('an', 'hash-of-code')])
      await does('an', [{ type: 'quiz_answered', right: true }])
      const log = (await allOf(store, event)).map(({ body }) => String(body))
      const quiz = log.filter((body) => /contest|quiz/.test(body)).map((body) => JSON.parse(body))
      expect(quiz).toEqual([
        { type: 'contest_begun', contest: 'thi', phase: 'single' },
        { type: 'contest_answered', contest: 'thi', phase: 'single', n: 0 },
        { type: 'contest_finished', contest: 'thi', phase: 'single', words: { id: 'an.score.single' } },
        { type: 'contest_claimed', contest: 'thi', phase: 'single', words: { id: 'an.code' } },
        { type: 'quiz_answered' },
      ])
      const counted = [...(await allOf(store, contestMark)), ...(await allOf(store, contestTally))]
      expect(counted.length).toBeGreaterThan(2)
      expect(JSON.stringify([...counted, ...(await allOf(store, contestCode))])).not.toMatch(/"an\b|an\./)
    })

    it('is no longer known of somebody who erased themselves: the counts stay, and lead to nobody', async () => {
      await does('an', [begun(), answered(0, true), finished('an')])
      const [mark] = await allOf(store, contestMark)
      await does('an', [{ type: 'contact_erased', receipt: 'R' }])
      await destroyKeys(store, vault, { contact: 'an', seq: 2, at: NOW }, NOW)
      expect((await tries('an')).size).toBe(0)
      expect(await allOf(store, contestMark)).toEqual([mark])
      expect(await counts()).toEqual([
        ['single', 0, 1, 1],
        ['single', 1, 1, 1],
      ])
    })

    it('gives one code to who may claim, hands a prize over once, and knows no other code', async () => {
      await does('an', [begun(), answered(0, true), finished('an', 'single', 'open')])
      await does('ba', [begun(), answered(0, false), finished('ba')])
      await does('an', [claimed('an', 'c1')])
      await does('an', [{ ...claimed('an', 'c2'), words: { id: 'w2', text: 'QUA-2' } } as Event])
      await does('ba', [claimed('ba', 'c3')])
      expect(await countCodes(store, 'thi')).toEqual({ given: 1, handed: 0 })
      await store.batch([handingPrize('thi', 'c1', 'lan', '2026-11-21')])
      await store.batch([handingPrize('thi', 'c1', 'hanh', '2026-11-22')])
      expect(await readCode(store, 'thi', 'c1')).toEqual({ handedOn: '2026-11-21' })
      expect(await readCode(store, 'thi', 'c3')).toBeNull()
      expect(await readCode(store, 'khac', 'c1')).toBeNull()
      expect(await countCodes(store, 'thi')).toEqual({ given: 1, handed: 1 })
    })

    it('that ended for good keeps its counts and no mark of who tried', async () => {
      await does('an', [begun(), answered(0, true), finished('an')])
      await store.batch([forgettingTries('thi')])
      expect(await allOf(store, contestMark)).toEqual([])
      expect((await counts()).length).toBe(2)
    })
  })
}
