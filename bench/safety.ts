/** Messages a second through the detector on one core, at about 60 characters, and the time of a hard 100 kB. */
import { bookFrom } from '../src/authoring/book-data.ts'
import { compileBook } from '../src/authoring/compile.ts'
import { readDraft } from '../src/authoring/draft.ts'
import { readAuthored } from '../src/cli/files.ts'
import { assess } from '../src/engine/safety/assess.ts'

const book = bookFrom(compileBook(readDraft(readAuthored())))
const lines = [
  'cho em hỏi điểm tư vấn ở phường mình mấy giờ mở cửa vậy ạ, mai em qua',
  'chi oi em muon hoi thuoc methadone lay o dau gan nha em nhat',
  'con tôi mới đi cai về được hai tháng, gia đình nên làm gì tiếp',
  'tối qua em mệt muốn chết mà vẫn phải đi làm ca đêm chị ạ',
]
const COUNT = 100_000
for (let i = 0; i < 5_000; i++) assess(book, `${lines[i % 4]} ${i}`)
const begun = performance.now()
for (let i = 0; i < COUNT; i++) assess(book, `${lines[i % 4]} ${i}`)
console.log(`${Math.round(COUNT / ((performance.now() - begun) / 1000))} messages/s`)
for (const size of [25_000, 50_000, 100_000]) {
  const hard = 'muon chet dc '.repeat(size / 13)
  const from = performance.now()
  assess(book, hard)
  console.log(`${size} characters: ${Math.round(performance.now() - from)} ms`)
}
