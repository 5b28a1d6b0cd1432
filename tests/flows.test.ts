import { describe, expect, test } from 'vitest'
import { walkableRoutes } from '../src/authoring/graph.ts'
import { load } from '../src/authoring/load.ts'
import { play } from '../src/authoring/play.ts'
import { printProblem } from '../src/authoring/problem.ts'
import { parseTranscript, printTranscript } from '../src/authoring/transcript.ts'
import { readAuthored, readTranscripts } from '../src/cli/files.ts'

const loaded = load(readAuthored())
if ('problems' in loaded) throw new Error(loaded.problems.map(printProblem).join('\n'))
const { book, data, directory } = loaded

const games = [...readTranscripts()].map(([path, text]) => {
  const transcript = parseTranscript(text)
  if ('message' in transcript) throw new Error(`${path}: line ${transcript.line}: ${transcript.message}`)
  return { path, transcript }
})

describe('golden conversations', () => {
  test.each(games.map(({ path, transcript }) => [transcript.title, path, transcript] as const))(
    '%s (%s)',
    (_title, _path, transcript) => {
      expect(printTranscript(play(transcript, book, directory).transcript)).toBe(printTranscript(transcript))
    },
  )

  test('have one promise each', () => {
    const titles = games.map(({ transcript }) => transcript.title)
    expect(new Set(titles).size).toBe(titles.length)
  })
})

describe('every way through a safety flow has a golden conversation', () => {
  const walked = new Set(games.flatMap(({ transcript }) => [...play(transcript, book, directory).routes]))
  const safety = data.flows.filter((flow) => flow.safety)
  test.each(safety.map((flow) => [flow.id, flow] as const))('%s', (id, flow) => {
    const missing = walkableRoutes(flow)
      .map(({ node, route }) => `${id}/${node}/${route}`)
      .filter((route) => !walked.has(route))
    expect(missing).toEqual([])
  })
})
