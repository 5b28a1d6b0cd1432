import type { Instant } from '../engine/content.ts'
import type { InboundEvent } from '../engine/conversation.ts'

export type ChannelName = 'telegram' | 'zalo' | 'webchat'

/** What a channel can carry. */
export interface Limits {
  /** UTF-16 code units of one text message. */
  textLength: number
  /** False: choices are shown as numbered lines and answered by number. */
  buttons: boolean
  /** False: a message waits until the person returns. */
  canPush: boolean
  canDelete: boolean
  voice: boolean
  /** Sound goes out by a public address that ends in `.aac`, where it has one. */
  voiceAddress?: boolean
}

/** One event from a person, before the handle is hidden behind a hash. */
export interface Arrival {
  /** Unique within the channel and bot; a redelivery carries the same key. */
  key: string
  /** The platform's own id of the chat. */
  handle: string
  at: Instant
  event: InboundEvent
}

/** What a webhook call held, and how to answer it once every arrival is committed. */
export type Receipt =
  | { type: 'accepted'; bot: string; arrivals: readonly Arrival[]; acknowledge?: () => Promise<void> }
  | { type: 'refused'; status: 400 | 401 | 413; message: string }

/** A choice as a button or a numbered line; `data` comes back as the inbound's `choice`. */
export interface PartChoice {
  data: string
  label: string
}

/**
 * One message as a channel sends it: paragraphs of reviewed words in which `**bold**` is the only markup
 * (`markup: true`), or a person's plain text in which nothing is (`markup: false`).
 */
export interface Part {
  /** A recording that goes out instead of the words; only where the channel's limits say so. */
  voice?: { mime: string; bytes: Uint8Array; address?: string }
  paragraphs: readonly string[]
  markup: boolean
  choices: readonly PartChoice[]
}

export type FailReason = 'blocked' | 'gone' | 'refused' | 'too_long' | 'unauthorised' | 'quota'

/** The fate of one API call. `uncertain`: it may or may not have reached the person. */
export type Delivery =
  | { type: 'sent'; externalId: string | null }
  | { type: 'retry'; notBefore: Instant; reason: string }
  | { type: 'failed'; reason: FailReason }
  | { type: 'uncertain'; reason: string }

/** What became of fetching a recording that the platform holds. */
export type Fetched =
  | { type: 'voice'; mime: string; bytes: Uint8Array }
  | { type: 'retry'; reason: string }
  | { type: 'lost'; reason: 'gone' | 'too_big' }

export interface Channel {
  name: ChannelName
  limits: Limits
  /** The bots of this channel; a person's address is (channel, bot, handle). */
  bots: readonly string[]
  /** Checks the secret in constant time before the body is parsed; never throws on bad input. */
  receive(request: Request): Promise<Receipt>
  /** Sends one part as one API call; never throws. */
  send(bot: string, handle: string, part: Part): Promise<Delivery>
  /** Fetches a recording of a person, where the platform lets bots have them; never throws. */
  fetchVoice?(bot: string, ref: string): Promise<Fetched>
}
