import type { VoiceNote } from '../engine/conversation.ts'
import { keeping, losing, puttingOff, type Wanted, wantedRecordings } from '../store/recordings.ts'
import { type App, channelOf } from './app.ts'
import { each } from './each.ts'

const ATTEMPTS = 6
const RETRY_MS = 15_000

/** Fetches the recordings that platforms still hold and seals them; a turn never waits for a download. */
export async function fetchRecordings(app: App): Promise<void> {
  const due = await wantedRecordings(app.store, app.now(), app.limits.recordings)
  await each(app, 'recordings', due, (one) => fetchOne(app, one))
}

async function fetchOne(app: App, one: Wanted): Promise<void> {
  const line = await app.vault.open(`words:${one.id}`, one.sealed)
  const { voice } = line === null ? { voice: undefined } : (JSON.parse(line) as { voice?: VoiceNote })
  const channel = channelOf(app, one.channel)
  const fetched =
    voice && channel?.fetchVoice
      ? await channel.fetchVoice(one.bot, voice.ref)
      : ({ type: 'lost', reason: 'gone' } as const)
  switch (fetched.type) {
    case 'voice': {
      const data = Buffer.from(fetched.bytes).toString('base64')
      await app.store.batch([await keeping(app.vault, one, fetched.mime, data)])
      return app.wake(one.contact)
    }
    case 'retry':
      if (one.attempts + 1 >= ATTEMPTS) return app.store.batch([losing(one.id, 'gone')])
      return app.store.batch([puttingOff(one.id, app.now() + RETRY_MS * 2 ** one.attempts)])
    case 'lost':
      return app.store.batch([losing(one.id, fetched.reason)])
    default:
      return fetched satisfies never
  }
}
