import type { Query, Read } from './query.ts'

/** A database as the rest of the house sees it. */
export interface Store {
  read<Row>(query: Read<Row>): Promise<readonly Row[]>
  /** Runs all writes or none, durably; rejects with the engine's error, which callers never read. */
  batch(writes: readonly Query[]): Promise<void>
  /** Runs one write that returns rows, such as a claim. */
  returning<Row>(query: Read<Row>): Promise<readonly Row[]>
  /** Writes freed pages away, so that erased rows leave no trace in the log. */
  scrub(): Promise<void>
}
