import type { Id } from '../engine/content.ts'
import { type AuditRow, auditHeads, auditRows, type Head, linkOf, START } from './audit.ts'
import type { Vault } from './seal.ts'
import type { Store } from './store.ts'

export interface Flaw {
  staff: Id
  seq: number
  /**
   * `edited`: the row does not fit its link. `removed`: a number is missing. `cut_off`: the chain ends before its head,
   * or before the head a backup remembers. `no_head`, `wrong_head`: the head itself is gone or does not fit.
   */
  what: 'edited' | 'removed' | 'cut_off' | 'no_head' | 'wrong_head'
}

/**
 * Walks every chain and names each place where it does not hold. Heads that backups remember make a chain's missing end
 * visible even when its head was set back together with it.
 */
export async function verifyAudit(
  store: Store,
  vault: Vault,
  remembered: readonly Head[] = [],
): Promise<{ rows: number; chains: number; flaws: readonly Flaw[] }> {
  const flaws: Flaw[] = []
  const heads = new Map((await auditHeads(store)).map((head) => [head.staff, head]))
  const ends = new Map<Id, Head>()
  const due = new Map<string, Head>(remembered.map((head) => [placeOf(head), head]))
  let rows = 0
  for await (const row of auditRows(store)) {
    rows += 1
    flaws.push(...compare(vault, ends.get(row.staff), row))
    ends.set(row.staff, row)
    const head = due.get(placeOf(row))
    if (head && head.hash !== row.hash) flaws.push({ staff: row.staff, seq: row.seq, what: 'edited' })
    due.delete(placeOf(row))
  }
  for (const [staff, end] of ends) {
    const head = heads.get(staff)
    if (!head) flaws.push({ staff, seq: end.seq, what: 'no_head' })
    else if (head.seq > end.seq) flaws.push({ staff, seq: end.seq + 1, what: 'cut_off' })
    else if (head.hash !== end.hash) flaws.push({ staff, seq: end.seq, what: 'wrong_head' })
  }
  for (const { staff } of heads.values()) if (!ends.has(staff)) flaws.push({ staff, seq: 1, what: 'cut_off' })
  for (const { staff, seq } of due.values()) flaws.push({ staff, seq, what: 'cut_off' })
  return { rows, chains: ends.size, flaws }
}

const placeOf = ({ staff, seq }: Pick<Head, 'staff' | 'seq'>) => `${seq}:${staff}`

function compare(vault: Vault, before: Head | undefined, row: AuditRow): readonly Flaw[] {
  const expected = (before?.seq ?? 0) + 1
  // The row after a gap cannot be judged: its own link needs the one that is missing.
  if (row.seq !== expected) return [{ staff: row.staff, seq: expected, what: 'removed' }]
  const fits = linkOf(vault, before?.hash ?? START, row) === row.hash
  return fits ? [] : [{ staff: row.staff, seq: row.seq, what: 'edited' }]
}
