import { describe, expect, test } from 'vitest'
import { load } from '../../src/authoring/load.ts'
import { play } from '../../src/authoring/play.ts'
import { parseTranscript, printTranscript, type Transcript } from '../../src/authoring/transcript.ts'
import { bookFiles } from './good-book.ts'

const TEXT = `# Người nhà được gặp người

at 2026-11-23 09:00
> xin chào
< chao.chao + chao.ai [minh, nguoi-than]

>> 2
! ticket_opened routine person
! session_ended finished
< gap-nguoi.da-ghi

@ lan reply Chào bạn, mình là Lan.
! ticket_taken lan
< he-thong.nguoi-da-vao
! staff_line_queued

>! photo
! message_relayed
`

function parsed(text: string): Transcript {
  const transcript = parseTranscript(text)
  if ('message' in transcript) throw new Error(transcript.message)
  return transcript
}

function played(text: string) {
  const loaded = load(bookFiles())
  if ('problems' in loaded) throw new Error(JSON.stringify(loaded.problems))
  return play(parsed(text), loaded.book, loaded.directory)
}

describe('a transcript', () => {
  test('is printed as it was written', () => {
    expect(printTranscript(parsed(TEXT))).toBe(TEXT)
  })

  test.each([
    ['without a promise', 'at 2026-11-23 09:00\n> chào', 'lời hứa'],
    ['without a clock', '# Lời hứa\n> chào', 'giờ'],
    ['with a line of no kind', '# Lời hứa\nat 2026-11-23 09:00\nchào', 'Không hiểu'],
    ['with a medium nobody knows', '# Lời hứa\nat 2026-11-23 09:00\n>! fax', 'fax'],
  ])('%s is refused with a reason', (_name, text, says) => {
    expect(parseTranscript(text)).toMatchObject({ message: expect.stringContaining(says) })
  })
})

describe('playing a transcript', () => {
  test('gives what the service really does', () => {
    expect(printTranscript(played(TEXT).transcript)).toBe(TEXT)
  })

  test('does not repeat what the file merely claims', () => {
    const wrong = TEXT.replace('< gap-nguoi.da-ghi', '< gap-nguoi.khac')
    expect(printTranscript(played(wrong).transcript)).toBe(TEXT)
  })

  test('tells the routes that were walked', () => {
    const { routes } = played(TEXT)
    expect(routes).toContain('chao/ai/nguoi-than')
    expect(routes).toContain('gap-nguoi/mo/next')
    expect(routes).not.toContain('chao/ai/minh')
  })
})
