import type { Book } from '../engine/book.ts'
import { type Patch, readPatch, revise } from '../engine/revised.ts'
import { type Revision, readLive, releasing } from '../store/content.ts'
import type { Store } from '../store/store.ts'
import { errorName } from './error-name.ts'
import type { Log } from './log.ts'

/** The book of the release with the texts approved at the desk: a snapshot that is swapped when one is approved. */
export interface BookSnapshot {
  now(): Book
  /** Never fails: a revision that cannot be read is left out, and the file's words stand. */
  refresh(store: Store): Promise<void>
}

export function bookSnapshot(
  authored: Book,
  options: {
    log: Log
    now(): number
    /** Hashes of the files of this release: a live revision that says the same is over. */
    files: Readonly<Record<string, string>>
    /** What of the book this house shows. */
    shape?: (book: Book) => Book
  },
): BookSnapshot {
  const { log, files, shape = (book) => book } = options
  let version: string | null = null
  let book = shape(authored)
  const skip = ({ unit, n }: Revision, reason: string) =>
    log.error({ event: 'revision_skipped', what: `${unit}#${n}`.slice(-80), reason })

  return {
    now: () => book,
    async refresh(store) {
      try {
        const fresh = await readLive(store, version)
        if (!fresh) return
        const patches: Patch[] = []
        for (const row of fresh.live) {
          if (row.hash === files[row.unit]) {
            await store.batch(releasing(row, options.now()))
            continue
          }
          const patch = readPatch(row.unit, row.patch)
          if (patch) patches.push(patch)
          else skip(row, 'unreadable')
        }
        book = shape(usable(authored, patches, fresh.live, skip))
        version = fresh.version
      } catch (error) {
        log.error({ event: 'revisions_unread', error: errorName(error) })
      }
    },
  }
}

/** Each patch is tried alone first, so that one that breaks the book takes no other with it. */
function usable(
  authored: Book,
  patches: readonly Patch[],
  live: readonly Revision[],
  skip: (row: Revision, reason: string) => void,
): Book {
  const sound = patches.filter((patch) => {
    const revised = tryRevise(authored, patch)
    const row = live.find(({ unit }) => unit === patch.unit)
    if (revised === null && row) skip(row, 'unusable')
    else if (revised === authored && row) skip(row, 'closed')
    return revised !== null && revised !== authored
  })
  return revise(authored, sound)
}

function tryRevise(authored: Book, patch: Patch): Book | null {
  try {
    return revise(authored, [patch])
  } catch {
    return null
  }
}
