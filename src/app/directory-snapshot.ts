import { type Directory, NO_SWITCHES } from '../engine/facts.ts'
import { readDirectory } from '../store/directory.ts'
import type { Store } from '../store/store.ts'

/** What of the directory was written by authors and only changes with a release. */
export type Fixed = Pick<Directory, 'communes' | 'calendar'>

/** The directory as last read: a snapshot that is swapped when its version row changes. */
export interface DirectorySnapshot {
  now(): Directory
  refresh(store: Store): Promise<void>
}

export function directorySnapshot({ communes, calendar }: Fixed): DirectorySnapshot {
  let version: string | null = null
  let directory: Directory = { points: [], clubs: [], staff: [], switches: NO_SWITCHES, communes, calendar }
  return {
    now: () => directory,
    async refresh(store) {
      const fresh = await readDirectory(store, version)
      if (!fresh) return
      version = fresh.version
      const { version: _, ...stored } = fresh
      directory = { ...stored, communes, calendar }
    },
  }
}
