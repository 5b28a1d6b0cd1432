import type { Fetched } from './channel.ts'
import { nameFailure } from './network.ts'

/** A recording longer than this is not kept: with its seal it must fit a row of every engine. */
export const VOICE_BYTES = 1_000_000
const TIMEOUT_MS = 20_000

/** Fetches a recording, and no more of it than may be kept. */
export async function download(url: string, mime: string): Promise<Fetched> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS), redirect: 'error' })
    if (response.status === 404 || response.status === 410) return { type: 'lost', reason: 'gone' }
    if (!response.ok || !response.body) return { type: 'retry', reason: String(response.status) }
    const pieces: Uint8Array[] = []
    let size = 0
    for await (const piece of response.body as AsyncIterable<Uint8Array>) {
      size += piece.byteLength
      if (size > VOICE_BYTES) return { type: 'lost', reason: 'too_big' }
      pieces.push(piece)
    }
    return { type: 'voice', mime, bytes: Buffer.concat(pieces) }
  } catch (error) {
    return { type: 'retry', reason: nameFailure(error) }
  }
}
