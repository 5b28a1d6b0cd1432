import type { Logger } from 'pino'
import type { Channel, ChannelName } from '../channels/channel.ts'
import type { Book } from '../engine/book.ts'
import type { Instant } from '../engine/content.ts'
import type { Directory } from '../engine/facts.ts'
import type { Vault } from '../store/seal.ts'
import type { Store } from '../store/store.ts'
import type { Metrics } from './metrics.ts'

/** Everything the application works with; an entry file puts it together once. */
export interface App {
  store: Store
  vault: Vault
  channels: ReadonlyMap<ChannelName, Channel>
  book(): Book
  directory(): Directory
  now(): Instant
  /** Work that goes on after the answer to a request, such as a drain. */
  later(work: Promise<unknown>): void
  log: Logger
  metrics: Metrics
  settings: Settings
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
  publicUrl: string | null
  zalo: { users: number; usersSwitch: number; messages: number; crisisReserve: number }
}
