import { expect } from 'vitest'
import { REPEATED } from '../../src/store/leases.ts'
import { conversation, event, inbound, outbox, task, words } from '../../src/store/schema.ts'
import { allOf } from '../store/turns.ts'
import { PEOPLE, type Run } from './random-run.ts'
import type { Call } from './stage.ts'

const ATTEMPTS = 12

/** What a run did, for the sums over many of them. */
export interface Tally {
  turns: number
  calls: number
  repeats: number
  kills: number
  timeouts: number
  reachedTwice: number
  tasks: number
}

/** Everything that is promised, whatever went wrong on the way. */
export async function keepsItsPromises(run: Run): Promise<Tally> {
  expect(run.surprises, 'nothing fails unless it is made to').toEqual([])
  expect(
    run.arrivals.filter(({ acknowledged }) => !acknowledged),
    'all was taken in at last',
  ).toEqual([])
  const turns = await happenedOnce(run)
  const calls = await wereSent(run)
  return { turns, kills: run.kills, ...calls }
}

/** Each arrival one turn, each conversation one row of numbers, each text where its person wrote it. */
async function happenedOnce({ store, vault, arrivals, contact, bursts }: Run): Promise<number> {
  const events = await allOf(store, event)
  const texts = new Map<string, { text: string; seq: number }[]>()
  for (const row of await allOf(store, words)) {
    if (row.kind !== 'you') continue
    const sealed = await vault.open(`words:${row.id}`, row.sealed)
    const said = { text: (JSON.parse(sealed!) as { text: string }).text, seq: Number(row.id.split('.').at(-2)) }
    texts.set(row.contact, [...(texts.get(row.contact) ?? []), said])
  }
  let turns = 0
  for (const person of PEOPLE) {
    const mine = events.filter((row) => row.contact === contact(person))
    const seqs = [...new Set(mine.map(({ seq }) => seq))].sort((a, b) => a - b)
    expect(seqs, 'no gap').toEqual(seqs.map((_, i) => i + 1))
    const stored = (await allOf(store, conversation)).find((row) => row.contact === contact(person))
    expect(stored?.seq ?? 0).toBe(seqs.length)
    const said = (texts.get(contact(person)) ?? []).map(({ text }) => text).sort()
    const wrote = arrivals.flatMap(({ person: who, what }) =>
      who === person && what.type === 'message' ? [what.text] : [],
    )
    expect(said, 'each message one turn').toEqual(wrote.sort())
    turns += seqs.length
  }
  const all = [...texts.values()].flat()
  for (const burst of bursts) {
    const order = burst.map((text) => all.find((one) => one.text === text)!.seq)
    expect(order, 'three in flight keep their order').toEqual([...order].sort((a, b) => a - b))
  }
  expect((await allOf(store, inbound)).length).toBeGreaterThanOrEqual(arrivals.length > 0 ? 1 : 0)
  return turns
}

/** Every row reached its end: sent, or a task that asks; again only where a fault left it in doubt. */
async function wereSent({ store, stage, rounds }: Run): Promise<Omit<Tally, 'turns' | 'kills'>> {
  const rows = await allOf(store, outbox)
  const tasks = await allOf(store, task)
  const tally = { calls: stage.calls.length, repeats: 0, timeouts: 0, reachedTwice: 0, tasks: tasks.length }
  expect(
    rows.filter(({ state, lane }) => state === 'leased' || (state === 'queued' && lane < 2)),
    `rest after ${rounds}`,
  ).toEqual([])
  for (const row of rows) {
    const calls = stage.calls.filter((call) => call.row.n === row.n)
    const reached = calls.filter((call) => call.reached).length
    const doubtful = calls.filter(inDoubt)
    const about = `row ${row.n} ${row.kind} ${row.state} ${row.reason}: ${calls.map(show).join(', ')}`
    for (const call of calls.slice(0, -1))
      expect(call.causes.size, `a call without a fault is the last: ${about}`).toBeGreaterThan(0)
    expect(calls.length, about).toBeLessThanOrEqual(ATTEMPTS)
    if (row.state === 'sent') expect(calls.at(-1), about).toMatchObject({ externalId: row.externalId, reached: true })
    if (row.state === 'failed' || row.state === 'uncertain')
      expect(
        tasks.filter((one) => one.about === row.id),
        `a task asks: ${about}`,
      ).toHaveLength(1)
    tally.timeouts += calls.filter((call) => call.answer === 'uncertain').length
    if (REPEATED.includes(row.kind)) {
      const again = calls.slice(1).filter((_, i) => inDoubt(calls[i]!)).length
      const ended = doubtful.includes(calls.at(-1)!) && row.state !== 'sent' ? 1 : 0
      const settled = row.state === 'sent' && doubtful.includes(calls.at(-1)!) ? 1 : 0
      expect(again, `repeats equal doubts: ${about}`).toBe(doubtful.length - ended - settled)
      if (row.state === 'uncertain') expect(row.attempts, about).toBeGreaterThanOrEqual(ATTEMPTS)
      tally.repeats += again
      tally.reachedTwice += Math.max(0, reached - 1)
    } else {
      expect(reached, `never twice: ${about}`).toBeLessThanOrEqual(1)
      expect(
        doubtful.filter((call) => call !== calls.at(-1)),
        `never after a doubt: ${about}`,
      ).toEqual([])
    }
  }
  inOrder(stage.calls)
  return tally
}

/** The person may have got it and the service cannot know. */
function inDoubt({ causes, noted, answer }: Call): boolean {
  if (answer === 'uncertain') return true
  return !noted && causes.size > 0
}

/** For each address and lane a later row is first tried after the earlier one's last try. */
function inOrder(calls: readonly Call[]): void {
  const last = new Map<string, number>()
  for (const { row } of calls) {
    const lane = `${row.address} ${row.lane}`
    expect(row.n, `order in ${lane}`).toBeGreaterThanOrEqual(last.get(lane) ?? 0)
    last.set(lane, row.n)
  }
}

const show = ({ externalId, answer, reached, noted, causes }: Call) =>
  `#${externalId} ${answer ?? 'no answer'}${reached ? ' reached' : ''}${noted ? ' noted' : ''} [${[...causes].join(' ')}]`
