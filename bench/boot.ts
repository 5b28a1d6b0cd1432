import { type Figure, figure, goal, short, spread, table, whole } from './figures.ts'
import { runJson } from './process.ts'

/** The real service as `npm start` runs it: how soon it answers, and how much memory it holds. */
export interface Boot {
  startMillis: Figure
  restMegabytes: Figure
  loadMegabytes: Figure
}

export async function measureBoot(rounds: number): Promise<Boot> {
  const runs: { start: number; rest: number; load: number }[] = []
  for (let i = 0; i < rounds; i++) runs.push(await runJson(['bench/boot/run.ts']))
  return {
    startMillis: figure(runs.map((one) => one.start)),
    restMegabytes: figure(runs.map((one) => one.rest)),
    loadMegabytes: figure(runs.map((one) => one.load)),
  }
}

export function showBoot({ startMillis, restMegabytes, loadMegabytes }: Boot): string {
  return [
    'The second start on an existing database, with the options of `npm start`; memory is resident, four seconds after the',
    'start and at the end of a closed loop over 32 connections.',
    '',
    table(
      ['', 'median (spread)'],
      [
        ['start to `/healthz`, ms', spread(startMillis)],
        ['memory at rest, MB', spread(restMegabytes)],
        ['memory under load, MB', spread(loadMegabytes)],
      ],
    ),
    '',
    `- ${goal('start to /healthz ≤ 1.5 s', startMillis.median <= 1_500)} (${short(startMillis.median)} ms).`,
    `- ${goal('memory at rest ≤ 120 MB', restMegabytes.median <= 120)} (${whole(restMegabytes.median)} MB).`,
    `- ${goal('memory under load ≤ 250 MB', loadMegabytes.median <= 250)} (${whole(loadMegabytes.median)} MB).`,
  ].join('\n')
}
