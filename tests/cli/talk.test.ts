import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, test } from 'vitest'
import { load } from '../../src/authoring/load.ts'
import { play } from '../../src/authoring/play.ts'
import { parseTranscript, printTranscript } from '../../src/authoring/transcript.ts'
import { ROOT, readAuthored } from '../../src/cli/files.ts'
import { readTyped } from '../../src/cli/talk-line.ts'

const folder = mkdtempSync(join(tmpdir(), 'dong-hanh-talk-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

/** Types the lines into a real process, all at once as a pipe does. */
async function talk(lines: readonly string[], args: readonly string[] = []): Promise<{ code: number; text: string }> {
  const child = spawn(process.execPath, [join(ROOT, 'src/cli/talk.ts'), ...args], { stdio: ['pipe', 'pipe', 'pipe'] })
  let text = ''
  for (const stream of [child.stdout, child.stderr]) stream.setEncoding('utf8').on('data', (piece) => (text += piece))
  const ended = new Promise<number>((resolve) => child.on('close', (code) => resolve(code ?? -1)))
  child.stdin.end(lines.map((line) => `${line}\n`).join(''))
  return { code: await ended, text }
}

function replay(text: string): string {
  const loaded = load(readAuthored())
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
  const transcript = parseTranscript(text)
  if ('message' in transcript) throw new Error(`line ${transcript.line}: ${transcript.message}`)
  return printTranscript(play(transcript, loaded.book, loaded.directory).transcript)
}

describe('a conversation in the terminal', () => {
  test('says what the service would say, wrapped, with numbered choices and no marks of bold', async () => {
    const { code, text } = await talk([':gio 2026-11-23 02:00', 'xin chào', 'dang nguy hiem'])
    expect(code).toBe(0)
    expect(text).toContain('đây là Đồng Hành')
    expect(text).toMatch(/^ {3}1\. Cho mình$/m)
    expect(text).toMatch(/Gọi 115 ngay/)
    expect(text).not.toContain('**')
    for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(90)
  })

  test('saves a golden conversation that plays back word for word the same', async () => {
    const path = join(folder, 'deep', 'thu.transcript')
    const lines = [
      ':gio 2026-11-22 23:30',
      ':diem trống',
      'em muốn gặp người',
      ':diem mẫu',
      ':2',
      ':1',
      'xoa',
      ':2',
      ':gio 2026-11-23 09:00',
      ':khongdoc',
      ':can-bo vào',
      ':can-bo trả lời Chào em, chị đây.',
      ':(',
      ':can-bo tra lai',
      'chieng khua',
      ':can-bo đóng',
    ]
    const { code } = await talk(lines, ['--save', path, '--title', 'Cán bộ trả lời rồi trả lại cho máy'])
    expect(code).toBe(0)
    const saved = readFileSync(path, 'utf8')
    expect(saved).toContain('# Cán bộ trả lời rồi trả lại cho máy')
    expect(saved).toContain('@ can-bo reply Chào em, chị đây.')
    expect(saved).toContain('>! unsupported')
    expect(saved).toContain('> :(')
    expect(replay(saved)).toBe(saved)
  })

  test('shows a counsellor’s words and keeps silent while one holds the conversation', async () => {
    const { text } = await talk(['gặp người', ':can-bo trả lời Chào bạn.', 'chào chị'])
    const [, after = ''] = text.split('[cán bộ] Chào bạn.')
    expect(after).toContain('! message_relayed')
    expect(after).not.toContain('Mình')
  })

  test('asks what the conversation promises before it saves one', async () => {
    const path = join(folder, 'hoi.transcript')
    await talk(['Lời hứa gõ vào', 'xin chào'], ['--save', path])
    expect(readFileSync(path, 'utf8').split('\n')[0]).toBe('# Lời hứa gõ vào')
  })

  test('never writes over a conversation that exists, nor saves one in which nobody spoke', async () => {
    const kept = join(folder, 'cu.transcript')
    writeFileSync(kept, 'cũ')
    expect((await talk(['xin chào'], ['--save', kept, '--title', 'mới'])).code).toBe(2)
    expect(readFileSync(kept, 'utf8')).toBe('cũ')
    const empty = join(folder, 'trong.transcript')
    expect((await talk([':gio 2026-11-23 09:00'], ['--save', empty, '--title', 'trống'])).code).toBe(0)
    expect(existsSync(empty)).toBe(false)
  })

  test('names the commands when one is mistyped, and goes on', async () => {
    const { code, text } = await talk([':xoa-het', 'xin chào'])
    expect(code).toBe(0)
    expect(text).toContain(':khongdoc')
    expect(text).toContain('Đồng Hành')
  })
})

describe('a typed line', () => {
  test.each([
    [':anh', { type: 'media', media: 'photo' }],
    [':ảnh', { type: 'media', media: 'photo' }],
    [':khongdoc', { type: 'media', media: 'unsupported' }],
    [':12', { type: 'press', position: 12 }],
    [':gio 2026-11-23 09:00', { type: 'at', day: '2026-11-23', time: '09:00' }],
    [':gio mai', { type: 'unknown' }],
    [':can-bo trả lại', { type: 'staff', by: 'can-bo', action: 'hand_back', text: '' }],
    [':can-bo trả lời  Chào em nhé', { type: 'staff', by: 'can-bo', action: 'reply', text: 'Chào em nhé' }],
    [':can-bo trả lời', { type: 'unknown' }],
    [':can-bo đóng', { type: 'staff', by: 'can-bo', action: 'close', text: '' }],
    [':thoat', { type: 'leave' }],
    ['thoát', { type: 'text', text: 'thoát' }],
    [':(', { type: 'text', text: ':(' }],
    ['  ', { type: 'empty' }],
  ])('%s', (raw, typed) => {
    expect(readTyped(raw)).toEqual(typed)
  })
})
