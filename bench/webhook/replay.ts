import type Database from 'better-sqlite3'
import type { Query } from '../../src/store/query.ts'
import type { Capture } from './capture.ts'
import { CHATS, FIRST_CHAT, TEXTS } from './talk.ts'

/** A captured statement whose ids, keys and numbers are filled in anew; compiled once, so that filling is cheap. */
export type Statement = (fresh: Fresh) => Ready

export interface Ready {
  statement: Database.Statement
  params: unknown[]
}

export interface Fresh {
  contact: string
  key: string
  /** Sequence numbers of the three turns of this round. */
  seqs: readonly string[]
  /** The outbox row's own number, once claimed. */
  n: number
}

export interface Program {
  reads: readonly Statement[]
  writes: readonly Statement[]
  claimed: Statement
  settle: readonly Statement[]
}

export interface Replay {
  programs: readonly Program[]
  /** Leases what is due, thirty-two at once, as our own drain asks it. */
  claim: Database.Statement
  claimParams: readonly unknown[]
  /** The next turn of a chat. */
  next(chat: number): { program: Program; fresh: Fresh }
}

const ROUND = 1_000_000

/** Prepares the captured turns on this database and gives every chat the rows of a person we know. */
export function prepareReplay(database: Database.Database, capture: Capture): Replay {
  const cache = new Map<string, Database.Statement>()
  const prepare = (sql: string) => {
    const made = cache.get(sql) ?? database.prepare(sql)
    cache.set(sql, made)
    return made
  }
  const compile = (query: Query, turn: number): Statement => {
    const statement = prepare(query.sql)
    if (statement.reader) statement.raw()
    const params = query.params.map((param) => compileParam(param, capture, turn))
    return (fresh) => ({ statement, params: params.map((make) => make(fresh)) })
  }
  const programs = capture.turns.map(
    (one, turn): Program => ({
      reads: one.reads.map((query) => compile(query, turn)),
      writes: one.writes.map((query) => compile(query, turn)),
      claimed: compile(one.claimed, turn),
      settle: one.settle.map((query) => compile(query, turn)),
    }),
  )
  const contacts = Array.from({ length: CHATS }, (_, i) => `${String(i).padStart(8, '0')}${capture.contact.slice(8)}`)
  const person = capture.person.map((query) => compile(query, 0))
  database.transaction(() => {
    for (const contact of contacts)
      for (const make of person) {
        const { statement, params } = make({ contact, key: '', seqs: ['', '', ''], n: 0 })
        statement.run(...params)
      }
  })()
  const counts = new Map<number, number>()
  let serial = 0
  return {
    programs,
    claim: prepare(capture.turns[0]!.claim.sql).raw(),
    // Due is what was due when it was captured, so every row is.
    claimParams: capture.turns.at(-1)!.claim.params,
    next(chat) {
      const count = counts.get(chat) ?? 0
      counts.set(chat, count + 1)
      const turn = count % TEXTS.length
      const round = ROUND + count - turn
      serial += 1
      const fresh: Fresh = {
        contact: contacts[chat - FIRST_CHAT]!,
        key: `${String(serial).padStart(10, '0')}${capture.keys[turn]!.slice(10)}`,
        seqs: TEXTS.map((_, i) => String(round + i)),
        n: 0,
      }
      return { program: programs[turn]!, fresh }
    },
  }
}

function compileParam(param: unknown, capture: Capture, turn: number): (fresh: Fresh) => unknown {
  if (typeof param === 'number') {
    const seq = capture.seqs.indexOf(param)
    if (seq >= 0) return ({ seqs }) => Number(seqs[seq])
    return capture.numbers.includes(param) ? ({ n }) => n : () => param
  }
  if (typeof param !== 'string') return () => param
  if (param === capture.keys[turn]) return ({ key }) => key
  const names = [capture.contact, ...capture.seqs.map(String)]
  const pieces = param.split(new RegExp(`(${names.join('|')})`))
  if (pieces.length === 1) return () => param
  return (fresh) => {
    let text = ''
    for (const [i, piece] of pieces.entries()) {
      const seq = i % 2 === 1 ? capture.seqs.indexOf(Number(piece)) : -1
      text += i % 2 === 0 ? piece : piece === capture.contact ? fresh.contact : fresh.seqs[seq]
    }
    return text
  }
}
