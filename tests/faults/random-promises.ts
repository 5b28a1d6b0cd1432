import { expect } from 'vitest'
import { conversation, event, outbox, task, words } from '../../src/store/schema.ts'
import { allOf } from '../store/turns.ts'
import type { Run } from './random-run.ts'
import type { Call } from './stage.ts'
import { DAMAGES, PEOPLE, type World } from './world.ts'

const ATTEMPTS = 12
/** The policy by kind, said again so that a change of it is seen. */
const REPEATED: readonly string[] = ['answer', 'emergency', 'receipt']

/** What a run did, for the sums over many of them. */
export interface Tally {
  turns: number
  calls: number
  repeats: number
  kills: number
  timeouts: number
  reachedTwice: number
  tasks: number
  receipts: number
}

/** Everything that is promised, whatever went wrong on the way. */
export async function keepsItsPromises(run: Run): Promise<Tally> {
  const { world, rounds, answersWaited } = run
  expect(world.surprises, 'nothing fails unless it is made to').toEqual([])
  expect(
    world.arrivals.filter(({ acknowledged }) => !acknowledged),
    `all was taken in at last, after ${rounds} rounds`,
  ).toEqual([])
  expect(answersWaited, 'no answer waits for an unprompted message').toBe(false)
  const turns = await happenedOnce(run)
  return { turns, kills: world.kills(), ...(await wereSent(world)) }
}

/** Each arrival one turn, each conversation one row of numbers, each text where its person wrote it. */
async function happenedOnce({ world, bursts }: Run): Promise<number> {
  const { store, vault, arrivals, contact, damaged } = world
  const events = await allOf(store, event)
  const conversations = await allOf(store, conversation)
  const said: { contact: string; text: string | null; seq: number }[] = []
  for (const row of await allOf(store, words)) {
    if (row.kind !== 'you') continue
    const line = await vault.open(`words:${row.id}`, row.sealed)
    const text = line === null ? null : (JSON.parse(line) as { text: string }).text
    said.push({ contact: row.contact, text, seq: Number(row.id.split('.').at(-2)) })
  }
  let turns = 0
  for (const person of PEOPLE) {
    const mine = events.filter((row) => row.contact === contact(person))
    const seqs = [...new Set(mine.map(({ seq }) => seq))].sort((a, b) => a - b)
    expect(seqs, `no gap: ${person}`).toEqual(seqs.map((_, i) => (seqs[0] ?? 1) + i))
    expect(conversations.find((row) => row.contact === contact(person))?.seq).toBe(seqs.at(-1))
    turns += seqs.length
    if (damaged === 'erased' && person === DAMAGES.erased) continue
    expect(seqs[0] ?? 1).toBe(1)
    const kept = said.filter((one) => one.contact === contact(person)).map(({ text }) => text)
    const wrote = arrivals.flatMap(({ person: who, what }) =>
      who === person && what.type === 'message' ? [what.text] : [],
    )
    if (damaged === 'key lost' && person === DAMAGES['key lost']) expect(kept).toHaveLength(wrote.length)
    else expect([...kept].sort(), `each message one turn: ${person}`).toEqual(wrote.sort())
  }
  for (const burst of bursts) {
    const order = burst.flatMap((text) => said.find((one) => one.text === text)?.seq ?? [])
    expect(order, 'three in flight keep their order').toEqual([...order].sort((a, b) => a - b))
  }
  return turns
}

/** Every row reached its end: sent, or a task that asks; again only where a fault left it in doubt. */
async function wereSent({ store, stage }: World): Promise<Omit<Tally, 'turns' | 'kills'>> {
  const rows = await allOf(store, outbox)
  const tasks = await allOf(store, task)
  const tally = {
    calls: stage.calls.length,
    repeats: 0,
    timeouts: 0,
    reachedTwice: 0,
    tasks: tasks.length,
    receipts: 0,
  }
  expect(rows.filter(({ state, lane }) => state === 'leased' || (state === 'queued' && lane < 2))).toEqual([])
  for (const row of rows) {
    const calls = stage.calls.filter((call) => call.row.n === row.n)
    const about = `row ${row.n} ${row.kind} ${row.state} ${row.reason}: ${calls.map(show).join(', ')}`
    if (row.lane < 2) expect(row.state, `nothing owed is dropped: ${about}`).not.toBe('dropped')
    if (row.state === 'sent') expect(calls.at(-1), about).toMatchObject({ externalId: row.externalId, reached: true })
    if ((row.state === 'failed' || row.state === 'uncertain') && row.kind !== 'receipt')
      expect(
        tasks.filter((one) => one.about === row.id),
        `a task asks: ${about}`,
      ).toHaveLength(1)
    if (row.state === 'uncertain' && REPEATED.includes(row.kind))
      expect(row.attempts, about).toBeGreaterThanOrEqual(ATTEMPTS)
  }
  for (const calls of Map.groupBy(stage.calls, ({ row }) => row.n).values()) {
    const { kind, n } = calls[0]!.row
    const about = `row ${n} ${kind}: ${calls.map(show).join(', ')}`
    const reached = calls.filter((call) => call.reached).length
    const before = calls.slice(0, -1)
    const again = before.filter(inDoubt).length
    expect(calls.length, about).toBeLessThanOrEqual(ATTEMPTS)
    expect(
      before.filter((call) => !inDoubt(call) && !call.causes.has('later')),
      `sent again for no reason: ${about}`,
    ).toEqual([])
    if (!REPEATED.includes(kind)) {
      expect(reached, `never twice: ${about}`).toBeLessThanOrEqual(1)
      expect(again, `never after a doubt: ${about}`).toBe(0)
    } else if (inDoubt(calls.at(-1)!)) {
      // Left in doubt only where its mark landed unseen, the way to the person was lost, or the attempts were used up.
      const row = rows.find((one) => one.n === n)
      const used = (row?.attempts ?? 0) >= ATTEMPTS
      if (row) expect(row.state === calls.at(-1)!.answer || row.reason === 'gone' || used, about).toBe(true)
    }
    tally.repeats += again
    tally.reachedTwice += Math.max(0, reached - 1)
    tally.timeouts += calls.filter((call) => call.answer === 'uncertain').length
    if (kind === 'receipt' && reached > 0) tally.receipts += 1
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
