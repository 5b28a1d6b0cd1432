import type { Channel, ChannelName, Delivery, Part } from '../../src/channels/channel.ts'

export interface SentPart {
  bot: string
  handle: string
  text: string
  part: Part
}

export interface FakeChannel extends Channel {
  /** What reached people, in order: also what the caller never learned of. */
  sent: SentPart[]
  /** Every call, whatever came of it. */
  calls: SentPart[]
  texts(handle: string): readonly string[]
  /** The fate of the next calls, one each; without one a call succeeds. */
  next: Fate[]
  /** The fate of every call to one handle. */
  fates: Map<string, Fate>
}

/** `lost`: it reached the person and the process died before it knew. `stuck`: it never comes back. */
export type Fate = Delivery | 'lost' | 'stuck'

const BOTS = { telegram: ['telegram'], zalo: ['zalo', 'zalo-2'], webchat: ['web'] } as const

export function fakeChannel(name: ChannelName): FakeChannel {
  const channel: FakeChannel = {
    name,
    bots: BOTS[name],
    limits: { textLength: 2000, buttons: name !== 'zalo', canPush: name !== 'webchat', canDelete: false, voice: false },
    sent: [],
    calls: [],
    next: [],
    fates: new Map(),
    texts: (handle) => channel.sent.filter((one) => one.handle === handle).map((one) => one.text),
    receive: async () => ({ type: 'refused', status: 400, message: 'a fake has no webhook' }),
    async send(bot, handle, part) {
      const one = { bot, handle, part, text: part.paragraphs.join('\n\n') }
      channel.calls.push(one)
      const fate = channel.fates.get(handle) ?? channel.next.shift() ?? { type: 'sent', externalId: null }
      if (fate === 'lost' || (fate !== 'stuck' && (fate.type === 'sent' || fate.type === 'uncertain')))
        channel.sent.push(one)
      if (fate === 'lost' || fate === 'stuck') return new Promise<never>(() => {})
      return fate
    },
  }
  return channel
}
