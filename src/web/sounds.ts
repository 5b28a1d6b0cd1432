import type { Context } from 'hono'
import type { Recording } from '../engine/conversation.ts'
import type { SoundForm } from '../store/topic-recordings.ts'

/** Sound that browsers and platforms play, under the name that is kept. */
const MIMES: Readonly<Record<string, string>> = {
  'audio/ogg': 'audio/ogg',
  'audio/webm': 'audio/webm',
  'video/webm': 'audio/webm',
  'audio/mpeg': 'audio/mpeg',
  'audio/mp4': 'audio/mp4',
  'audio/x-m4a': 'audio/mp4',
  'audio/aac': 'audio/mp4',
}
/** Bytes; leaves room for the rest of a form within what one request may carry. */
const LIMIT = 700_000

/** A recording that came with a form, as base64, or what is wrong with it in words of the desk. */
export async function readSound(given: unknown): Promise<Recording | { problem: string }> {
  if (!(given instanceof File) || given.size === 0) return { problem: 'bạn ghi âm hoặc chọn tệp trước.' }
  const mime = MIMES[given.type.split(';')[0]!.trim().toLowerCase()]
  if (mime === undefined) return { problem: 'tệp này không phải bản ghi âm dùng được (ogg, m4a, mp3, webm).' }
  if (given.size > LIMIT)
    return {
      problem: `bản ghi ${Math.round(given.size / 1000)} kB, giới hạn là ${LIMIT / 1000} kB. Bạn ghi ngắn hơn.`,
    }
  return { mime, data: Buffer.from(await given.arrayBuffer()).toString('base64') }
}

/** A recording of a text by what it is, whatever it says it is: OGG, MP3 or M4A for players, raw AAC for Zalo. */
export async function readSpoken(given: unknown): Promise<(Recording & { form: SoundForm }) | { problem: string }> {
  if (!(given instanceof File) || given.size === 0) return { problem: 'bạn chọn tệp ghi âm trước.' }
  if (given.size > LIMIT)
    return {
      problem: `tệp ${Math.round(given.size / 1000)} kB, giới hạn là ${LIMIT / 1000} kB. Bạn nén nhỏ hơn (24 kbit/giây là đủ cho giọng nói).`,
    }
  const bytes = Buffer.from(await given.arrayBuffer())
  const mime = mimeOf(bytes)
  if (mime === null) return { problem: 'tệp này không phải bản ghi âm dùng được (ogg, mp3, m4a, aac).' }
  return { mime, data: bytes.toString('base64'), form: mime === 'audio/aac' ? 'aac' : 'any' }
}

/** By the first bytes: Ogg pages, an ID3 tag or a frame of MPEG audio, an ISO media file, a frame of ADTS. */
function mimeOf(bytes: Buffer): string | null {
  const text = bytes.subarray(0, 12).toString('latin1')
  if (text.startsWith('OggS')) return 'audio/ogg'
  if (text.startsWith('ID3')) return 'audio/mpeg'
  if (text.slice(4, 8) === 'ftyp') return 'audio/mp4'
  // What some browsers record: played here, and a file on Telegram.
  if (text.startsWith('\x1aE\xdf\xa3')) return 'audio/webm'
  const [first = 0, second = 0] = bytes
  if (first !== 0xff) return null
  if ((second & 0xf6) === 0xf0) return 'audio/aac'
  return (second & 0xe0) === 0xe0 && (second & 0x06) !== 0 ? 'audio/mpeg' : null
}

/** Sound for a player, kept by no cache. Phones of Apple play only what can be had by ranges (RFC 9110, section 14). */
export function answerSound(c: Context, { mime, data }: Recording): Response {
  const bytes = Buffer.from(data, 'base64')
  const headers = { 'Content-Type': mime, 'Cache-Control': 'no-store', 'Accept-Ranges': 'bytes' }
  const asked = /^bytes=(\d*)-(\d*)$/.exec(c.req.header('Range') ?? '')
  if (!asked || asked[0] === 'bytes=-') return c.body(bytes, 200, headers)
  const [, first = '', last = ''] = asked
  const from = first === '' ? Math.max(0, bytes.length - Number(last)) : Number(first)
  const to = first === '' || last === '' ? bytes.length - 1 : Math.min(Number(last), bytes.length - 1)
  if (from > to) return c.body('', 416, { ...headers, 'Content-Range': `bytes */${bytes.length}` })
  const range = `bytes ${from}-${to}/${bytes.length}`
  return c.body(bytes.subarray(from, to + 1), 206, { ...headers, 'Content-Range': range })
}
