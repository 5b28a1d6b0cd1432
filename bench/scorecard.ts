import { table } from './figures.ts'
import { runJson } from './process.ts'
import { SCENARIOS, type Verdict } from './scorecard/verdict.ts'

const PLAYERS = [
  { name: 'Đồng Hành', args: ['bench/scorecard/ours.ts'] },
  { name: 'grammY + session', args: ['bench/scorecard/grammy.mjs', 'session'] },
  { name: 'grammY conversations', args: ['bench/scorecard/grammy.mjs', 'conversations'] },
  { name: 'FLOIP flow-runner', args: ['bench/scorecard/floip.mjs'] },
] as const

export type ScoreResult = { name: string; verdicts: Record<string, Verdict>; problem: string }[]

/** The same twelve scenarios, each a small program against each player; what is shown is what was seen. */
export async function keepScore(): Promise<ScoreResult> {
  const result: ScoreResult = []
  for (const { name, args } of PLAYERS) {
    try {
      result.push({ name, verdicts: await runJson<Record<string, Verdict>>(args), problem: '' })
    } catch (error) {
      result.push({ name, verdicts: {}, problem: String(error).split('\n').slice(0, 3).join(' ') })
    }
    console.error(`scorecard: ${name}`)
  }
  return result
}

const SIGNS = { pass: 'pass', fail: '**fail**', none: '–' } as const

export function showScore(players: ScoreResult): string {
  const rows = SCENARIOS.map(([id, what]) => [
    what,
    ...players.map(({ verdicts, problem }) => {
      const verdict = verdicts[id]
      if (!verdict) return problem === '' ? '' : `did not run: ${problem.slice(0, 120)}`
      return `${SIGNS[verdict.result]}: ${verdict.why.replaceAll('|', '/').replaceAll('\n', ' ')}`
    }),
  ])
  const score = (of: Record<string, Verdict>, result: Verdict['result']) =>
    Object.values(of).filter((one) => one.result === result).length
  const totals = players.map(({ verdicts }) => `${score(verdicts, 'pass')} pass, ${score(verdicts, 'fail')} fail`)
  return [
    'A pass or a fail comes from a program that ran (`bench/scorecard/`), save the two of ours that say “not built yet”:',
    'those are entered by hand. “–” is not applicable and entered by hand too. FLOIP keeps the flow inside its stored',
    'context, so its changed-flow row only shows that the stored one goes on. For grammY a refusal reaches the handler as',
    'an exception of the network layer; the programs look at what the person hears, not at how it is classed. The peers',
    'run as they come, with a storage that takes two milliseconds; a host could add what they leave to it.',
    '',
    table(['scenario', ...players.map(({ name }) => name)], [...rows, ['total', ...totals]]),
  ].join('\n')
}
