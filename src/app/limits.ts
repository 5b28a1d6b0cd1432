/** How much one piece of work may take on; what is left over is picked up by the next tick. */
export interface Limits {
  /** Due timers one tick fires. */
  timers: number
  /** Tickets whose holder left that one tick gives to others. */
  holds: number
  /** Recordings one tick fetches. */
  recordings: number
  /** Leases that ran out and that a person must judge, in one tick. */
  leases: number
  /** Erasures one tick brings forward, in each of their two steps. */
  erasures: number
  /** Rows each lane claims in the life of an `App`. */
  rows: number
  /** Conversations whose texts one hour of housekeeping expires. */
  expired: number
  /** Inbound keys one hour of housekeeping forgets. */
  inbound: number
  /** How long a turn may be under way in another process: nothing that it may still need is destroyed before. */
  underwayMs: number
}

/** A process of its own: only what would keep others waiting is cut into pieces. */
export const GENEROUS: Limits = {
  timers: 2_000,
  holds: 100,
  recordings: 20,
  leases: Number.MAX_SAFE_INTEGER,
  erasures: Number.MAX_SAFE_INTEGER,
  rows: Number.POSITIVE_INFINITY,
  expired: 5_000,
  inbound: Number.MAX_SAFE_INTEGER,
  underwayMs: 0,
}

/**
 * One invocation of a Worker: with every one of these used up, and every turn and send at its dearest, a tick stays
 * under 1,000 calls of database and key store, each statement of a batch counted as one (`tests/app/limits.test.ts`).
 */
export const INVOCATION: Limits = {
  timers: 16,
  holds: 2,
  recordings: 2,
  leases: 8,
  erasures: 8,
  rows: 16,
  expired: 14,
  inbound: 5_000,
  underwayMs: 120_000,
}
