import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join, resolve } from 'node:path'
import { textHash } from '../app/text-hash.ts'
import { ConfigError } from '../config.ts'
import { prefixOf } from '../engine/revised.ts'
import type { SqliteStore } from '../store/better-sqlite3.ts'
import { liveRevisions, type Revision } from '../store/content.ts'
import { findStaff } from '../store/directory.ts'
import { withDatabase } from './content-database.ts'
import { ROOT, readAuthored } from './files.ts'

/** Writes what holds at the desk as files, letter by letter; a file that has changed since is not written over. */
export async function exportTexts(to: string | null, from: string | null): Promise<number> {
  const live = from === null ? await withDatabase((store) => named(store)) : readRows(from)
  const folder = to === null ? ROOT : resolve(to)
  const authored = readAuthored()
  let left = 0
  for (const { unit, n, text, hash, file, by } of live) {
    const now = textHash(authored.get(unit) ?? '')
    if (now === hash) console.log(`${unit}: tệp đã giống bản ${n}; bản ấy tự thôi khi khởi động lại.`)
    else if (to === null && now !== file) {
      left += 1
      console.log(
        `${unit}: CHƯA GHI. Tệp đã đổi từ khi bản ${n} được soạn. Hãy ghi ra chỗ khác (--to THƯ-MỤC), so hai bên rồi gộp tay.`,
      )
    } else {
      const path = join(folder, unit)
      mkdirSync(dirname(path), { recursive: true })
      writeFileSync(path, text)
      console.log(`${unit}: đã ghi bản ${n} (${by}).`)
    }
  }
  console.log(
    live.length === 0
      ? 'Không có lời nào đang dùng bản sửa ở bàn.'
      : `${live.length} lời đang dùng bản sửa ở bàn. Chạy npm run flows -- check, rồi đưa vào bản phát hành sau.`,
  )
  return left > 0 ? 1 : 0
}

type Live = Pick<Revision, 'unit' | 'n' | 'text' | 'hash' | 'file'> & { by: string }

async function named(store: SqliteStore): Promise<readonly Live[]> {
  const nameOf = async (id: string | null) => (id === null ? null : await findStaff(store, id))?.shownAs ?? 'cán bộ'
  return Promise.all(
    (await liveRevisions(store)).map(async ({ unit, n, text, hash, file, by, approvedBy }) => ({
      ...{ unit, n, text, hash, file },
      by: `${await nameOf(by)} soạn, ${await nameOf(approvedBy)} duyệt`,
    })),
  )
}

/** What `wrangler d1 execute --json` prints for the live rows. */
function readRows(path: string): readonly Live[] {
  try {
    const answers = JSON.parse(readFileSync(path, 'utf8')) as { results: Live[] }[]
    return answers
      .flatMap(({ results }) => results)
      .map(({ unit, n, text, hash, file }) => {
        if (prefixOf(unit) === null || typeof text !== 'string') throw new Error('not a revision')
        return { unit, n, text, hash, file, by: 'D1' }
      })
  } catch {
    throw new ConfigError(
      `Không đọc được ${path}. Tạo tệp ấy bằng: npx wrangler d1 execute DB --remote --json --command "select unit, n, text, hash, file from content_revision where state = 'live'" > ${path}`,
    )
  }
}
