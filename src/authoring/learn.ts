import { features, NETS, type Seen } from '../engine/learned/features.ts'
import { inputsOf, type Learned } from '../engine/learned/stack.ts'
import { MOST, pack } from '../engine/learned/vectors.ts'
import { type LearnedNets, ready, weigh } from '../engine/learned/weigh.ts'
import { chance } from './chance.ts'
import { descend, type HeardLesson, type Net, TOP, type Truth, WIDTH } from './descend.ts'
import { learnStack } from './learn-stack.ts'

/** A written line, in the ways it may be typed, how many times it is heard, and the classes it belongs to. */
export interface Lesson {
  author: string
  ways: readonly Seen[]
  times: number
  truth: Truth
}

/** A feature of fewer lines than these is chance. */
const SHARED = 4
/** So many features stay, net by net: those that move the lessons furthest in a first net (as fastText.zip: Joulin and others 2016). */
const KEPT = [130_000, 100_000]
/** A first net needs fewer places to tell which features those are. */
const FIRST = 32
/** Where the drawing of the last nets begins: of three draws, the one that hears best the lines that measure (decision 035). */
const DRAWN = 50
/** Where the drawing of those for the stack begins. */
const DRAWN_APART = 30
/** In so many groups the authors are left out, one group after the other. */
const GROUPS = 3

/**
 * Nets with two layers over the sum of a vector for each feature (as fastText: Joulin and others 2016; a second layer as in
 * the deep averaging networks of Iyyer and others 2015; decision 034). What a message asks for is learnt with the same vectors
 * as the danger in it, which makes both better (decision 030). Each net sees other features and is learnt apart; they are heard
 * together (decision 032), and by a stack that learnt from their answers to strangers (decision 035). The order of the lessons
 * is drawn from a fixed seed: the same lines give the same file.
 */
export function learn(classes: readonly string[], lessons: readonly Lesson[]): Omit<Learned, 'bars'> {
  const read = readFeatures(lessons)
  return stacked(
    classes,
    lessons,
    read.names,
    NETS.map((_, i) => learnNet(i, classes, lessons, read)),
  )
}

/** A net that learnt from all lessons and, group by group, one that has not read the authors of the group. */
export interface LearntNet {
  whole: Net
  without: readonly Net[]
}

/** One of the nets, by its place in `NETS`: it takes minutes, so each may be learnt beside the others. */
export function learnNet(i: number, classes: readonly string[], lessons: readonly Lesson[], read: Read): LearntNet {
  const net = (kept: readonly number[], lessons: readonly Lesson[], seed: number, width?: number) =>
    descend(kept, classes, heardBy(kept, NETS[i]!, lessons, read), chance(seed), width)
  const shared = sharedOf(read, NETS[i]!.blind)
  const kept = strongest(read, shared, net(shared, lessons, i, FIRST).vectors, KEPT[i]!)
  return {
    whole: net(kept, lessons, DRAWN + i),
    without: Array.from({ length: GROUPS }, (_, group) => {
      const others = without(group, lessons)
      return net(heldBy(others, kept, read), others, DRAWN_APART + i)
    }),
  }
}

/** The nets as they are written, and the stack over them, learnt from what those that had not read an author say of the lines. */
export function stacked(
  classes: readonly string[],
  lessons: readonly Lesson[],
  names: readonly string[],
  nets: readonly LearntNet[],
): Omit<Learned, 'bars'> {
  const groups = groupsOf(lessons)
  const examples = Array.from({ length: GROUPS }, (_, group) => {
    const strangers = ready(
      written(
        classes,
        names,
        nets.map(({ without }) => without[group]!),
      ),
    )
    return lessons.flatMap(({ ways, times, truth: [danger, emergency] }, at) =>
      groups[at] !== group || danger == null || emergency == null
        ? []
        : ways.map((seen) => ({
            inputs: inputsOf(strangers, weigh(strangers, seen), seen),
            truth: [danger, emergency],
            times,
          })),
    )
  }).flat()
  return {
    ...written(
      classes,
      names,
      nets.map(({ whole }) => whole),
    ),
    stack: learnStack(examples, chance(DRAWN_APART)),
  }
}

/** The group of each lesson; an author is in one. */
function groupsOf(lessons: readonly Lesson[]): readonly number[] {
  const authors = [...new Set(lessons.map(({ author }) => author))]
  const group = new Map(authors.map((author, i) => [author, i % GROUPS]))
  return lessons.map(({ author }) => group.get(author)!)
}

/** The lessons with those of a group never heard. */
function without(group: number, lessons: readonly Lesson[]): readonly Lesson[] {
  const groups = groupsOf(lessons)
  return lessons.map((lesson, i) => (groups[i] === group ? { ...lesson, times: 0 } : lesson))
}

/** The features that some lesson which is heard holds. */
function heldBy(lessons: readonly Lesson[], kept: readonly number[], { names, ways }: Read): readonly number[] {
  const held = new Uint8Array(names.length)
  for (const [i, { times }] of lessons.entries())
    if (times > 0) for (const way of ways[i]!) for (const feature of way) held[feature] = 1
  return kept.filter((feature) => held[feature] === 1)
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
    (feature, i) => Math.sqrt(counts[feature]!) * Math.hypot(...vectors.subarray(i * FIRST, (i + 1) * FIRST)),
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
function written(classes: readonly string[], names: readonly string[], nets: readonly Net[]): LearnedNets {
  const steps = nets.map(({ vectors }) => vectors.map(Math.abs).sort()[Math.floor(vectors.length * 0.9999)]! / MOST)
  const sideOf = (k: number) => nets.flatMap(({ out }) => [...out.subarray(k * TOP, (k + 1) * TOP)])
  const groups = holdersOf(nets.map(({ kept }) => kept))
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
function holdersOf(
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
