import { connect as connectTelegram } from '../channels/telegram.ts'
import type { Connected } from '../channels/webhook.ts'
import { connect as connectZalo } from '../channels/zalo.ts'
import { readConfig } from '../config.ts'

const USAGE = `Cách dùng:
  npm run channels -- connect    đăng ký địa chỉ nhận tin (webhook) với Telegram và Zalo, và danh sách lệnh của Telegram`

process.exitCode = await run(process.argv.slice(2))

async function run(args: readonly string[]): Promise<number> {
  if (args[0] !== 'connect' || args.length > 1) {
    console.error(USAGE)
    return 2
  }
  const { telegram, zalo, publicUrl } = readConfig(process.env)
  if (publicUrl === null || !publicUrl.startsWith('https://')) {
    console.error('Cần đặt PUBLIC_URL là địa chỉ https:// mà Telegram và Zalo gọi vào được.')
    return 1
  }
  if (telegram === null && zalo === null) {
    console.error('Chưa có kênh nào: hãy đặt TELEGRAM_BOT_TOKEN hoặc ZALO_BOT_TOKEN.')
    return 1
  }
  const results: readonly (readonly [string, readonly Connected[]])[] = [
    ['Telegram', telegram === null ? [] : await connectTelegram(telegram, publicUrl)],
    ['Zalo', zalo === null ? [] : await connectZalo(zalo, publicUrl)],
  ]
  for (const [channel, connected] of results) {
    if (connected.length === 0) console.log(`${channel}: chưa cài đặt, bỏ qua.`)
    for (const { bot, webhook, problem } of connected) {
      if (problem === null) console.log(`${channel} (${bot}): đã đăng ký nhận tin tại ${webhook}`)
      else console.error(`${channel} (${bot}): chưa đăng ký được: ${problem}`)
    }
  }
  return results.some(([, connected]) => connected.some(({ problem }) => problem !== null)) ? 1 : 0
}
