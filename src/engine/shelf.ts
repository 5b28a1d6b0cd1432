import type { Turn } from './turn.ts'

/** The shelf of whoever came by a card, as a list of topics names it. */
export const ENTRANCE_SHELF = 'cua-loi-vao'
const SHELF_FLOW = 'ngan-doc'

/** The audience whose texts the place of the card asked for; null where the person came by none, or it named none. */
export function shelfOf({ state, facts }: Turn): string | null {
  const { entrance } = state.answers
  const found = facts.directory.entrances?.find(({ code }) => entrance?.type === 'code' && entrance.value === code)
  return found === undefined || found.audience === '' ? null : found.audience
}

/** Where somebody new begins: at the shelf of the place whose card led here, else at the greeting. */
export function firstFlow(turn: Turn): string {
  const shelf = !turn.state.introduced && shelfOf(turn) !== null && turn.book.flow(SHELF_FLOW) !== undefined
  return shelf ? SHELF_FLOW : turn.book.home
}
