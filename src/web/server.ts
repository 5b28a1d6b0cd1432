import { timingSafeEqual } from 'node:crypto'
import { Hono } from 'hono'
import { bodyLimit } from 'hono/body-limit'
import type { App } from '../app/app.ts'
import { errorName } from '../app/error-name.ts'
import { openBots, quotaWarnings } from '../app/quota.ts'
import { backlog } from '../store/usage.ts'
import { accountRoutes } from './account-routes.ts'
import { auditRoutes } from './audit-routes.ts'
import type { ChatRoom } from './chat-room.ts'
import { chatRoutes } from './chat-routes.ts'
import { deskRoutes } from './desk/routes.ts'
import { directoryRoutes } from './directory-routes.ts'
import { figureRoutes } from './figure-routes.ts'
import { createNewcomers } from './newcomers.ts'
import { type ErrorStatus, errorPage } from './pages/error.ts'
import { type Entrance, homePage } from './pages/home.ts'
import { readingRoutes } from './reading-routes.ts'
import { headers, sameSiteOnly } from './security.ts'
import { selfCheckRoutes } from './self-check-routes.ts'
import { signInRoutes } from './sign-in-routes.ts'
import { requireStaff } from './signed-in.ts'
import { staffRoutes } from './staff-routes.ts'
import { webhookRoutes } from './webhooks.ts'

const BODY_BYTES = 1_048_576

export interface WebOptions {
  publicUrl: string | null
  operator: { name: string; type: string; readers: string }
  leaveTo: string
  metricsToken: string | null
  /** Is the last address in `X-Forwarded-For` to be believed. */
  trustedProxy?: boolean
  /** Where each bot is found, for the entrances of the first page. */
  links: readonly { channel: 'telegram' | 'zalo'; bot: string; href: string }[]
  /** Files of the pages by name. */
  assets: ReadonlyMap<string, { type: string; body: string }>
  streamSeconds: number
  /** How often a stream looks for new lines that nobody woke it for. */
  pollMilliseconds?: number
  /** Are the database and its migrations in order. */
  ready(): Promise<boolean>
}

/** The whole HTTP surface; the entry file only serves it. */
export function createWeb(app: App, room: ChatRoom, options: WebOptions): Hono {
  const web = new Hono()
  const https = options.publicUrl?.startsWith('https://') ?? false

  // First, so that what is refused below is counted too.
  web.use(async (c, next) => {
    const start = performance.now()
    await next()
    const ms = Math.round(performance.now() - start)
    app.log.info({ event: 'http', method: c.req.method, route: routeOf(c.req.path), status: c.res.status, ms })
  })
  web.use(headers(https))
  web.use(sameSiteOnly(options.publicUrl))
  const limit = bodyLimit({
    maxSize: BODY_BYTES,
    // Read to its end first: answered in the middle of the upload, workerd may close the connection without the answer.
    async onError(c) {
      await c.req.raw.body?.pipeTo(new WritableStream()).catch(() => undefined)
      return fail(c.req.raw, 413)
    },
  })
  // A channel counts for itself what it reads.
  web.use((c, next) => (c.req.path.startsWith('/webhooks/') ? next() : limit(c, next)))

  web.get('/healthz', (c) => c.json({ ok: true }))
  web.get('/readyz', async (c) => ((await options.ready()) ? c.json({ ok: true }) : c.json({ ok: false }, 503)))
  web.get('/metrics', async (c) => {
    if (!allowed(c.req.header('Authorization'), options.metricsToken)) return c.text('', 401)
    app.metrics.backlog.reset()
    for (const { lane, count } of await backlog(app.store)) app.metrics.backlog.set({ lane: String(lane) }, count)
    await quotaWarnings(app)
    return c.text(await app.metrics.registry.metrics(), 200, { 'Content-Type': app.metrics.registry.contentType })
  })
  web.get('/assets/:name', async (c): Promise<Response> => {
    const asset = options.assets.get(c.req.param('name'))
    if (!asset) return fail(c.req.raw, 404)
    return c.body(asset.body, 200, { 'Content-Type': asset.type, 'Cache-Control': 'public, max-age=3600' })
  })
  web.get('/', async (c) =>
    c.html(
      homePage({ entrances: await entrances(app, options), operator: options.operator, leaveTo: options.leaveTo }),
    ),
  )
  web.route('/', selfCheckRoutes(app, options.leaveTo))
  web.route('/', readingRoutes(app, { trustedProxy: options.trustedProxy ?? false }))
  web.route('/', webhookRoutes(app))
  const door = { secure: https, trustedProxy: options.trustedProxy ?? false }
  // Before every path of the desk, those yet to be written too.
  web.use('/desk/*', requireStaff(app, door))
  web.route('/', signInRoutes(app, door))
  web.route('/', accountRoutes(app, door))
  web.route('/', staffRoutes(app))
  web.route('/', auditRoutes(app))
  web.route('/', figureRoutes(app))
  web.route('/', directoryRoutes(app))
  web.route(
    '/',
    deskRoutes(app, {
      streamSeconds: options.streamSeconds,
      pollMilliseconds: options.pollMilliseconds ?? 1000,
      publicUrl: options.publicUrl,
      telegram: options.links.find(({ channel }) => channel === 'telegram')?.href ?? null,
      zalo: async () => (await entrances(app, options)).find(({ channel }) => channel === 'zalo')?.href ?? null,
    }),
  )
  web.route(
    '/',
    chatRoutes(room, {
      secureCookie: https,
      operator: options.operator,
      leaveTo: options.leaveTo,
      streamSeconds: options.streamSeconds,
      pollMilliseconds: options.pollMilliseconds ?? 1000,
      admit: createNewcomers(options.trustedProxy ?? false, app.now),
    }),
  )
  web.notFound((c) => fail(c.req.raw, 404))
  web.onError((error, c) => {
    app.log.error({ event: 'http_error', route: routeOf(c.req.path), error: errorName(error) })
    return fail(c.req.raw, 500)
  })
  return web
}

/** A page for people, JSON for machines. */
async function fail(request: Request, status: ErrorStatus): Promise<Response> {
  if (request.headers.get('Accept')?.includes('text/html')) {
    const body = String(await errorPage(status))
    return new Response(body, { status, headers: { 'Content-Type': 'text/html; charset=UTF-8' } })
  }
  return Response.json({ error: ERRORS[status] }, { status })
}

const ERRORS: Readonly<Record<ErrorStatus, string>> = {
  400: 'bad_request',
  401: 'unauthorised',
  403: 'forbidden',
  404: 'not_found',
  413: 'too_large',
  429: 'too_many',
  500: 'internal',
}

const VERBS = /\/(take|reply|say|voice|note|transfer|hand-back|close|resend|reveal|draft|contact)$/

/** The path as a pattern: ids and tokens of people never reach a log. */
function routeOf(path: string): string {
  if (path.startsWith('/desk/tickets/')) return `/desk/tickets/:id${VERBS.exec(path)?.[0] ?? ''}`
  if (path.startsWith('/chat/voice/')) return '/chat/voice/:line'
  if (path.startsWith('/desk/clb/') && path !== '/desk/clb/moi' && path !== '/desk/clb/nguoi')
    return `/desk/clb/:id${/\/(sua|lich|buoi|hoi-vien)(?=\/|$)/.exec(path)?.[0] ?? ''}${/\/(dung|roi|huy|bao|ghi)$/.exec(path)?.[0] ?? ''}`
  if (/^\/desk\/(?:hoat-dong|bo-noi-chuyen|tap-huan|noi-dung|nguon|cuoc-thi|loa|ban-ghi|loi-vao)(?:\/|$)/.test(path))
    return `/desk/${path.split('/')[2]}`
  if (path.startsWith('/desk/gioi-thieu/') && path !== '/desk/gioi-thieu/moi' && path !== '/desk/gioi-thieu/hoi-tham')
    return `/desk/gioi-thieu/:id${/\/(buoc|phieu)$/.exec(path)?.[0] ?? ''}`
  if (path.startsWith('/desk/noi-dich-vu/') && path !== '/desk/noi-dich-vu/moi') return '/desk/noi-dich-vu/:id'
  if (path.startsWith('/desk/lich/') && path !== '/desk/lich/moi')
    return `/desk/lich/:id${/\/(confirm|cancel|mark|mute|unmute|lich\.ics)$/.exec(path)?.[0] ?? ''}`
  if (path.startsWith('/desk/dang-ky/') && path !== '/desk/dang-ky/moi')
    return `/desk/dang-ky/:id${/\/(buoc|giay|chuyen|reveal|phieu|phieu\.docx)$/.exec(path)?.[0] ?? ''}`
  if (path.startsWith('/desk/tin/') && path !== '/desk/tin/moi')
    return `/desk/tin/:id${/\/(approve|pause|resume|stop)$/.exec(path)?.[0] ?? ''}`
  if (/^\/(?:loa|nghe)\//.test(path)) return `/${path.split('/')[1]}/:id`
  if (path === '/loa') return path
  if (path.startsWith('/tu-kiem/')) return '/tu-kiem/:id'
  if (path.startsWith('/desk/dong-hanh/') && !/\/(nguoi|ke-hoach)$/.test(path)) return '/desk/dong-hanh/:id/gap'
  if (path.startsWith('/desk/nguoi-do-dau/') && path !== '/desk/nguoi-do-dau/moi') return '/desk/nguoi-do-dau/:id/sua'
  if (path.startsWith('/desk/tim/')) return '/desk/tim/:id'
  if (path.startsWith('/desk/reviews/')) return '/desk/reviews/:id'
  if (path.startsWith('/desk/people/') && path !== '/desk/people/new')
    return `/desk/people/:id${/\/(slip|withdraw|unlink|contact|reveal|erase)$/.exec(path)?.[0] ?? ''}`
  if (path.startsWith('/desk/staff/'))
    return `/desk/staff/:id${/\/(roles|place|reset|deactivate|withdraw)$/.exec(path)?.[0] ?? ''}`
  if (/^\/desk\/(?:directory|rota)\/./.test(path)) return `/desk/${path.split('/')[2]}/:id`
  const known =
    /^\/(?:|healthz|readyz|metrics|chat|chat\/(?:messages|events|leave|lich\.ics)|desk|desk\/(?:setup|leave|invitation|reset|audit|sign-in|sign-in\/code|staff|directory|figures|closed|reviews|misses|queue|lich|lich\/moi|tin|tin\/moi|dang-ky|dang-ky\/moi|clb|clb\/moi|clb\/nguoi|moc|nguoi|dong-hanh|dong-hanh\/nguoi|dong-hanh\/ke-hoach|nguoi-do-dau|nguoi-do-dau\/moi|gioi-thieu|gioi-thieu\/moi|gioi-thieu\/hoi-tham|noi-dich-vu|noi-dich-vu\/moi|so-theo-doi|so-theo-doi\/(?:moi|in|rut)|people|people\/new|replies|events|tasks\/done)|desk\/account(?:\/(?:password|revoke|proof|second-factor|codes|phone|unlink|name|languages))?|webhooks\/(?:telegram|zalo)|assets\/[\w.]+)$/
  return known.test(path) ? path : ':unknown'
}

function allowed(header: string | undefined, token: string | null): boolean {
  if (token === null || header === undefined) return false
  const given = Buffer.from(header)
  const wanted = Buffer.from(`Bearer ${token}`)
  return given.length === wanted.length && timingSafeEqual(given, wanted)
}

async function entrances(app: App, options: WebOptions): Promise<readonly Entrance[]> {
  const zalo = options.links.filter((link) => link.channel === 'zalo')
  const open = await openBots(
    app,
    zalo.map((link) => link.bot),
  )
  const shown = zalo.find((link) => open.includes(link.bot))
  const telegram = options.links.find((link) => link.channel === 'telegram')
  return [
    { channel: 'webchat', label: 'Nhắn ngay tại đây', href: '/chat' },
    ...(shown ? [{ channel: 'zalo' as const, label: 'Nhắn qua Zalo', href: shown.href }] : []),
    ...(telegram ? [{ channel: 'telegram' as const, label: 'Nhắn qua Telegram', href: telegram.href }] : []),
  ]
}
