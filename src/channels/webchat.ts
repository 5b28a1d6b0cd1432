import type { Channel } from './channel.ts'

/** The anonymous chat page: it posts to the app directly and tails the rows, so nothing is received or pushed here. */
export function webchat(): Channel {
  return {
    name: 'webchat',
    limits: { textLength: 4000, buttons: true, canPush: false, canDelete: true, voice: true },
    bots: ['web'],
    receive: async () => ({ type: 'refused', status: 400, message: 'the web chat has no webhook' }),
    send: async () => ({ type: 'sent', externalId: null }),
  }
}
