import { drain } from '../../src/app/deliver.ts'
import { internal, receive } from '../../src/app/handle.ts'
import { tick } from '../../src/app/tick.ts'
import type { StaffAction } from '../../src/engine/conversation.ts'
import { commit } from '../../src/store/commit.ts'
import { load } from '../../src/store/load.ts'
import { openVault, type Vault } from '../../src/store/seal.ts'
import type { Store } from '../../src/store/store.ts'
import { turnOf } from '../store/turns.ts'
import { type Process, startProcess } from './process.ts'
import type { Random } from './random.ts'
import { type Ground, type Life, rest, type Stage } from './stage.ts'

/** Saturday 21/11/2026, 10:00 in Vietnam. */
const MORNING = Date.UTC(2026, 10, 21, 3, 0)
export const PEOPLE = ['an', 'bình', 'chi', 'dung', 'em'] as const
export type Person = (typeof PEOPLE)[number]

/** What happens to the rows of one person in some of the runs. */
export const DAMAGES = { erased: 'an', 'address lost': 'chi', 'key lost': 'dung', 'later format': 'em' } as const
export type Damage = keyof typeof DAMAGES

/** One message of a person or one click of a counsellor, delivered again until it is acknowledged. */
export interface Arrival {
  key: string
  person: Person
  at: number
  what: { type: 'message'; text: string } | { type: 'staff'; action: StaffAction }
  acknowledged: boolean
}

/** People, processes and a platform, with what went on between them. */
export interface World {
  stage: Stage
  /** The ground without any fault. */
  store: Store
  vault: Vault
  arrivals: Arrival[]
  processes: Process[]
  /** What failed although nothing was made to fail. */
  surprises: string[]
  damaged: Damage | null
  kills(): number
  contact(person: Person): string
  alive(): readonly Process[]
  /** A living process; one is started when none is. */
  someone(): Process
  begin(): void
  /** Hands an arrival to a process; whatever goes wrong, it stays unacknowledged and comes again. */
  deliver(process: Process, arrival: Arrival): void
  arrive(person: Person, what: Arrival['what']): Arrival
  /** Queues an unprompted message as a campaign would, in a turn of its own. */
  broadcast(person: Person): Promise<void>
  work(process: Process): void
  answerSlow(): void
  damage(what: Damage): Promise<void>
}

export function makeWorld(random: Random, ground: Ground): World {
  const processes: Process[] = []
  const arrivals: Arrival[] = []
  const surprises: string[] = []
  let killed = 0
  let serial = 0
  const stage: Stage = {
    random,
    clock: { now: MORNING },
    storeFaults: random.pick([0, 0.01, 0.05, 0.12]),
    channelFaults: random.pick([0, 0.1, 0.3, 0.5]),
    unpromptedHangs: false,
    calls: [],
    slow: [],
    faults: 0,
    busy: 0,
    moved: 0,
    kill,
  }
  const store = ground.connect()
  const vault = openVault(Buffer.alloc(32, 9), ground.keys, { alone: false })
  const contact = (person: Person) => vault.hashHandle('telegram', 'telegram', person)

  function kill(life: Life): void {
    if (life.over) return
    life.over = true
    killed += 1
    stage.faults += 1
    for (const call of stage.calls) if (call.by === life && !call.noted) call.causes.add('crash')
    stage.slow = stage.slow.filter((one) => one.life !== life)
  }
  const begin = (): void => void processes.push(startProcess(ground, stage, processes.length))
  const alive = () => processes.filter(({ life }) => !life.over)

  const world: World = {
    stage,
    store,
    vault,
    arrivals,
    processes,
    surprises,
    damaged: null,
    kills: () => killed,
    contact,
    alive,
    begin,
    someone() {
      if (alive().length > 0) return random.pick(alive())
      begin()
      // As Node does at a start, where one process writes: every lease is of the dead one.
      processes.at(-1)!.recover()
      return processes.at(-1)!
    },
    deliver({ app, life }, arrival) {
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
          const said = error instanceof Error ? error.stack : String(error)
          if (stage.faults === faults) surprises.push(`${key} ${what.type}: ${said}`)
        },
      )
    },
    arrive(person, what) {
      const arrival = { key: `k${++serial}`, person, at: stage.clock.now, what, acknowledged: false }
      arrivals.push(arrival)
      return arrival
    },
    async broadcast(person) {
      await rest(stage)
      const before = await load(store, contact(person))
      if (before.conversation.seq === 0 || before.unread) return
      const turn = turnOf(`b${++serial}`, before.conversation, {
        lane: 'unprompted',
        kind: 'broadcast',
        at: stage.clock.now,
      })
      const events = turn.events.filter((one) => one.type === 'message_queued')
      const kept = { events, address: before.address, activeAt: before.activeAt ?? 0, askedAt: before.askedAt }
      await commit(store, vault, { ...turn, ...kept, origin: null })
    },
    work({ app }) {
      void tick(app)
      void drain(app)
    },
    answerSlow() {
      for (const one of stage.slow.splice(0)) one.answer()
    },
    async damage(what) {
      await rest(stage)
      world.damaged = what
      const id = contact(DAMAGES[what])
      if (what === 'later format')
        await store.batch([{ sql: `update conversation set body = '{"format":9}' where contact = ?`, params: [id] }])
      if (what === 'address lost') await store.batch([{ sql: 'delete from address where contact = ?', params: [id] }])
      if (what !== 'key lost') return
      // What a living process remembers of a key would hide the loss.
      for (const { life } of processes) kill(life)
      await ground.keys.destroy(id, 'all')
    },
  }
  return world
}
