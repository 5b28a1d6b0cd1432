import type Database from 'better-sqlite3'

/** Statements that hold or fail together, and whether the rows of the last are wanted. */
export interface Unit {
  queries: readonly { sql: string; params: readonly unknown[] }[]
  rows: boolean
}

export type Outcome = { rows: readonly unknown[][] } | { error: unknown }

/** Whoever commits: this thread at once, or another one. */
export interface Writer {
  /** Commits a group; the outcomes come in its order. */
  commit(units: readonly Unit[]): readonly Outcome[] | Promise<readonly Outcome[]>
  /** See `emptyLog` in `sqlite-file.ts`. */
  emptyLog(): void | Promise<void>
  close(): void | Promise<void>
}

/** Each statement is prepared once. */
export type Prepare = (sql: string) => Database.Statement

export function preparing(database: Database.Database): Prepare {
  const statements = new Map<string, Database.Statement>()
  return (sql) => {
    let statement = statements.get(sql)
    if (!statement) {
      statement = database.prepare(sql)
      if (statement.reader) statement.raw()
      statements.set(sql, statement)
    }
    return statement
  }
}

/**
 * Group commit: what is written together shares one transaction and one sync, a savepoint each. A violated key rolls
 * its own savepoint back; an error that ends the transaction (a full disk) fails the whole group. What is returned
 * without an error is durable.
 */
export function commitGroup(database: Database.Database, prepare: Prepare, units: readonly Unit[]): Outcome[] {
  try {
    prepare('begin immediate').run()
    const outcomes = units.map((unit) => runUnit(database, prepare, unit))
    prepare('commit').run()
    return outcomes
  } catch (error) {
    rollBack(database)
    return units.map(() => ({ error }))
  }
}

/** @throws when the transaction of the group is gone */
function runUnit(database: Database.Database, prepare: Prepare, { queries, rows }: Unit): Outcome {
  prepare('savepoint turn').run()
  try {
    let found: readonly unknown[][] = []
    for (const { sql, params } of queries) {
      const statement = prepare(sql)
      if (rows) found = statement.all(...params) as unknown[][]
      else statement.run(...params)
    }
    prepare('release turn').run()
    return { rows: found }
  } catch (error) {
    if (!database.inTransaction) throw error
    prepare('rollback to turn').run()
    prepare('release turn').run()
    return { error }
  }
}

/** Whatever happens here, the group still hears of its failure. */
function rollBack(database: Database.Database): void {
  try {
    if (database.inTransaction) database.exec('rollback')
  } catch {
    // A transaction that cannot be rolled back was never committed either.
  }
}
