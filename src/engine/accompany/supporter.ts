import type { Fills, Id, Instant } from '../content.ts'
import type { Conversation } from '../conversation.ts'
import type { Day, Directory } from '../facts.ts'

/**
 * The organisations that the plans ask to walk beside somebody after rehabilitation. The police are not among them: a
 * supporter never belongs to whoever keeps the lists.
 */
export const SUPPORTER_BODIES = [
  'mttq',
  'doan_thanh_nien',
  'hoi_phu_nu',
  'ccb',
  'nong_dan',
  'doi_tinh_nguyen',
  'tram_y_te',
  'khac',
] as const
export type SupporterBody = (typeof SUPPORTER_BODIES)[number]

/** Somebody who walks beside people, as the point wrote them down. */
export interface Supporter {
  id: Id
  /** As people are to know them. */
  name: string
  organisation: SupporterBody
  point: Id
  phone: string | null
  /** False once they stopped: they are given to nobody any more. */
  active: boolean
}

/** How often the person wishes to be asked after. */
export const RHYTHMS = ['tuan', 'hai-tuan', 'thang'] as const
export type Rhythm = (typeof RHYTHMS)[number]

/** The supporter a person said yes to. */
export interface Supporting {
  id: Id
  supporter: Id
  /** The point of the supporter when the person said yes; theirs alone hears of it. */
  point?: Id
  every: Rhythm
  since: Instant
  /** The next day on which they are asked after. */
  nextOn: Day
}

/** A supporter the person is asked about, and has not said yes or no to. */
export interface SupporterOffer {
  id: Id
  supporter: Id
}

const supporterOf = ({ supporters = [] }: Pick<Directory, 'supporters'>, id: Id | undefined): Supporter | null =>
  supporters.find((one) => one.id === id) ?? null

/** The supporter who is offered, while they can still be given. */
export function offeredSupporter(
  { supporterOffer }: Conversation,
  directory: Pick<Directory, 'supporters'>,
): Supporter | null {
  const found = supporterOf(directory, supporterOffer?.supporter)
  return found?.active ? found : null
}

/** The point that hears of a person through their supporter, as it was when they said yes. */
export function supportingPoint({ supporter }: Conversation, directory: Pick<Directory, 'supporters'>): Id | null {
  return supporter?.point ?? supporterOf(directory, supporter?.supporter)?.point ?? null
}

/** What stands about a supporter: what is asked comes before what is. */
export function supportState(
  state: Conversation,
  directory: Pick<Directory, 'supporters'>,
): 'none' | 'offered' | 'assigned' {
  if (offeredSupporter(state, directory)) return 'offered'
  return state.supporter ? 'assigned' : 'none'
}

/** The values that words about a supporter may name: of the one who is offered, else of the one who is there. */
export function supporterFills(state: Conversation, directory: Pick<Directory, 'supporters'>): Fills {
  const one = offeredSupporter(state, directory) ?? supporterOf(directory, state.supporter?.supporter)
  if (!one) return {}
  const every = state.supporter?.every ?? 'tuan'
  return {
    supporter_name: { type: 'text', text: one.name },
    supporter_body: { type: 'words', key: `nguoi-dong-hanh.to-chuc.${one.organisation}` },
    supporter_every: { type: 'words', key: `nguoi-dong-hanh.hoi-tham.${every}` },
  }
}
