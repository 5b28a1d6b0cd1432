import { load } from '../../src/authoring/load.ts'
import { readAuthored } from '../../src/cli/files.ts'
import { talk } from './ours.ts'

const authored = load(readAuthored())
if ('problems' in authored) throw new Error('the real book has problems')
const { book, directory } = authored

export const peer = {
  name: 'Đồng Hành, the whole real book',
  package: null,
  note: `greeting, then two choices; every message is first read against all ${book.triggers.reduce((sum, t) => sum + t.phrases.length + t.ambiguous.length + t.unless.length, 0)} phrases, of which ${book.triggers.filter((t) => t.kind === 'emergency').reduce((sum, t) => sum + t.phrases.length + t.ambiguous.length + t.unless.length, 0)} are of emergencies`,
  anyWords: true,
  talk: (say: (text: string) => Promise<string>) => talk(book, directory, ['bắt đầu', '1', 'tìm điểm tư vấn'], say),
}
