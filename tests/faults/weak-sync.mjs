/** Preloaded with `--import`: commits are no longer synced, and the service is told that they are. */
import Database from 'better-sqlite3'

const { pragma } = Database.prototype
Database.prototype.pragma = function weakened(source, options) {
  if (source === 'synchronous') return options?.simple ? 2 : [{ synchronous: 2 }]
  return pragma.call(this, source.replace(/synchronous\s*=\s*FULL/i, 'synchronous = NORMAL'), options)
}
