import { dueContent, textsOn } from '../authoring/content-due.ts'
import { readDraft } from '../authoring/draft.ts'
import { daysBefore, instantOn } from '../engine/clock/zone.ts'
import { dayOf } from '../engine/hours.ts'
import { checkFiles } from './content-check.ts'
import { readAuthored } from './files.ts'

const USAGE = `npm run content -- due [--days 90] [--today 2026-11-28]     những gì đến hạn xem lại
npm run content -- law <mã nguồn>                           mọi lời dựa vào một luật, để sửa khi luật đổi
npm run content -- export [--to THƯ-MỤC]                    ghi các lời đã duyệt ở bàn thành tệp
npm run content -- export --from TỆP.json [--to THƯ-MỤC]    như trên, từ kết quả của wrangler d1 execute --json
npm run content -- import --by TÊN-ĐĂNG-NHẬP TỆP…           đưa tệp đã sửa thành bản nháp, chờ người thứ hai duyệt
npm run content -- import --d1 --by MÃ-CÁN-BỘ TỆP…          không ghi gì, in các lệnh SQL để chạy trên Cloudflare D1
npm run content -- check [--today 2026-11-28] [--in thư-mục]  mọi lỗi của lời, kèm tệp và dòng`

const WORDS = { topic: 'bài', reply: 'câu mẫu', contact: 'số điện thoại', source: 'nguồn hết hiệu lực' } as const

/** What editors have to look at, and what a change of the law touches. */
async function main(args: readonly string[]): Promise<number> {
  const [command, ...rest] = args
  if (command === 'export' || command === 'import') {
    // It opens a database, which the other commands have no need of.
    const { runTexts } = await import('./content-texts.ts')
    const code = await runTexts(command, rest)
    return code === 2 ? misused() : code
  }
  const option = (name: string) => rest[rest.indexOf(name) + 1 || rest.length]
  if (command === 'check') {
    const today = option('--today') ?? dayOf(Date.now())
    if (!/^\d{4}-\d{2}-\d{2}$/.test(today)) return misused()
    const { lines, code } = checkFiles(readAuthored(option('--in')), today)
    for (const line of lines) console.log(line)
    return code
  }
  const draft = readDraft(readAuthored())
  if (command === 'due') {
    const today = option('--today') ?? dayOf(Date.now())
    const days = Number(option('--days') ?? 90)
    if (!/^\d{4}-\d{2}-\d{2}$/.test(today) || !Number.isInteger(days) || days < 0) return misused()
    const until = daysBefore(instantOn(today, 0), -days).toString()
    const rows = dueContent(draft, until)
    for (const { on, what, id, title, file, texts } of rows)
      console.log(
        `${on}${on < today ? ' QUÁ HẠN' : ''}\t${WORDS[what]}\t${id}\t${title}\t${file}${texts.length > 0 ? `\t${texts.join(', ')}` : ''}`,
      )
    console.log(`${rows.length} mục đến hạn trong ${days} ngày kể từ ${today}.`)
    return 0
  }
  if (command === 'law') {
    const id = rest[0] ?? ''
    const source = draft.sources.find(({ value }) => value.id === id)
    if (!source) {
      console.error(`Không có nguồn “${id}”. Có: ${draft.sources.map(({ value }) => value.id).join(', ')}`)
      return 2
    }
    const texts = textsOn(draft, id)
    for (const text of texts) console.log(`☐ ${text}`)
    console.log(
      `${texts.length} lời dựa vào ${source.value.title}. Luật đổi: ghi in_force_to ở ${source.place.file}, sửa từng lời, đổi as_of.`,
    )
    return 0
  }
  return misused()
}

function misused(): number {
  console.error(USAGE)
  return 2
}

process.exitCode = await main(process.argv.slice(2))
