/**
 * A foreign Telegram in a process of its own: it ends itself when a webhook is not answered with 2xx, which must
 * not take the test with it. It never sends the secret header, so its HTTP client is told to.
 */
import { createRequire } from 'node:module'

const require = createRequire(import.meta.url)
const TelegramServer = require('telegram-test-api')
const axios = createRequire(require.resolve('telegram-test-api'))('axios')

axios.defaults.headers.common['X-Telegram-Bot-Api-Secret-Token'] = process.env.PEER_SECRET
const server = new TelegramServer({ port: Number(process.env.PEER_PORT), host: '127.0.0.1', storeTimeout: 600 })
await server.start()
process.send('ready')
process.once('disconnect', () => process.exit(0))
