import { type Figure, figure, goal, short, spread, table } from './figures.ts'
import { runJson } from './process.ts'

const ENGINES = [
  'ours-small.ts',
  'ours-real.ts',
  'floip.mjs',
  'xstate.mjs',
  'grammy-session.mjs',
  'grammy-conversations.mjs',
  'rivescript-small.mjs',
  'rivescript-500.mjs',
] as const

export interface EngineResult {
  engines: { file: string; name: string; package: string | null; note: string; rate: Figure | null; problem: string }[]
}

interface Measured {
  name: string
  package: string | null
  note: string
  turnsPerSecond: number
}

/** Every engine in a process of its own, one after the other, round after round. */
export async function measureEngines(rounds: number, ms: number): Promise<EngineResult> {
  const found = new Map<string, Measured[]>()
  const problems = new Map<string, string>()
  for (let round = 0; round < rounds; round++) {
    for (const file of ENGINES) {
      if (problems.has(file)) continue
      try {
        const one = await runJson<Measured>(['bench/engine/measure.mjs', `./${file}`, String(ms)])
        found.set(file, [...(found.get(file) ?? []), one])
      } catch (error) {
        problems.set(file, String(error).split('\n').slice(0, 3).join(' '))
      }
    }
    console.error(`engine: round ${round + 1} of ${rounds}`)
  }
  return {
    engines: ENGINES.map((file) => {
      const runs = found.get(file) ?? []
      const problem = problems.get(file) ?? ''
      const rate = problem === '' ? figure(runs.map((one) => one.turnsPerSecond)) : null
      return {
        file,
        name: runs[0]?.name ?? file,
        package: runs[0]?.package ?? null,
        note: runs[0]?.note ?? '',
        rate,
        problem,
      }
    }),
  }
}

export function showEngines({ engines }: EngineResult): string {
  const rateOf = (file: string) => engines.find((one) => one.file === file)?.rate?.median ?? 0
  const [ours, real, floip] = [rateOf('ours-small.ts'), rateOf('ours-real.ts'), rateOf('floip.mjs')]
  const rows = engines.map(({ name, rate, note, problem }) => [
    name,
    rate ? spread(rate) : 'did not run',
    rate ? `${short(ours / rate.median)}×` : '',
    rate ? note : problem,
  ])
  return [
    'A conversation of three turns (start, answer, answer). After each turn the state becomes JSON text and the next turn',
    'starts from that text alone; the answer is put into words; nothing is stored or sent. One process each, one core.',
    'Before it is measured each engine must say the expected last line.',
    '',
    table(['engine', 'turns/s, median (spread)', 'ours, these questions only, is', 'note'], rows),
    '',
    `- ${goal('≥ 50,000 turns/s', ours >= 50_000)} (${short(ours)}).`,
    `- ${goal('more than ten times FLOIP flow-runner', ours > 10 * floip)} (${short(ours / floip)}×).`,
    `- The real book is ${short(ours / real)} times slower than the two questions: each message is read against every`,
    '  emergency phrase, then every verb, then as an answer, then every ordinary phrase and the topics, and its words are',
    '  longer. That order is the policy and no index of phrases stands in its way; the answers of this conversation cost',
    `  ${short(1_000_000 / Math.max(real, 1))} µs each, a small part of a durable turn (below).`,
    '- RiveScript is shown twice, since it reads a message against its triggers in order and these stand before others.',
  ].join('\n')
}
