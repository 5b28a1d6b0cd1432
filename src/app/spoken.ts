import type { Id } from '../engine/content.ts'
import type { SoundForm } from '../store/topic-recordings.ts'

/** How a file of each kind of sound ends. */
const ENDINGS: Readonly<Record<string, string>> = {
  'audio/ogg': 'ogg',
  'audio/mpeg': 'mp3',
  'audio/mp4': 'm4a',
  'audio/aac': 'aac',
  'audio/webm': 'webm',
}

/** Where the recording of a text is found by anybody: what stands there is for everybody, and nobody who comes is known. */
export function spokenPath(topic: Id, language: string, mime: string): string {
  return `/nghe/${topic}.${language}.${ENDINGS[mime] ?? 'ogg'}`
}

/** What a file of that path is; null where it is none. */
export function readSpokenFile(name: string): { id: Id; form: SoundForm } | null {
  const [, topic, language, ending] = /^([a-z0-9-]{1,60})\.([a-z-]{2,20})\.(ogg|mp3|m4a|aac|webm)$/.exec(name) ?? []
  if (topic === undefined || language === undefined) return null
  return { id: `${topic}:${language}`, form: ending === 'aac' ? 'aac' : 'any' }
}
