import { existsSync, readFileSync } from 'node:fs'
import { z } from 'zod'
import { ConfigError, readConfig } from '../config.ts'
import { developmentKey } from '../service.ts'
import { type Flaw, verifyAudit } from '../store/audit-verify.ts'
import { openSqlite } from '../store/better-sqlite3.ts'
import { openKeyFile } from '../store/key-file.ts'
import { openVault } from '../store/seal.ts'

const USAGE = `Cách dùng:
  npm run audit -- verify [TỆP.audit.json ...]   soát chuỗi nhật ký của từng cán bộ; kèm các tệp nằm cạnh bản sao lưu
      thì thấy cả những dòng cuối đã bị cắt sau lần sao lưu đó. Thoát với mã 1 khi có chỗ không khớp.`

const Manifest = z.object({
  heads: z.array(z.object({ staff: z.string(), seq: z.number().int().positive(), hash: z.string() })),
})

const WORDS: Readonly<Record<Flaw['what'], string>> = {
  edited: 'dòng đã bị sửa',
  removed: 'thiếu dòng',
  cut_off: 'chuỗi bị cắt từ đây',
  no_head: 'mất dòng đầu mối',
  wrong_head: 'dòng đầu mối không khớp',
}

process.exitCode = await run(process.argv.slice(2))

async function run(args: readonly string[]): Promise<number> {
  if (args[0] !== 'verify') {
    console.error(USAGE)
    return 2
  }
  try {
    return await verify(args.slice(1))
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(error.message)
    return 1
  }
}

async function verify(manifests: readonly string[]): Promise<number> {
  const config = readConfig(process.env)
  if (!existsSync(config.databasePath)) throw new ConfigError('Chưa có cơ sở dữ liệu.')
  const remembered = manifests.flatMap((path) => readManifest(path))
  const store = openSqlite(config.databasePath)
  const keys = openKeyFile(config.keysPath)
  try {
    const vault = openVault(config.dataKey ?? developmentKey(config), keys)
    const { rows, chains, flaws } = await verifyAudit(store, vault, remembered)
    for (const { staff, seq, what } of flaws) console.error(`${staff} #${seq}: ${WORDS[what]}`)
    console.log(`${rows} dòng nhật ký của ${chains} người, ${flaws.length} chỗ không khớp.`)
    return flaws.length === 0 ? 0 : 1
  } finally {
    store.close()
    keys.close()
  }
}

function readManifest(path: string) {
  try {
    return Manifest.parse(JSON.parse(readFileSync(path, 'utf8'))).heads
  } catch {
    throw new ConfigError(`Không đọc được ${path}.`)
  }
}
