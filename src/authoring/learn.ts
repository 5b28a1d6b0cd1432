import { features, NETS, type Seen } from '../engine/learned/features.ts'
import { MOST, pack } from '../engine/learned/vectors.ts'
import type { Learned } from '../engine/learned/weigh.ts'
import { descend, type HeardLesson, type Net, TOP, WIDTH } from './descend.ts'

/** A written line, in the ways it may be typed, how many times it is heard, and the classes it belongs to. */
export interface Lesson {
  ways: readonly Seen[]
  times: number
  /** Class by class: 1 it belongs, 0 it does not, null it says nothing about it. */
  truth: readonly (0 | 1 | null)[]
}

/** A feature of fewer lines than these is chance. */
const SHARED = 4
/** So many features stay, net by net: those that move the lessons furthest in a first net (as fastText.zip: Joulin and others 2016). */
const KEPT = [130_000, 100_000]
/** Where the drawing of the last nets begins: among a few draws, those that hear best the lines that measure (decision 034). */
const DRAWN = 30

/**
 * Nets with two layers over the sum of a vector for each feature (as fastText: Joulin and others 2016; a second layer as in
 * the deep averaging networks of Iyyer and others 2015; decision 034). What a message asks for is learnt with the same vectors
 * as the danger in it, which makes both better (decision 030). Each net sees other features and is learnt apart; they are heard
 * together (decision 032). The order of the lessons is drawn from a fixed seed: the same lines give the same nets.
 */
export function learn(classes: readonly string[], lessons: readonly Lesson[]): Omit<Learned, 'bars'> {
  const read = readFeatures(lessons)
  return written(
    classes,
    read.names,
    NETS.map((_, i) => learnNet(i, classes, lessons, read)),
  )
}

/** One of the nets, by its place in `NETS`: it takes minutes, so each may be learnt beside the others. */
export function learnNet(i: number, classes: readonly string[], lessons: readonly Lesson[], read: Read): Net {
  const { blind, strange } = NETS[i]!
  const net = (kept: readonly number[], seed: number) =>
    descend(kept, classes, heardBy(kept, { blind, strange }, lessons, read), chance(seed))
  const shared = sharedOf(read, blind)
  return net(strongest(read, shared, net(shared, i).vectors, KEPT[i]!), DRAWN + i)
}

/** The features of all lessons by number: as text they would fill the memory. */
export interface Read {
  names: readonly string[]
  /** How many lines hold each. */
  counts: readonly number[]
  /** Lesson by lesson, way by way. */
  ways: readonly (readonly Int32Array[])[]
}

export function readFeatures(lessons: readonly Lesson[]): Read {
  const places = new Map<string, number>()
  const counts: number[] = []
  const numberOf = (name: string): number => {
    const known = places.get(name)
    if (known !== undefined) return known
    places.set(name, places.size)
    return counts.push(0) - 1
  }
  const ways = lessons.map(({ ways }) => ways.map((way) => Int32Array.from([...features(way)].map(numberOf))))
  for (const all of ways) for (const feature of new Set(all.flatMap((way) => [...way]))) counts[feature]!++
  return { names: [...places.keys()], counts, ways }
}

/** Each lesson as the places of its features among those that stay, as many times as it is heard. */
function heardBy(
  kept: readonly number[],
  { blind, strange }: { blind: string; strange: boolean },
  lessons: readonly Lesson[],
  { names, ways }: Read,
): readonly HeardLesson[] {
  const places = new Int32Array(names.length).fill(-1)
  for (const [place, feature] of kept.entries()) places[feature] = place
  const sees = (feature: number) => !names[feature]!.startsWith(blind)
  return lessons.flatMap(({ times, truth }, i) => {
    const heard = ways[i]!.map((way) => {
      const features = [...way].map((feature) => places[feature]!).filter((place) => place >= 0)
      return { truth, features, size: strange ? way.filter(sees).length : null }
    })
    return Array.from({ length: times }, () => heard).flat()
  })
}

/** The features whose vectors are long and that many lines hold. */
function strongest(
  { counts }: Read,
  shared: readonly number[],
  vectors: Float32Array,
  most: number,
): readonly number[] {
  const strengths = shared.map(
    (feature, i) => Math.sqrt(counts[feature]!) * Math.hypot(...vectors.subarray(i * WIDTH, (i + 1) * WIDTH)),
  )
  const least = [...strengths].sort((a, b) => b - a)[most - 1] ?? 0
  return shared.filter((_, i) => strengths[i]! >= least)
}

/** The features that enough lines share and the net looks at, by name. */
function sharedOf({ names, counts }: Read, blind: string): readonly number[] {
  return [...names.keys()]
    .filter((feature) => counts[feature]! >= SHARED && !names[feature]!.startsWith(blind))
    .sort((a, b) => (names[a]! < names[b]! ? -1 : 1))
}

/** A vector needs only fifteen steps a place: on lines never seen that hears as well as the whole number (decision 030). */
export function written(
  classes: readonly string[],
  names: readonly string[],
  nets: readonly Net[],
): Omit<Learned, 'bars'> {
  const steps = nets.map(({ vectors }) => vectors.map(Math.abs).sort()[Math.floor(vectors.length * 0.9999)]! / MOST)
  const sideOf = (k: number) => nets.flatMap(({ out }) => [...out.subarray(k * TOP, (k + 1) * TOP)])
  const groups = groupsOf(nets.map(({ kept }) => kept))
  return {
    classes,
    steps: steps.map(round),
    hidden: nets.flatMap(({ hidden }) => [...hidden].map(round)),
    middle: nets.map(({ middle }) => [...middle].map(round)),
    above: nets.flatMap(({ above }) => [...above].map(round)),
    out: classes.map((_, k) => sideOf(k).map((weight) => round(weight / nets.length))),
    before: classes.map((_, k) => round(nets.reduce((sum, { before }) => sum + before[k]!, 0) / nets.length)),
    features: groups.map(({ nets, kept }) => ({ nets, names: kept.map((feature) => names[feature]!) })),
    vectors: nets.map(({ kept, vectors }, net) => {
      const places = new Map(kept.map((feature, place) => [feature, place]))
      const order = groups.flatMap((group) => (group.nets.includes(net) ? group.kept : []))
      const values = new Float32Array(vectors.length)
      for (const [i, feature] of order.entries())
        for (let j = 0, from = places.get(feature)! * WIDTH; j < WIDTH; j++)
          values[i * WIDTH + j] = Math.round(vectors[from + j]! / steps[net]!)
      return pack(values)
    }),
  }
}

/** The features by which nets hold them, in the order of their names. */
function groupsOf(
  kepts: readonly (readonly number[])[],
): readonly { nets: readonly number[]; kept: readonly number[] }[] {
  const holders = new Map<number, number[]>()
  for (const [net, kept] of kepts.entries())
    for (const feature of kept) holders.set(feature, [...(holders.get(feature) ?? []), net])
  const groups = new Map<string, { nets: readonly number[]; kept: number[] }>()
  for (const [feature, nets] of holders) {
    const group = groups.get(nets.join()) ?? { nets, kept: [] }
    groups.set(nets.join(), group)
    group.kept.push(feature)
  }
  return [...groups.values()]
}

const round = (value: number) => Number(value.toPrecision(5))

/** Numbers from 0 to 1 that look drawn and are the same every time (a linear congruential generator). */
function chance(seed: number): () => number {
  let state = 20261125 + seed
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 2 ** 32
  }
}
