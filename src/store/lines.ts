import { and, asc, desc, eq, gt, inArray } from 'drizzle-orm'
import type { Id, Instant } from '../engine/content.ts'
import { build, p, select } from './query.ts'
import { words } from './schema.ts'
import type { Vault } from './seal.ts'
import type { Store } from './store.ts'

/** One line of a conversation as its reader saw it. `n` only grows. */
export interface Line {
  n: number
  from: 'you' | 'bot' | 'human'
  text: string
  choices: readonly { data: string; label: string }[]
  /** The id of a recording that is this line. */
  recording: Id | null
  /** The id of a point's greeting that is this line. */
  greeting: Id | null
  /** The id of a text's recording that is this line. */
  spoken: Id | null
  at: Instant
}

/** What is the person's alone (`own`, `own_bot`) stands in their own chat and in no list for staff. */
const shown = inArray(words.kind, ['you', 'bot', 'human', 'own', 'own_bot'])
const FROM: Readonly<Record<string, Line['from']>> = { own: 'you', own_bot: 'bot' }
const columns = { n: words.n, id: words.id, kind: words.kind, sealed: words.sealed, at: words.at }
const after = select(
  build
    .select(columns)
    .from(words)
    .where(and(eq(words.contact, p('contact') as never), gt(words.n, p('after') as never), shown))
    .orderBy(asc(words.n))
    .limit(p('limit') as never),
)
const newest = select(
  build
    .select(columns)
    .from(words)
    .where(and(eq(words.contact, p('contact') as never), shown))
    .orderBy(desc(words.n))
    .limit(p('limit') as never),
)
const one = select(
  build
    .select({ sealed: words.sealed })
    .from(words)
    .where(eq(words.id, p('id') as never)),
)

async function open(
  vault: Vault,
  rows: readonly { n: number; id: string; kind: string; sealed: Uint8Array; at: number }[],
) {
  const lines: Line[] = []
  for (const row of rows) {
    const text = await vault.open(`words:${row.id}`, row.sealed)
    if (text === null) continue
    const payload = JSON.parse(text) as {
      text: string
      choices?: Line['choices']
      recording?: Id
      greeting?: Id
      spoken?: Id
    }
    lines.push({
      n: row.n,
      from: FROM[row.kind] ?? (row.kind as Line['from']),
      text: payload.text,
      choices: payload.choices ?? [],
      recording: payload.recording ?? null,
      greeting: payload.greeting ?? null,
      spoken: payload.spoken ?? null,
      at: row.at,
    })
  }
  return lines
}

/** Lines after a cursor, oldest first. */
export async function linesAfter(
  store: Store,
  vault: Vault,
  contact: Id,
  cursor: number,
  limit = 200,
): Promise<readonly Line[]> {
  return open(vault, await store.read(after({ contact, after: cursor, limit })))
}

/** The newest lines, oldest first. */
export async function lastLines(store: Store, vault: Vault, contact: Id, limit: number): Promise<readonly Line[]> {
  return (await open(vault, await store.read(newest({ contact, limit })))).reverse()
}

/** A sealed answer or draft by its id; null when it is gone. */
export async function openWords(store: Store, vault: Vault, id: Id): Promise<string | null> {
  const row = (await store.read(one({ id })))[0]
  return row ? vault.open(`words:${id}`, row.sealed) : null
}
