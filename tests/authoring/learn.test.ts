import { expect, it } from 'vitest'
import { type Lesson, learn, learnNet, readFeatures } from '../../src/authoring/learn.ts'
import { learnStack } from '../../src/authoring/learn-stack.ts'
import { features, NETS, type Seen } from '../../src/engine/learned/features.ts'
import { answers, fits, inputsOf, weightsOf } from '../../src/engine/learned/stack.ts'
import { unpack } from '../../src/engine/learned/vectors.ts'
import { oddsOf, weigh } from '../../src/engine/learned/weigh.ts'
import { syllables } from '../../src/engine/text.ts'

const seenOf = (text: string): Seen => ({ typed: syllables(text), concepts: ['drug'], level: 'none', reason: null })
const lessonOf = (text: string, danger: 0 | 1): Lesson => ({
  author: 'a',
  ways: [seenOf(text)],
  times: 1,
  truth: [danger, danger],
})
const dangers = ['nó uống thuốc rồi ngủ không dậy', 'em uống thuốc rồi nằm không dậy nổi', 'gọi mãi nó không dậy']
const quiet = ['em uống cà phê rồi đi làm', 'hôm nay nó dậy sớm đi học', 'gọi mãi mới được xe']
const lessons = Array.from({ length: 60 }, (_, i) =>
  i % 2 === 0 ? lessonOf(dangers[(i / 2) % 3]!, 1) : lessonOf(quiet[((i - 1) / 2) % 3]!, 0),
)
const learned = learn(['danger', 'emergency'], lessons)
const weights = weightsOf({ ...learned, bars: { danger: 0, both: 0, emergency: 0, short: 0 } })
const odds = (text: string) => oddsOf(weights, weigh(weights, seenOf(text)), 'danger')

it('the same lessons give the same nets', () => {
  expect(learn(['danger', 'emergency'], lessons)).toEqual(learned)
})

it('the nets whose answers teach the stack have not read the author of a line', () => {
  const of = (contrary: boolean) =>
    ['a', 'b', 'c'].flatMap((author) =>
      lessons.map(({ ways, truth }): Lesson => {
        const turned = contrary && author === 'b'
        return { author, ways, times: 1, truth: turned ? truth.map((side) => (side === 1 ? 0 : 1)) : truth }
      }),
    )
  const [one, other] = [of(false), of(true)].map((all) => learnNet(0, ['danger', 'emergency'], all, readFeatures(all)))
  expect(other!.without[1]).toEqual(one!.without[1])
  expect(other!.without[0]).not.toEqual(one!.without[0])
  expect(other!.whole).not.toEqual(one!.whole)
})

it('what is taught is heard, with marks and without', () => {
  for (const text of dangers) expect(odds(text)).toBeGreaterThan(odds(quiet[0]!))
})

it('a message is weighed by the features that its lesson had, net by net', () => {
  const { hidden, steps, above } = weights
  const { middle } = learned
  const [width, height] = [hidden.length / NETS.length, above.length / NETS.length]
  const vectors = learned.vectors.map(unpack)
  const held = NETS.map((_, net) => learned.features.flatMap(({ nets, names }) => (nets.includes(net) ? names : [])))
  const texts = [...dangers, ...quiet, 'không dậy không dậy không dậy', 'xyz abc gọi mãi xyz abc', '', quiet.join(' ')]
  for (const text of texts) {
    const seen = seenOf(text)
    const layer = weigh(weights, seen)
    for (const [net, { blind, strange }] of NETS.entries()) {
      const names = [...features(seen)].filter((name) => !name.startsWith(blind))
      const places = names.map((name) => held[net]!.indexOf(name)).filter((place) => place >= 0)
      const share = steps[net]! / Math.sqrt(Math.max(1, strange ? names.length : places.length))
      const first = Array.from({ length: width }, (_, i) => {
        const sum = places.reduce((sum, place) => sum + vectors[net]![place * width + i]!, 0)
        return Math.max(0, hidden[net * width + i]! + sum * share)
      })
      for (let j = 0; j < height; j++) {
        const sum = first.reduce(
          (sum, value, i) => sum + value * middle[net]![j * width + i]!,
          above[net * height + j]!,
        )
        expect(layer.top[net * height + j], `${text} ${net}`).toBeCloseTo(Math.max(0, sum), 6)
      }
    }
  }
})

it('the stack hears what only two inputs together tell, and each of its two questions apart', () => {
  let state = 1
  const draw = () => {
    state = (state * 48271) % 2147483647
    return state / 2147483647
  }
  const of = (a: 0 | 1, b: 0 | 1) => ({ inputs: Float64Array.of(a, b), truth: [a === b ? 0 : 1, a] as const, times: 1 })
  const all = [of(0, 0), of(0, 1), of(1, 0), of(1, 1)]
  const stack = learnStack(
    Array.from({ length: 20_000 }, (_, i) => all[i % 4]!),
    draw,
  )
  for (const { inputs, truth } of all) expect(answers(stack, inputs).map((odds) => (odds > 0 ? 1 : 0))).toEqual(truth)
})

it('a stack of another length than what it hears is refused', () => {
  const heard = inputsOf(weights, weigh(weights, seenOf('gọi mãi nó không dậy')), seenOf('gọi mãi nó không dậy'))
  const { stack, classes } = learned
  expect(answers(stack, heard).every(Number.isFinite)).toBe(true)
  expect(fits(stack, classes)).toBe(true)
  expect(fits({ ...stack, inner: stack.inner.map((row) => row.slice(1)) }, classes)).toBe(false)
  expect(fits({ ...stack, outer: stack.outer.map((row) => row.slice(1)) }, classes)).toBe(false)
})
