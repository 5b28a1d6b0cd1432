import { z } from 'zod'

const token = z.string().trim().min(1)
const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ''))
const count = z.coerce.number().int().positive()

const bots = z
  .string()
  .transform((text, context) => {
    try {
      return JSON.parse(text) as unknown
    } catch {
      context.addIssue({ code: 'custom', message: 'không phải JSON' })
      return z.NEVER
    }
  })
  .pipe(z.array(z.object({ name: token, token, secret: token, link: url.optional() })))

/** What a house may be that runs the service; the engine knows the same (a test says so). */
export const OPERATOR_KINDS = ['ubnd_xa', 'cong_an_xa', 'tram_y_te', 'to_chuc_xa_hoi', 'don_vi_cai_nghien'] as const

const UNNAMED = 'điểm tư vấn MẪU'
const UNDECLARED = 'chưa khai báo đơn vị'

/** Every setting there is, with its default; `.env.example` lists the same names. */
const settings = z.object({
  NODE_ENV: z.string().default('development'),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  PUBLIC_URL: url.optional(),
  TRUSTED_PROXY: z.enum(['true', 'false']).default('false'),
  DATABASE_PATH: z.string().min(1).default('data/dong-hanh.sqlite'),
  KEYS_PATH: z.string().min(1).default('data/dong-hanh-keys.sqlite'),
  DATA_KEY: z
    .string()
    .optional()
    .transform((text) => (text === undefined || text === '' ? null : Buffer.from(text, 'base64')))
    .refine((key) => key === null || key.length === 32, 'phải là 32 byte viết bằng base64'),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  METRICS_TOKEN: z.string().optional(),
  RETENTION_DAYS: count.default(30),
  SLIP_DAYS: count.default(30),
  HIDE_DRAFTS: z.enum(['true', 'false']).default('false'),
  ALLOW_DATA_ABROAD: z.enum(['true', 'false']).default('false'),
  OPERATOR_NAME: z.string().max(80).default(UNNAMED),
  OPERATOR_TYPE: z.string().max(40).default(UNDECLARED),
  OPERATOR_KIND: z.enum(OPERATOR_KINDS).optional(),
  OPERATOR_READERS: z.string().max(60).default('cán bộ tư vấn của điểm'),
  LEAVE_TO: url.default('https://vi.wikipedia.org'),
  TELEGRAM_BOT_TOKEN: token.optional(),
  TELEGRAM_WEBHOOK_SECRET: token.optional(),
  TELEGRAM_API_ROOT: url.default('https://api.telegram.org'),
  TELEGRAM_LINK: url.optional(),
  ZALO_BOT_TOKEN: token.optional(),
  ZALO_WEBHOOK_SECRET: token.optional(),
  ZALO_LINK: url.optional(),
  ZALO_BOTS: bots.optional(),
  ZALO_API_ROOT: url.default('https://bot-api.zaloplatforms.com'),
  ZALO_USERS: count.default(50),
  ZALO_USERS_SWITCH: count.default(45),
  ZALO_MESSAGES: count.default(3000),
  ZALO_CRISIS_RESERVE: count.default(200),
})

export const SETTING_NAMES: readonly string[] = Object.keys(settings.shape)

export interface Bot {
  name: string
  token: string
  secret: string
  /** Where people find the bot, for the entrances of the first page. */
  link: string | null
}

export interface Config {
  production: boolean
  port: number
  host: string
  publicUrl: string | null
  trustedProxy: boolean
  databasePath: string
  keysPath: string
  dataKey: Buffer | null
  logLevel: string
  metricsToken: string | null
  retentionDays: number
  /** Days a printed slip may be used. */
  slipDays: number
  /** Are topics that nobody of the profession has signed left out; those of safety stay. */
  hideDrafts: boolean
  /** On a runtime outside Vietnam: may it serve what identifies a person. */
  allowDataAbroad: boolean
  /** `kind`: what the house is in law; null: it has not said. */
  operator: { name: string; type: string; kind: (typeof OPERATOR_KINDS)[number] | null; readers: string }
  leaveTo: string
  telegram: { token: string; secret: string; apiRoot: string; link: string | null } | null
  zalo: { apiRoot: string; bots: readonly Bot[] } | null
  zaloLimits: { users: number; usersSwitch: number; messages: number; crisisReserve: number }
}

/** A setting that keeps the service from starting; the message names the variable and says what to do. */
export class ConfigError extends Error {
  override name = 'ConfigError'
}

/**
 * Reads the environment once.
 * @throws ConfigError naming every setting that is wrong or missing
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''))
  const parsed = settings.safeParse(set)
  if (!parsed.success) {
    const lines = parsed.error.issues.map((issue) => `  ${issue.path[0] as string}: ${issue.message}`)
    throw new ConfigError(`Cài đặt chưa đúng (invalid settings):\n${lines.join('\n')}`)
  }
  const value = parsed.data
  const production = value.NODE_ENV === 'production'
  const missing: string[] = []
  if (production && value.DATA_KEY === null) missing.push('DATA_KEY')
  if (value.TELEGRAM_BOT_TOKEN && !value.TELEGRAM_WEBHOOK_SECRET) missing.push('TELEGRAM_WEBHOOK_SECRET')
  if (value.ZALO_BOT_TOKEN && !value.ZALO_WEBHOOK_SECRET) missing.push('ZALO_WEBHOOK_SECRET')
  if (missing.length > 0)
    throw new ConfigError(`Thiếu cài đặt bắt buộc (missing): ${missing.join(', ')}. Xem .env.example.`)
  return {
    production,
    port: value.PORT,
    host: value.HOST,
    publicUrl: value.PUBLIC_URL ?? null,
    trustedProxy: value.TRUSTED_PROXY === 'true',
    databasePath: value.DATABASE_PATH,
    keysPath: value.KEYS_PATH,
    dataKey: value.DATA_KEY,
    logLevel: value.LOG_LEVEL,
    metricsToken: value.METRICS_TOKEN ?? null,
    retentionDays: value.RETENTION_DAYS,
    slipDays: value.SLIP_DAYS,
    hideDrafts: value.HIDE_DRAFTS === 'true',
    allowDataAbroad: value.ALLOW_DATA_ABROAD === 'true',
    operator: {
      name: value.OPERATOR_NAME,
      type: value.OPERATOR_TYPE,
      kind: value.OPERATOR_KIND ?? null,
      readers: value.OPERATOR_READERS,
    },
    leaveTo: value.LEAVE_TO,
    telegram: telegramOf(value),
    zalo: zaloOf(value),
    zaloLimits: {
      users: value.ZALO_USERS,
      usersSwitch: value.ZALO_USERS_SWITCH,
      messages: value.ZALO_MESSAGES,
      crisisReserve: value.ZALO_CRISIS_RESERVE,
    },
  }
}

type Values = z.infer<typeof settings>

function telegramOf(value: Values): Config['telegram'] {
  if (!value.TELEGRAM_BOT_TOKEN || !value.TELEGRAM_WEBHOOK_SECRET) return null
  return {
    token: value.TELEGRAM_BOT_TOKEN,
    secret: value.TELEGRAM_WEBHOOK_SECRET,
    apiRoot: value.TELEGRAM_API_ROOT,
    link: value.TELEGRAM_LINK ?? null,
  }
}

function zaloOf(value: Values): Config['zalo'] {
  const list: Bot[] = (value.ZALO_BOTS ?? []).map((bot) => ({ ...bot, link: bot.link ?? null }))
  if (value.ZALO_BOT_TOKEN && value.ZALO_WEBHOOK_SECRET)
    list.unshift({
      name: 'zalo',
      token: value.ZALO_BOT_TOKEN,
      secret: value.ZALO_WEBHOOK_SECRET,
      link: value.ZALO_LINK ?? null,
    })
  return list.length > 0 ? { apiRoot: value.ZALO_API_ROOT, bots: list } : null
}

/** What the pages need to know of the settings. */
export function pageSettings({ publicUrl, operator, leaveTo, metricsToken, trustedProxy, telegram, zalo }: Config) {
  return {
    trustedProxy,
    publicUrl,
    operator,
    leaveTo,
    metricsToken,
    links: [
      ...(telegram?.link ? [{ channel: 'telegram' as const, bot: 'telegram', href: telegram.link }] : []),
      ...(zalo?.bots ?? []).flatMap((bot) =>
        bot.link ? [{ channel: 'zalo' as const, bot: bot.name, href: bot.link }] : [],
      ),
    ],
  }
}

/**
 * What a service for real people needs beside its keys: an address, so that cookies are marked for TLS, and the name
 * and kind of whoever runs it, because people are told before they write.
 * @throws ConfigError naming what is missing
 */
export function requireForProduction(config: Config): void {
  if (!config.production) return
  const missing = [
    ...(config.publicUrl === null ? ['PUBLIC_URL'] : []),
    ...(config.operator.name === UNNAMED ? ['OPERATOR_NAME'] : []),
    ...(config.operator.type === UNDECLARED ? ['OPERATOR_TYPE'] : []),
  ]
  if (missing.length > 0)
    throw new ConfigError(`Thiếu cài đặt bắt buộc (missing): ${missing.join(', ')}. Xem .env.example.`)
}
