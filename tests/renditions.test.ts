import { describe, expect, test } from 'vitest'
import { load } from '../src/authoring/load.ts'
import { printProblem } from '../src/authoring/problem.ts'
import { parseTranscript } from '../src/authoring/transcript.ts'
import { readAuthored, readTranscripts } from '../src/cli/files.ts'
import { byButton, byNumber, type Rendition, replay, stripMarks, walk, withoutMarks } from './renditions.ts'

const loaded = load(readAuthored())
if ('problems' in loaded) throw new Error(loaded.problems.map(printProblem).join('\n'))
const { book, data, directory } = loaded

const games = [...readTranscripts()].map(([path, text]) => {
  const transcript = parseTranscript(text)
  if ('message' in transcript) throw new Error(`${path}: line ${transcript.line}: ${transcript.message}`)
  return { path, transcript }
})

type Exception = [path: string, line: string, reason: string]

const TWO_WAIT = 'two questions wait: a bare number is asked back, a button says which one it answers'

const RENDITIONS: readonly [name: string, rendition: Rendition, exceptions: readonly Exception[]][] = [
  [
    'typed without marks',
    withoutMarks,
    [
      [
        'flows/dung/hai-lan.transcript',
        '> dừng',
        'as the first word of all “dung” is asked back, and who confirms it is stopped without being introduced to the service',
      ],
      [
        'flows/muc-luc/me-hoi-cho-con.transcript',
        '> cô muốn hỏi cho con trai',
        '“co” is more often có than cô: no pronoun is guessed',
      ],
    ],
  ],
  [
    'answered by the numbers of a channel without buttons',
    byNumber,
    [
      [
        'flows/buoi/doi-va-huy.transcript',
        '>> 1',
        'an old button still names its meeting; a number names only what waits now',
      ],
    ],
  ],
  [
    'pressed where a number was typed',
    byButton,
    [
      ['flows/lich-nao/hai-lich-cung-cho.transcript', '> 1', TWO_WAIT],
      ['flows/lich-nao/noi-chuyen.transcript', '> 3', TWO_WAIT],
    ],
  ],
]

describe.each(RENDITIONS)('every golden conversation, %s,', (_name, rendition, exceptions) => {
  const linesOf = (path: string) => exceptions.flatMap(([where, line]) => (where === path ? [line] : []))

  test.each(games.map(({ path, transcript }) => [path, transcript] as const))(
    'leads to the same words and happenings: %s',
    (path, transcript) => {
      expect(replay(transcript, rendition, book, directory, linesOf(path)).parting).toBeNull()
    },
  )

  test.each(exceptions)('parts only where it must: %s “%s” (%s)', (path, line) => {
    const { transcript } = games.find((game) => game.path === path)!
    const others = linesOf(path).filter((one) => one !== line)
    expect(replay(transcript, rendition, book, directory, others).parting?.line).toBe(line)
  })

  test('is really another way: many of its lines differ', () => {
    const changed = games.map(
      ({ path, transcript }) => replay(transcript, rendition, book, directory, linesOf(path)).changed,
    )
    expect(changed.reduce((sum, one) => sum + one, 0)).toBeGreaterThan(60)
  })
})

test('without marks only “dừng” is asked back before it is done: “dung” may be dùng or đúng as well', () => {
  const asked = games.flatMap(({ transcript }) => replay(transcript, withoutMarks, book, directory).askedBack)
  expect([...new Set(asked)]).toEqual(['> dừng'])
})

test('the numbers and buttons of a question are never asked back', () => {
  for (const rendition of [byNumber, byButton])
    expect(games.flatMap(({ transcript }) => replay(transcript, rendition, book, directory).askedBack)).toEqual([])
})

describe('every flow', () => {
  const walks = games.map(({ path, transcript }) => ({ path, ...walk(transcript, book, directory) }))

  test.each(data.flows.map(({ id }) => [id] as const))('%s is walked by a golden conversation', (id) => {
    expect(walks.some(({ walked }) => walked.has(id))).toBe(true)
  })

  const offering = data.flows.filter(({ nodes }) =>
    Object.values(nodes).some((node) => node.type === 'ask' && node.choices.length > 0),
  )
  test.each(offering.map(({ id }) => [id] as const))(
    '%s has one in which a choice of it is taken, so it is played with buttons and without',
    (id) => {
      expect(walks.some(({ chosen }) => chosen.has(id))).toBe(true)
    },
  )

  test.each(data.flows.map(({ id }) => [id] as const))('%s is come to by words that have marks', (id) => {
    const marked = walks.filter(
      ({ walked, words }) => walked.has(id) && words.some((text) => stripMarks(text) !== text),
    )
    expect(marked.length).toBeGreaterThan(0)
  })
})
