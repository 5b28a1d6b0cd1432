import { type Figure, figure, goal, short, spread, table, whole } from './figures.ts'
import { runJson } from './process.ts'

export type Scale = 'quick' | 'default' | 'full'

/** One database of a certain size, and what a turn, a due scan and a claim cost on it. */
export interface Size {
  contacts: number
  messages: number
  timers: number
  fillSeconds: number
  bytes: number
  turnMicros: Figure
  dueScanMicros: Figure
  claimMillis: Figure
  bytesPerContact: number
  bytesPerMessage: number
}

export interface GrowthResult {
  sizes: Size[]
}

const SCALES: Readonly<Record<Scale, readonly (readonly [contacts: number, messages: number, timers: number])[]>> = {
  quick: [
    [1_000, 10_000, 10_000],
    [20_000, 100_000, 100_000],
  ],
  default: [
    [1_000, 10_000, 3_000],
    [100_000, 1_000_000, 300_000],
    [1_000_000, 2_000_000, 3_000_000],
  ],
  full: [
    [1_000, 10_000, 3_000],
    [100_000, 1_000_000, 300_000],
    [1_000_000, 10_000_000, 3_000_000],
  ],
}

/** `BENCH_GROWTH=contacts:messages:timers,…` takes the place of the built-in sizes. */
function sizesOf(scale: Scale): readonly (readonly [number, number, number])[] {
  const wished = process.env.BENCH_GROWTH
  if (!wished) return SCALES[scale]
  return wished.split(',').map((one) => one.split(':').map(Number) as [number, number, number])
}

export async function measureGrowth(scale: Scale): Promise<GrowthResult> {
  const sizes: Size[] = []
  for (const [contacts, messages, timers] of sizesOf(scale)) {
    const args = ['bench/growth/size.ts', String(contacts), String(messages), String(timers)]
    const one = await runJson<Omit<Size, 'turnMicros' | 'dueScanMicros' | 'claimMillis'> & Raw>(args)
    const { turns, scans, claims, ...rest } = one
    sizes.push({ ...rest, turnMicros: figure(turns), dueScanMicros: figure(scans), claimMillis: figure(claims) })
    console.error(`growth: ${whole(contacts)} contacts, filled in ${rest.fillSeconds} s`)
  }
  return { sizes }
}

interface Raw {
  turns: number[]
  scans: number[]
  claims: number[]
}

export function showGrowth({ sizes }: GrowthResult): string {
  const [first, last] = [sizes[0]!, sizes.at(-1)!]
  const ratio = last.turnMicros.median / first.turnMicros.median
  const rows = sizes.map((one) => [
    whole(one.contacts),
    whole(one.messages),
    whole(one.timers),
    `${short(one.bytes / 1e6)} MB`,
    spread(one.turnMicros, short),
    spread(one.dueScanMicros, short),
    spread(one.claimMillis, short),
    whole(one.bytesPerContact),
    whole(one.bytesPerMessage),
  ])
  return [
    'Rows are written by SQL in the shape of our own, with random ids as HMACs have. A turn is `receive` on the real book:',
    'load, decide, seal, commit, alone at `synchronous=FULL` (its sending is not in it), by a random person of the whole',
    'set. Bytes are those of the table and its indexes; a message is one row of sealed words, a contact its conversation and',
    'address. `BENCH_GROWTH=contacts:messages:timers,…` sets other sizes.',
    '',
    table(
      [
        'contacts',
        'messages',
        'timers',
        'file',
        'turn µs',
        'due scan µs',
        'claim of 50, ms',
        'bytes a contact',
        'bytes a message',
      ],
      rows,
    ),
    '',
    `- ${goal('turn cost grows ≤ 1.3×', ratio <= 1.3)} (${short(ratio)}× from ${whole(first.contacts)} to ${whole(last.contacts)} contacts).`,
    `- ${goal('due scan ≤ 100 µs', last.dueScanMicros.median <= 100)} (${short(last.dueScanMicros.median)} µs with ${whole(last.timers)} timers).`,
    `- ${goal('claim of 50 ≤ 2 ms', last.claimMillis.median <= 2)} (${short(last.claimMillis.median)} ms).`,
  ].join('\n')
}
