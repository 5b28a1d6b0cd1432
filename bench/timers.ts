import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { type Figure, figure, goal, short, spread, table, whole } from './figures.ts'
import { runJson } from './process.ts'

export interface TimerRound {
  due: number
  seconds: number
  /** A message to as many people: milliseconds to count them, to let it go, seconds until all are queued. */
  counted: number
  begun: number
  queuedIn: number
  people: number
  rate: number
  messages: number
  p50: number
  p95: number
}

export interface Timers {
  due: number
  perSecond: Figure
  seconds: Figure
  counted: Figure
  begun: Figure
  queuedIn: Figure
  people: number
  rate: number
  p50: Figure
  p95: Figure
}

export async function measureTimers(rounds: number, due: number): Promise<Timers> {
  const all: TimerRound[] = []
  for (let i = 0; i < rounds; i++) {
    const folder = mkdtempSync(join(tmpdir(), 'timers-'))
    all.push(await runJson(['bench/timers/run.ts', folder, String(due), '1000', '200']))
    rmSync(folder, { recursive: true, force: true })
  }
  return {
    due,
    people: all[0]!.people,
    rate: all[0]!.rate,
    perSecond: figure(all.map((one) => one.due / one.seconds)),
    seconds: figure(all.map((one) => one.seconds)),
    counted: figure(all.map((one) => one.counted)),
    begun: figure(all.map((one) => one.begun)),
    queuedIn: figure(all.map((one) => one.queuedIn)),
    p50: figure(all.map((one) => one.p50)),
    p95: figure(all.map((one) => one.p95)),
  }
}

export function showTimers({
  due,
  people,
  rate,
  perSecond,
  seconds,
  counted,
  begun,
  queuedIn,
  p50,
  p95,
}: Timers): string {
  return [
    `First ${whole(due)} reminders that fell due at once, as after an outage: until each was decided through the one door and`,
    `queued (platforms set the pace of sending). Then ${whole(people)} reminders that fall due over ten seconds, while people write`,
    `${whole(rate)} messages a second: how long after its moment each left. The service ticks once a second.`,
    '',
    table(
      ['', 'median (spread)'],
      [
        ['due reminders drained, a second', spread(perSecond)],
        ['all of them, s', spread(seconds)],
        [`a message to ${whole(due)} people: counted with who is left out, ms`, spread(counted)],
        ['… let go by one statement, ms', spread(begun)],
        ['… decided for each and queued, s', spread(queuedIn)],
        ['late, half of them at most, ms', spread(p50)],
        ['late, 95 of 100 at most, ms', spread(p95)],
      ],
    ),
    '',
    `- ${goal('95 of 100 leave within five seconds', p95.median <= 5_000)} (${short(p95.median)} ms).`,
  ].join('\n')
}
