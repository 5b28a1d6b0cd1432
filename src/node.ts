import { serve } from '@hono/node-server'
import { readAssets } from './cli/files.ts'
import { ConfigError, pageSettings, readConfig, requireForProduction } from './config.ts'
import { openService } from './service.ts'
import { createWeb } from './web/server.ts'

const TICK_MS = 1_000
const TIDY_MS = 3_600_000

// Databases, logs of databases and keys are their owner's alone.
process.umask(0o077)

try {
  await start()
} catch (error) {
  console.error(error instanceof ConfigError ? error.message : error)
  process.exit(1)
}

async function start(): Promise<void> {
  const config = readConfig(process.env)
  requireForProduction(config)
  const service = await openService(config)
  const { app, room } = service
  const web = createWeb(app, room, {
    ...pageSettings(config),
    assets: readAssets(),
    streamSeconds: 60,
    ready: service.ready,
  })

  await service.recover()
  const server = serve({ fetch: web.fetch, port: config.port, hostname: config.host }, (info) => {
    app.log.info({ event: 'listening', port: info.port })
    announce(`http://${config.host.includes(':') ? `[${config.host}]` : config.host}:${info.port}`)
  })

  server.on('error', (error: NodeJS.ErrnoException) => {
    const taken = `Cổng ${config.port} đang có chương trình khác dùng. Đặt PORT khác, ví dụ: PORT=3001 npm start`
    console.error(error.code === 'EADDRINUSE' ? taken : error)
    process.exit(1)
  })
  // A request that comes in drops holds a socket no longer than this.
  if ('headersTimeout' in server) server.headersTimeout = 10_000
  if ('requestTimeout' in server) server.requestTimeout = 30_000

  let ticking: Promise<void> = Promise.resolve()
  let busy = false
  const ticks = setInterval(() => {
    if (busy) return
    busy = true
    ticking = service.tick().finally(() => {
      busy = false
    })
  }, TICK_MS)
  const tidies = setInterval(() => void service.tidy(), TIDY_MS)

  const stop = async (): Promise<void> => {
    clearInterval(ticks)
    clearInterval(tidies)
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    if ('closeIdleConnections' in server) server.closeIdleConnections()
    // Event streams stay open for a minute; what is under way gets a moment, then the rest is cut.
    await Promise.race([closed, new Promise((resolve) => setTimeout(resolve, 2_000).unref())])
    if ('closeAllConnections' in server) server.closeAllConnections()
    await ticking
    await service.close()
    process.exit(0)
  }
  process.once('SIGTERM', stop)
  process.once('SIGINT', stop)

  function announce(origin: string): void {
    const base = config.publicUrl ?? origin
    const lines = [
      'Đồng Hành đang chạy.',
      `  Trang chủ:       ${base}/`,
      `  Trò chuyện:      ${base}/chat`,
      `  Bàn làm việc:    ${base}/desk`,
    ]
    if (service.setupToken)
      lines.push(`  Tạo tài khoản đầu tiên (dùng một lần): ${base}/desk/setup?token=${service.setupToken}`)
    console.log(lines.join('\n'))
  }
}
