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
export async function readSound(given: unknown): Promise<{ mime: string; data: string } | { problem: string }> {
  if (!(given instanceof File) || given.size === 0) return { problem: 'bạn ghi âm hoặc chọn tệp trước.' }
  const mime = MIMES[given.type.split(';')[0]!.trim().toLowerCase()]
  if (mime === undefined) return { problem: 'tệp này không phải bản ghi âm dùng được (ogg, m4a, mp3, webm).' }
  if (given.size > LIMIT)
    return {
      problem: `bản ghi ${Math.round(given.size / 1000)} kB, giới hạn là ${LIMIT / 1000} kB. Bạn ghi ngắn hơn.`,
    }
  return { mime, data: Buffer.from(await given.arrayBuffer()).toString('base64') }
}
