import { randomInt } from 'node:crypto'
import type { Conversation } from '../engine/conversation.ts'
import type { Facts } from '../engine/facts.ts'
import { CONTEST_FLOW, openContests, tryName } from '../engine/quiz/contest.ts'
import { triesOf } from '../store/contests.ts'
import type { App } from './app.ts'

/** How the person's tries stand; nothing is read for anybody who is not in a contest. */
export async function contestFacts(
  app: App,
  { contact, session }: Conversation,
  at: number,
): Promise<Pick<Facts, 'tries'>> {
  if (!session?.runs.some(({ flow }) => flow === CONTEST_FLOW)) return {}
  const { trying } = session
  const names = openContests(app.directory(), at).map(({ id, phase }) => tryName(id, phase))
  const own = trying ? [tryName(trying.contest, trying.phase)] : []
  return { tries: await triesOf(app.store, app.vault, contact, [...new Set([...names, ...own])]) }
}

const LETTERS = 'ABCDEFGHJKMNPQRSTUVWXYZ23456789'
const CODE = /^QUA-?([A-Z0-9]{4})-?([A-Z0-9]{4})$/

/** A code for a prize that nobody can guess: how it is shown, and what is kept of it. */
export function freshPrizeCode(app: App): { shown: string; code: string } {
  const draw = () => Array.from({ length: 4 }, () => LETTERS[randomInt(LETTERS.length)]).join('')
  const [first, second] = [draw(), draw()]
  return { shown: `QUA-${first}-${second}`, code: hashPrize(app, first + second) }
}

/** What is kept of a code as somebody reads it out; null where it is none. */
export function prizeHash(app: App, typed: string): string | null {
  const [, first, second] =
    CODE.exec(
      typed
        .trim()
        .toUpperCase()
        .replaceAll(/[\s–—]+/g, ''),
    ) ?? []
  return first === undefined || second === undefined ? null : hashPrize(app, first + second)
}

const hashPrize = ({ vault }: App, code: string): string => vault.hashToken(`prize:${code}`)
