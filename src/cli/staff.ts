import { existsSync } from 'node:fs'
import { parseArgs } from 'node:util'
import { type Invitation, invitationRow, newToken } from '../app/accounts.ts'
import { permissionPage } from '../app/permission-page.ts'
import { resetRow } from '../app/reset.ts'
import { loginOf } from '../app/sign-in.ts'
import { makeLinkCode } from '../app/staff-phone-link.ts'
import { AFFILIATIONS, ROLES } from '../app/staff-words.ts'
import { type Config, ConfigError, readConfig } from '../config.ts'
import type { Affiliation } from '../engine/staff.ts'
import { developmentKey } from '../service.ts'
import { credentialByLogin } from '../store/accounts.ts'
import { record } from '../store/audit.ts'
import { openSqlite, type SqliteStore } from '../store/better-sqlite3.ts'
import { allPoints, findStaff, readDirectory, replaceSetupLink } from '../store/directory.ts'
import { openKeyFile } from '../store/key-file.ts'
import type { KeyStore } from '../store/key-store.ts'
import { openVault, type Vault } from '../store/seal.ts'
import { loadPoints, printPoints } from './points.ts'

const USAGE = `Cách dùng:
  npm run staff -- link    in ra một đường dẫn mới, dùng một lần, để tạo tài khoản quản trị và phụ trách; đường dẫn cũ hết dùng được
  npm run staff -- link --d1   như trên, cho Cloudflare D1: in kèm lệnh cần chạy một lần
  npm run staff -- add --role VAI-TRÒ --affiliation NƠI [--point MÃ-ĐIỂM]   in ra một đường dẫn mời, dùng một lần, trong ba ngày
      VAI-TRÒ (có thể nhiều, cách nhau dấu phẩy): counsellor, lead, club_board, editor, analyst, admin
      NƠI: cong_an, y_te, ubnd, doan_the, to_chuc_xa_hoi;   không có --point: tuyến trên, không thuộc điểm nào
  npm run staff -- reset TÊN-ĐĂNG-NHẬP [--second]   in ra đường dẫn đặt lại mật khẩu, dùng một lần, trong 24 giờ; --second bỏ luôn mã xác thực cũ
  npm run staff -- permissions   in ra bảng ai được làm gì (docs/permissions.md)
  npm run staff -- phone MÃ_CÁN_BỘ   in ra mã dùng một lần (15 phút) để cán bộ này liên kết điện thoại của mình
  npm run staff -- points TỆP    thay toàn bộ danh sách điểm, câu lạc bộ bằng tệp này (dạng như content/samples.yaml)
  npm run staff -- points TỆP --d1   không ghi gì, in ra các lệnh SQL để chạy trên Cloudflare D1`

/** Whom the audit names where a command acted. */
const OPERATOR = 'operator'

/** Hashing a token needs nobody's own key. */
const NO_KEYS: KeyStore = {
  add: async () => undefined,
  newest: async () => null,
  byId: async () => null,
  destroy: async () => undefined,
}

process.exitCode = await run(process.argv.slice(2))

async function run(args: readonly string[]): Promise<number> {
  try {
    switch (args[0]) {
      case 'points':
        return await runPoints(args.slice(1))
      case 'link':
        return await runLink(args.slice(1))
      case 'add':
        return await runAdd(args.slice(1))
      case 'reset':
        return await runReset(args.slice(1))
      case 'phone':
        return await runPhone(args.slice(1))
      case 'permissions':
        process.stdout.write(permissionPage())
        return 0
      default:
        console.error(USAGE)
        return 2
    }
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error
    console.error(error.message)
    return 1
  }
}

async function runLink(args: readonly string[]): Promise<number> {
  const onD1 = args[0] === '--d1'
  if (args.length > (onD1 ? 1 : 0)) {
    console.error(USAGE)
    return 2
  }
  const config = readConfig(process.env)
  if (onD1) return tellD1(config)
  const path = await withDatabase(config, async (store, vault) => {
    const { token, hash } = newToken({ vault })
    await replaceSetupLink(store, hash)
    return `/desk/setup?token=${token}`
  })
  if (path === null) return 1
  console.log(`Tạo tài khoản quản trị và phụ trách (dùng một lần): ${originOf(config)}${path}`)
  return 0
}

/** An invitation by the operator, who is signed in nowhere: the audit names the command. */
async function runAdd(args: readonly string[]): Promise<number> {
  const wanted = readAdd(args)
  if (wanted === null) {
    console.error(USAGE)
    return 2
  }
  const config = readConfig(process.env)
  const path = await withDatabase(config, async (store, vault) => {
    const points = await allPoints(store)
    if (wanted.point !== null && !points.some(({ id }) => id === wanted.point))
      throw new ConfigError(
        `Không có điểm "${wanted.point}". Các điểm đang có: ${points.map(({ id }) => id).join(', ')}`,
      )
    const { token, hash } = newToken({ vault })
    const now = Date.now()
    const [staff, about] = [OPERATOR, wanted.roles.join(',')]
    const entry = { staff, at: now, action: 'staff.invite', contact: null, about, point: wanted.point, source: null }
    await record(store, vault, entry, [invitationRow(hash, wanted, staff, now)])
    return `/desk/invitation?token=${token}`
  })
  if (path === null) return 1
  console.log(`Đường dẫn mời (dùng một lần, trong ba ngày): ${originOf(config)}${path}`)
  return 0
}

/** For an admin who is locked out: nobody above them is left to make the link. */
async function runReset(args: readonly string[]): Promise<number> {
  const [login, flag] = args
  if (login === undefined || args.length > 2 || (flag !== undefined && flag !== '--second')) {
    console.error(USAGE)
    return 2
  }
  const config = readConfig(process.env)
  const path = await withDatabase(config, async (store, vault) => {
    const credential = await credentialByLogin(store, loginOf(login))
    const member = credential && (await findStaff(store, credential.staff))
    if (!member?.active) throw new ConfigError(`Không có cán bộ nào đang làm việc với tên đăng nhập "${login}".`)
    const { token, hash } = newToken({ vault })
    const now = Date.now()
    const second = flag === '--second'
    const about = `${member.id}${second ? ':second' : ''}`
    const entry = {
      staff: OPERATOR,
      at: now,
      action: 'staff.reset',
      contact: null,
      about,
      point: member.point,
      source: null,
    }
    await record(store, vault, entry, [resetRow(hash, { reset: member.id, second }, OPERATOR, now)])
    return `/desk/reset?token=${token}`
  })
  if (path === null) return 1
  console.log(`Đường dẫn đặt lại mật khẩu (dùng một lần, trong 24 giờ): ${originOf(config)}${path}`)
  return 0
}

/** The code a member sends from their own chat, for whoever is not at the desk page that makes one. */
async function runPhone(args: readonly string[]): Promise<number> {
  const [staff] = args
  if (staff === undefined || args.length > 1) {
    console.error(USAGE)
    return 2
  }
  const code = await withDatabase(readConfig(process.env), async (store, vault) => {
    const members = (await readDirectory(store, null))?.staff ?? []
    if (!members.some(({ id, active }) => id === staff && active))
      throw new ConfigError(`Không có cán bộ nào đang làm việc với mã ${staff}.`)
    return makeLinkCode({ store, vault, now: Date.now }, staff)
  })
  if (code === null) return 1
  console.log(`Trong 15 phút, từ Telegram hoặc Zalo của mình, nhắn cho bot: liên kết ${code}`)
  return 0
}

function readAdd(args: readonly string[]): (Invitation & { affiliation: Affiliation }) | null {
  try {
    const option = { type: 'string' } as const
    const options = { role: option, point: option, affiliation: option }
    const { values } = parseArgs({ args: [...args], options })
    const named = values.role?.split(',') ?? []
    const roles = ROLES.filter((role) => named.includes(role))
    const affiliation = AFFILIATIONS.find((one) => one === values.affiliation)
    if (!affiliation || roles.length === 0 || roles.length !== named.length) return null
    return { roles, affiliation, point: values.point ?? null }
  } catch {
    return null
  }
}

async function runPoints(args: readonly string[]): Promise<number> {
  const [file, onD1] = args
  if (file === undefined || args.length > 2 || (onD1 !== undefined && onD1 !== '--d1')) {
    console.error(USAGE)
    return 2
  }
  return onD1 ? printPoints(file) : loadPoints(file, process.env)
}

/** The database is elsewhere: the operator puts the hash there, and nobody's log ever holds the link. */
function tellD1(config: Config): number {
  if (config.dataKey === null || config.publicUrl === null) {
    console.error('Cần DATA_KEY (cùng khoá với Worker) và PUBLIC_URL.')
    return 1
  }
  const { token, hash } = newToken({ vault: openVault(config.dataKey, NO_KEYS) })
  const sql = `insert into setting (name, value) values ('setup_link', '${hash}') on conflict (name) do update set value = excluded.value`
  console.log(`Chạy một lần:\n  npx wrangler d1 execute DB --remote --command "${sql}"`)
  console.log(`Rồi tạo tài khoản quản trị và phụ trách (dùng một lần): ${config.publicUrl}/desk/setup?token=${token}`)
  return 0
}

function originOf(config: Config): string {
  const host = config.host.includes(':') ? `[${config.host}]` : config.host
  return config.publicUrl ?? `http://${host}:${config.port}`
}

/** The service may be running: only rows of their own are written. Null where there is no database yet. */
async function withDatabase<T>(
  config: Config,
  work: (store: SqliteStore, vault: Vault) => Promise<T>,
): Promise<T | null> {
  if (!existsSync(config.databasePath)) {
    console.error('Chưa có cơ sở dữ liệu. Hãy chạy dịch vụ một lần trước: lần đầu nó tự in đường dẫn.')
    return null
  }
  const store = openSqlite(config.databasePath)
  const keys = openKeyFile(config.keysPath)
  try {
    return await work(store, openVault(config.dataKey ?? developmentKey(config), keys))
  } finally {
    store.close()
    keys.close()
  }
}
