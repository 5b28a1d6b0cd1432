import type { Channel, ChannelName } from '../channels/channel.ts'
import type { Book } from '../engine/book.ts'
import type { Instant } from '../engine/content.ts'
import type { OperatorKind } from '../engine/enrolment/enrolment.ts'
import type { Directory } from '../engine/facts.ts'
import type { Vault } from '../store/seal.ts'
import type { Store } from '../store/store.ts'
import type { Editing } from './editing.ts'
import type { Limits } from './limits.ts'
import type { Log } from './log.ts'
import type { Metrics } from './metrics.ts'

/** Everything the application works with; an entry file puts it together once. */
export interface App {
  store: Store
  vault: Vault
  channels: ReadonlyMap<ChannelName, Channel>
  book(): Book
  /** Left out where nobody edits, as in a small test. */
  editing?: Editing
  directory(): Directory
  now(): Instant
  /** Work that goes on after the answer to a request, such as a drain. */
  later(work: Promise<unknown>): void
  log: Log
  metrics: Metrics
  settings: Settings
  limits: Limits
  /** One promise chain per contact: turns of one person keep their order in this process. */
  chains: Map<string, Promise<unknown>>
  /** Called when new lines of a contact may be read. */
  wake(contact: string): void
}

/** The channel of an address; undefined for one that left the settings. */
export function channelOf(app: App, name: string): Channel | undefined {
  return app.channels.get(name as ChannelName)
}

export interface Settings {
  /** Days a person's texts are kept after their last message. */
  retentionDays: number
  /** Days a printed slip may be used. */
  slipDays: number
  /** Topics that nobody has signed are left out of the talk. */
  hideDrafts?: true
  /** Only what identifies nobody may be kept here: nobody is registered. */
  anonymous?: true
  /** Who runs the service, of what kind they are, and who reads what is written: said to everybody first. */
  operator: { name: string; type: string; kind?: OperatorKind | null; readers: string }
  publicUrl: string | null
  zalo: { users: number; usersSwitch: number; messages: number; crisisReserve: number }
}
