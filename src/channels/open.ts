import type { Channel, ChannelName } from './channel.ts'
import { telegram } from './telegram.ts'
import { webchat } from './webchat.ts'
import { zalo } from './zalo.ts'

/** The channels whose settings are given; the web chat is always one of them. */
export function openChannels(settings: {
  telegram: Parameters<typeof telegram>[0] | null
  zalo: Parameters<typeof zalo>[0] | null
}): ReadonlyMap<ChannelName, Channel> {
  const channels = new Map<ChannelName, Channel>([['webchat', webchat()]])
  if (settings.telegram) channels.set('telegram', telegram(settings.telegram))
  if (settings.zalo) channels.set('zalo', zalo(settings.zalo))
  return channels
}
