import { vi } from 'vitest'
import type { StaffAction } from '../../src/engine/conversation.ts'
import { POISON } from './fault-book.ts'
import { randomFrom } from './random.ts'
import { type Ground, moveClock, rest } from './stage.ts'
import { type Arrival, DAMAGES, type Damage, makeWorld, PEOPLE, type Person, type World } from './world.ts'

const MINUTE = 60_000
const ENOUGH_ROUNDS = 60

/** All that is known after a run, before anything is asserted. */
export interface Run {
  world: World
  /** Texts that were in flight together, sent to one process, and all taken in without a fault. */
  bursts: readonly (readonly string[])[]
  /** Rounds of calm it took until nothing waited. */
  rounds: number
  /** Did answers go out while unprompted messages hung. */
  answersWaited: boolean
}

/** One random run from an empty ground to rest: chances first, then calm until nothing waits any more. */
export async function randomRun(seed: number, ground: Ground, steps: number): Promise<Run> {
  const random = randomFrom(seed)
  const jitter = vi.spyOn(Math, 'random').mockImplementation(random.next)
  try {
    const world = makeWorld(random, ground)
    const bursts: string[][] = []
    const width = random.pick([1, 1, 2])
    const fate = random.pick<Damage | null>([null, null, ...(Object.keys(DAMAGES) as Damage[])])
    for (let i = 0; i < steps; i++) {
      await step(world, bursts, width, fate)
      if (random.chance(0.6)) await rest(world.stage)
      if (fate !== null && i === Math.floor(steps / 2)) await world.damage(fate)
    }
    const rounds = await calmDown(world)
    const answersWaited = await hangUnprompted(world)
    return { world, bursts, rounds: rounds + (await calmDown(world)), answersWaited }
  } finally {
    jitter.mockRestore()
  }
}

async function step(world: World, bursts: string[][], width: number, fate: Damage | null): Promise<void> {
  const { stage, arrivals, processes } = world
  const { random } = stage
  const dice = random.next()
  if (dice < 0.3) await writeTogether(world, fate)
  else if (dice < 0.4) await threeInFlight(world, bursts)
  else if (dice < 0.52) click(world)
  else if (dice < 0.57) await world.broadcast(random.pick(PEOPLE))
  else if (dice < 0.68) world.work(world.someone())
  else if (dice < 0.74) await advance(world, random.below(20_000))
  else if (dice < 0.78) await advance(world, random.pick([70_000, 11 * MINUTE, 2 * 60 * MINUTE]))
  else if (dice < 0.81) await advance(world, -random.below(30 * MINUTE))
  else if (dice < 0.87) world.answerSlow()
  else if (dice < 0.9 && processes.length > 0) stage.kill(random.pick(processes).life)
  else if (dice < 0.94 && world.alive().length < width) world.begin()
  else if (arrivals.length > 0) {
    // Platforms deliver again what was acknowledged too.
    const waiting = arrivals.filter(({ acknowledged }) => !acknowledged)
    world.deliver(world.someone(), random.pick(waiting.length > 0 && random.chance(0.8) ? waiting : arrivals))
  }
}

/** Without a fault nothing may fail, whoever's words are poison. */
async function writeTogether(world: World, fate: Damage | null): Promise<void> {
  const { stage } = world
  const { random } = stage
  const process = world.someone()
  const faults = stage.faults
  const one = random.pick(PEOPLE)
  const writers: readonly Person[] = random.chance(0.7) ? [one, one, one].slice(random.below(3)) : PEOPLE
  const sent = writers.map((person) => message(world, person, fate))
  for (const arrival of sent) world.deliver(random.chance(0.2) ? world.someone() : process, arrival)
  if (random.chance(0.3)) return
  await rest(stage)
  if (stage.faults !== faults) return
  for (const { key, acknowledged } of sent) if (!acknowledged) world.surprises.push(`${key} was not taken in`)
}

const WHOLE = ['cho mình', 'gặp người', 'gặp người', 'gọi lại cho tôi']
const BEGUN = ['chào', 'chào', 'tôi muốn chết', POISON]

function message({ stage, arrive, arrivals }: World, person: Person, fate: Damage | null): Arrival {
  const { random } = stage
  const erases = fate === 'erased' && person === DAMAGES.erased && random.chance(0.5)
  const whole = random.pick(erases ? ['xoá', 'có'] : WHOLE)
  const text = erases || random.chance(0.5) ? whole : `${random.pick(BEGUN)} ${arrivals.length}`
  return arrive(person, { type: 'message', text })
}

async function threeInFlight(world: World, bursts: string[][]): Promise<void> {
  const { stage, arrivals } = world
  await rest(stage)
  const process = world.someone()
  const faults = stage.faults
  const person = stage.random.pick(PEOPLE)
  const texts = [1, 2, 3].map((i) => `ba tin ${arrivals.length}.${i}`)
  for (const text of texts) world.deliver(process, world.arrive(person, { type: 'message', text }))
  await rest(stage)
  if (stage.faults === faults) bursts.push(texts)
}

function click(world: World): void {
  const { random } = world.stage
  const person = random.pick(PEOPLE)
  // A click on what cannot be read fails on purpose.
  if (person === DAMAGES['later format']) return
  const action = random.pick<StaffAction>([
    { type: 'take' },
    { type: 'reply', text: `Chị đây ${world.arrivals.length}.` },
    { type: 'reply', text: `Chị nghe em ${world.arrivals.length}.` },
    { type: 'hand_back' },
    { type: 'close' },
  ])
  world.deliver(world.someone(), world.arrive(person, { type: 'staff', action }))
}

async function advance({ stage }: World, milliseconds: number): Promise<void> {
  await rest(stage)
  moveClock(stage, milliseconds)
}

/** From now on nothing fails: how many rounds until nothing waits. */
async function calmDown(world: World): Promise<number> {
  const { stage } = world
  await rest(stage)
  stage.storeFaults = 0
  stage.channelFaults = 0
  stage.unpromptedHangs = false
  for (let round = 0; round < ENOUGH_ROUNDS; round++) {
    if (!(await waits(world))) return round
    moveClock(stage, 5 * MINUTE)
    const living = world.someone()
    world.answerSlow()
    for (const one of world.arrivals) if (!one.acknowledged) world.deliver(living, one)
    await rest(stage)
    for (const process of world.alive()) world.work(process)
    await rest(stage)
  }
  return ENOUGH_ROUNDS
}

/** Does anything still wait that nobody holds back on purpose. */
async function waits({ store, arrivals }: World): Promise<boolean> {
  if (arrivals.some(({ acknowledged }) => !acknowledged)) return true
  const unsettled = "state = 'leased' or (state = 'queued' and lane < 2)"
  return (await store.read(counting(unsettled)))[0]! > 0
}

/** Does any answer wait although it is due. */
async function answersWait({ store, stage }: World): Promise<boolean> {
  const due = `lane < 2 and (state = 'leased' or (state = 'queued' and due_at <= ${stage.clock.now}))`
  return (await store.read(counting(due)))[0]! > 0
}

const counting = (condition: string) => ({
  sql: `select count(*) from outbox where ${condition}`,
  params: [],
  decode: ([count]: readonly unknown[]) => Number(count),
})

/** An unprompted message for everybody hangs at the platform or waits for its hour: do the answers wait with it? */
async function hangUnprompted(world: World): Promise<boolean> {
  const { stage } = world
  const process = world.someone()
  stage.unpromptedHangs = true
  for (const person of PEOPLE) await world.broadcast(person)
  world.work(process)
  await rest(stage)
  for (const person of PEOPLE)
    for (const text of ['tôi muốn chết', 'cho mình']) {
      world.deliver(process, world.arrive(person, { type: 'message', text: `${text} ${world.arrivals.length}` }))
    }
  await rest(stage)
  return answersWait(world)
}
