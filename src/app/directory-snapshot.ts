import type { Commune, Directory } from '../engine/facts.ts'
import { readDirectory } from '../store/directory.ts'
import type { Store } from '../store/store.ts'

/** The directory as last read: a snapshot that is swapped when its version row changes. */
export interface DirectorySnapshot {
  now(): Directory
  refresh(store: Store): Promise<void>
}

export function directorySnapshot(communes: readonly Commune[]): DirectorySnapshot {
  let version: string | null = null
  let directory: Directory = { points: [], clubs: [], communes }
  return {
    now: () => directory,
    async refresh(store) {
      const fresh = await readDirectory(store, version)
      if (!fresh) return
      version = fresh.version
      directory = { points: fresh.points, clubs: fresh.clubs, communes }
    },
  }
}
