import { createReadStream } from 'node:fs'
import { createInterface } from 'node:readline'

/** One thing that was done to a file, as strace logged it. */
type Done =
  | { type: 'write'; path: string; at: number; offset: number; bytes: Buffer }
  | { type: 'truncate'; path: string; at: number; size: number }
  | { type: 'sync'; path: string; at: number }
  | { type: 'remove'; path: string; at: number }

/** What strace must log so that `readTrace` can rebuild the files. */
export function tracing(log: string, paths: readonly string[]): readonly string[] {
  const calls = ['write', 'writev', 'pwrite64', 'pwritev', 'pwritev2', 'ftruncate', 'truncate', 'fallocate', 'rename']
  const trace = [...calls, 'fsync', 'fdatasync', 'sync_file_range', 'unlink', 'unlinkat'].join(',')
  // As a grandchild, so that the service itself is the child that is killed.
  const how = ['-D', '-f', '-qq', '-ttt', '-y', '-xx', '-s', '1000000', '--seccomp-bpf']
  return ['strace', ...how, '-o', log, ...paths.flatMap((path) => ['-P', path]), '-e', `trace=${trace}`]
}

/** Reads a log; a call that it does not know ends the test, since the rebuilt files would be wrong. */
export async function readTrace(log: string): Promise<readonly Done[]> {
  const done: Done[] = []
  /** What a thread had begun when another one's call was logged. */
  const begun = new Map<string, string>()
  for await (const line of createInterface({ input: createReadStream(log) })) {
    const [, thread, seconds, told] = /^(\d+) +(\d+\.\d+) (.*)$/.exec(line) ?? []
    if (thread === undefined || told === undefined) throw new Error(`not a line of strace: ${line.slice(0, 80)}`)
    if (told.startsWith('+++') || told.startsWith('---')) continue
    const head = /^(.*) <unfinished \.\.\.>$/.exec(told)?.[1]
    if (head !== undefined) {
      begun.set(thread, head)
      continue
    }
    // It counts when it ended; each file has one thread that writes it.
    const rest = told.replace(/^<\.\.\. \w+ resumed>/, () => begun.get(thread) ?? '')
    const result = /= (-?\d+|\?)[^=]*$/.exec(rest)?.[1]
    // A call that the kill cut off never counted as done for the process.
    if (result === '?' || result === undefined || Number(result) < 0) continue
    done.push(read(rest, Number(seconds) * 1000))
  }
  return done
}

function read(call: string, at: number): Done {
  const name = call.slice(0, call.indexOf('('))
  const path = text(/<((?:\\x[0-9a-f]{2})+)>/.exec(call)?.[1] ?? /"((?:\\x[0-9a-f]{2})+)"/.exec(call)?.[1] ?? '')
  switch (name) {
    case 'pwrite64': {
      const [, data = '', count, offset] = /, "((?:\\x[0-9a-f]{2})*)", (\d+), (\d+)\) = \d+$/.exec(call) ?? []
      const bytes = decode(data)
      if (bytes.length !== Number(count)) throw new Error('the log of a write was cut short')
      return { type: 'write', path, at, offset: Number(offset), bytes }
    }
    case 'ftruncate':
      return { type: 'truncate', path, at, size: Number(/, (\d+)\) = 0$/.exec(call)![1]) }
    case 'fsync':
    case 'fdatasync':
      return { type: 'sync', path, at }
    case 'unlink':
      return { type: 'remove', path, at }
    default:
      throw new Error(`a call that is not replayed: ${name}`)
  }
}

const decode = (hex: string): Buffer => Buffer.from(hex.replaceAll('\\x', ''), 'hex')
const text = (hex: string): string => decode(hex).toString('utf8')

/**
 * The files as they are on the disk when the power goes at one moment: what was synced is there, and of what was
 * written since, `survives` decides piece by piece.
 */
export function filesAfterPowerCut(
  done: readonly Done[],
  until: number,
  survives: () => boolean,
): ReadonlyMap<string, Buffer> {
  const disk = new Map<string, Image>()
  const waiting = new Map<string, Done[]>()
  for (const one of done.slice(0, until)) {
    if (one.type === 'remove') {
      disk.delete(one.path)
      waiting.delete(one.path)
    } else if (one.type === 'sync') {
      for (const each of waiting.get(one.path) ?? []) apply(disk, each)
      waiting.delete(one.path)
    } else if (waiting.has(one.path)) waiting.get(one.path)!.push(one)
    else waiting.set(one.path, [one])
  }
  for (const one of [...waiting.values()].flat()) if (survives()) apply(disk, one)
  return new Map([...disk].map(([path, { bytes, size }]) => [path, bytes.subarray(0, size)]))
}

interface Image {
  /** Zero beyond `size`. */
  bytes: Buffer
  size: number
}

function apply(disk: Map<string, Image>, one: Done): void {
  const image = disk.get(one.path) ?? { bytes: Buffer.alloc(1 << 16), size: 0 }
  disk.set(one.path, image)
  if (one.type === 'truncate') {
    reserve(image, one.size)
    image.bytes.fill(0, one.size)
    image.size = one.size
  } else if (one.type === 'write') {
    const end = one.offset + one.bytes.length
    reserve(image, end)
    one.bytes.copy(image.bytes, one.offset)
    image.size = Math.max(image.size, end)
  }
}

function reserve(image: Image, size: number): void {
  if (size <= image.bytes.length) return
  const larger = Buffer.alloc(size * 2)
  image.bytes.copy(larger)
  image.bytes = larger
}
