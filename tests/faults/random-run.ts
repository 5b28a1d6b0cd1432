import { vi } from 'vitest'
import { drain } from '../../src/app/deliver.ts'
import { internal, receive } from '../../src/app/handle.ts'
import { tick } from '../../src/app/tick.ts'
import type { Conversation, StaffAction } from '../../src/engine/conversation.ts'
import { commit } from '../../src/store/commit.ts'
import { load } from '../../src/store/load.ts'
import { openVault, type Vault } from '../../src/store/seal.ts'
import type { Store } from '../../src/store/store.ts'
import { turnOf } from '../store/turns.ts'
import { POISON } from './fault-book.ts'
import { type Process, startProcess } from './process.ts'
import { type Random, randomFrom } from './random.ts'
import { type Ground, type Life, moveClock, rest, type Stage } from './stage.ts'

/** Saturday 21/11/2026, 10:00 in Vietnam. */
const MORNING = Date.UTC(2026, 10, 21, 3, 0)
const MINUTE = 60_000
export const PEOPLE = ['an', 'bình', 'chi', 'dung', 'em'] as const
const ENOUGH_ROUNDS = 60

/** One message of a person or one click of a counsellor, delivered again until it is acknowledged. */
export interface Arrival {
  key: string
  person: string
  at: number
  what: { type: 'message'; text: string } | { type: 'staff'; action: StaffAction }
  acknowledged: boolean
}

/** All that is known after a run, before anything is asserted. */
export interface Run {
  seed: number
  stage: Stage
  /** The ground without any fault. */
  store: Store
  vault: Vault
  contact(person: string): string
  arrivals: readonly Arrival[]
  /** Texts that were in flight together, sent to one process, and all taken in at the first try. */
  bursts: readonly (readonly string[])[]
  kills: number
  /** What failed although nothing was made to fail. */
  surprises: readonly string[]
  rounds: number
}

/** One random run from an empty ground to rest: chances first, then calm until nothing waits any more. */
export async function randomRun(seed: number, ground: Ground, steps: number): Promise<Run> {
  const random = randomFrom(seed)
  const jitter = vi.spyOn(Math, 'random').mockImplementation(random.next)
  try {
    const world = await begin(random, ground)
    for (let i = 0; i < steps; i++) await world.step()
    await world.calmDown()
    return world.run
  } finally {
    jitter.mockRestore()
  }
}

async function begin(random: Random, ground: Ground) {
  const processes: Process[] = []
  let kills = 0
  const stage: Stage = {
    random,
    clock: { now: MORNING },
    storeFaults: random.pick([0, 0.01, 0.05, 0.12]),
    channelFaults: random.pick([0, 0.1, 0.3, 0.5]),
    calls: [],
    slow: [],
    faults: 0,
    busy: 0,
    moved: 0,
    kill,
  }
  const width = random.pick([1, 1, 2])
  const store = ground.connect()
  const vault = openVault(Buffer.alloc(32, 9), ground.keys)
  const contact = (person: string) => vault.hashHandle('telegram', 'telegram', person)
  const arrivals: Arrival[] = []
  const bursts: string[][] = []
  const surprises: string[] = []
  let serial = 0

  function kill(life: Life): void {
    if (life.over) return
    life.over = true
    kills += 1
    stage.faults += 1
    for (const call of stage.calls) if (call.by === life && !call.noted) call.causes.add('crash')
    stage.slow = stage.slow.filter((one) => one.life !== life)
  }

  const alive = () => processes.filter(({ life }) => !life.over)
  const someone = (): Process => {
    const living = alive()
    if (living.length > 0) return random.pick(living)
    const first = startProcess(ground, stage, processes.length)
    processes.push(first)
    // As Node does at a start, where one process writes: every lease is of the dead one.
    first.recover()
    return first
  }

  /** Hands an arrival to a process; whatever goes wrong, it stays unacknowledged and comes again. */
  const deliver = ({ app, life }: Process, arrival: Arrival): void => {
    const { key, person, at, what } = arrival
    const faults = stage.faults
    const done =
      what.type === 'message'
        ? receive(app, 'telegram', 'telegram', { key, handle: person, at, event: what })
        : internal(app, contact(person), key, { ...what, by: 'lan' })
    done.then(
      () => {
        if (!life.over) arrival.acknowledged = true
      },
      (error: unknown) => {
        if (stage.faults === faults)
          surprises.push(`${key} ${what.type}: ${error instanceof Error ? error.stack : error}`)
      },
    )
  }

  const arrive = (person: string, what: Arrival['what']): Arrival => {
    const arrival = { key: `k${++serial}`, person, at: stage.clock.now, what, acknowledged: false }
    arrivals.push(arrival)
    return arrival
  }
  const message = (person: string): Arrival => {
    const words = random.pick([
      'chào',
      'chào',
      'cho mình',
      'gặp người',
      'gặp người',
      'tôi muốn chết',
      'gọi lại cho tôi',
      POISON,
    ])
    const whole = ['cho mình', 'gặp người', 'gọi lại cho tôi'].includes(words)
    return arrive(person, { type: 'message', text: whole ? words : `${words} ${serial}` })
  }

  const burst = async (): Promise<void> => {
    const process = someone()
    const faults = stage.faults
    const sent = random.chance(0.7)
      ? oneOf(PEOPLE, 3).map((person) => message(person))
      : PEOPLE.map((person) => message(person))
    for (const one of sent) deliver(random.chance(0.2) ? someone() : process, one)
    if (random.chance(0.3)) return
    await rest(stage)
    // Without a fault nothing may fail, whoever's words are poison.
    if (stage.faults === faults)
      for (const one of sent) if (!one.acknowledged) surprises.push(`${one.key} was not taken in`)
  }

  const inFlight = async (): Promise<void> => {
    await rest(stage)
    const process = someone()
    const faults = stage.faults
    const person = random.pick(PEOPLE)
    const texts = [1, 2, 3].map(() => `ba tin ${++serial}`)
    for (const text of texts) deliver(process, arrive(person, { type: 'message', text }))
    await rest(stage)
    if (stage.faults === faults) bursts.push(texts)
  }

  function oneOf<T>(list: readonly T[], most: number): T[] {
    const chosen = random.pick(list)
    return Array.from({ length: 1 + random.below(most) }, () => chosen)
  }

  const click = (): void => {
    const action = random.pick<StaffAction>([
      { type: 'take' },
      { type: 'reply', text: `Chị đây ${++serial}.` },
      { type: 'reply', text: `Chị nghe em ${++serial}.` },
      { type: 'hand_back' },
      { type: 'close' },
    ])
    deliver(someone(), arrive(random.pick(PEOPLE), { type: 'staff', action }))
  }

  /** Queues an unprompted message as a campaign would, in a turn of its own. */
  const broadcast = async (): Promise<void> => {
    await rest(stage)
    const before = await load(store, contact(random.pick(PEOPLE)))
    if (before.conversation.seq === 0) return
    const turn = turnOf(`b${++serial}`, before.conversation, {
      lane: 'unprompted',
      kind: 'broadcast',
      at: stage.clock.now,
    })
    const events = turn.events.filter((one) => one.type === 'message_queued')
    const kept = { events, address: before.address, activeAt: before.activeAt ?? 0, askedAt: before.askedAt }
    await commit(store, vault, { ...turn, ...kept, origin: null })
  }

  const advance = async (milliseconds: number): Promise<void> => {
    await rest(stage)
    moveClock(stage, milliseconds)
  }

  const answerSlow = (): void => {
    for (const one of stage.slow.splice(0)) one.answer()
  }

  const work = (process: Process): void => {
    void tick(process.app)
    void drain(process.app)
  }

  const step = async (): Promise<void> => {
    const dice = random.next()
    if (dice < 0.3) await burst()
    else if (dice < 0.4) await inFlight()
    else if (dice < 0.52) click()
    else if (dice < 0.57) await broadcast()
    else if (dice < 0.68) work(someone())
    else if (dice < 0.74) await advance(random.below(20_000))
    else if (dice < 0.78) await advance(random.pick([70_000, 11 * MINUTE, 2 * 60 * MINUTE]))
    else if (dice < 0.81) await advance(-random.below(30 * MINUTE))
    else if (dice < 0.87) answerSlow()
    else if (dice < 0.9 && processes.length > 0) kill(random.pick(processes).life)
    else if (dice < 0.94 && alive().length < width) processes.push(startProcess(ground, stage, processes.length))
    else if (arrivals.length > 0) {
      // Platforms deliver again what was acknowledged too.
      const waiting = arrivals.filter(({ acknowledged }) => !acknowledged)
      deliver(someone(), random.pick(waiting.length > 0 && random.chance(0.8) ? waiting : arrivals))
    }
    if (random.chance(0.6)) await rest(stage)
  }

  const waits = async (): Promise<boolean> => {
    if (arrivals.some(({ acknowledged }) => !acknowledged)) return true
    const rows = await store.read({
      sql: "select count(*) from outbox where state = 'leased' or (state = 'queued' and lane < 2)",
      params: [],
      decode: ([count]) => Number(count),
    })
    return rows[0]! > 0
  }

  const run = {
    seed: random.seed,
    stage,
    store,
    vault,
    contact,
    arrivals,
    bursts,
    kills: 0,
    surprises: surprises as readonly string[],
    rounds: 0,
  }

  const calmDown = async (): Promise<void> => {
    await rest(stage)
    stage.storeFaults = 0
    stage.channelFaults = 0
    while (await waits()) {
      if (++run.rounds > ENOUGH_ROUNDS) return
      moveClock(stage, 5 * MINUTE)
      const living = someone()
      answerSlow()
      for (const one of arrivals) if (!one.acknowledged) deliver(living, one)
      await rest(stage)
      for (const process of alive()) work(process)
      await rest(stage)
    }
    run.kills = kills
  }

  return { run: run as Run & { rounds: number; kills: number }, step, calmDown }
}

export type Stored = Conversation
