import { ENTRANCE_PAYLOAD, readEntrance } from '../engine/entrance.ts'
import { SLIP_PAYLOAD } from '../engine/slip.ts'

/** The commands of the menu, each with the Vietnamese words the engine understands. */
export const COMMANDS = [
  { command: 'start', words: '/start', description: 'Bắt đầu trò chuyện' },
  { command: 'gap_nguoi', words: 'gặp người', description: 'Gặp một tư vấn viên' },
  { command: 'khan_cap', words: 'khẩn cấp', description: 'Cần giúp ngay lúc này' },
  { command: 'dung', words: 'dừng', description: 'Ngừng nhận tin nhắn nhắc' },
  { command: 'xoa', words: 'xoá', description: 'Xoá thông tin của tôi' },
  { command: 'tro_giup', words: 'trợ giúp', description: 'Xem cách dùng' },
] as const

/** Telegram's own names for two of them, which its apps suggest. */
const ALIASES: Readonly<Record<string, string>> = { help: 'trợ giúp', stop: 'dừng' }

const WORDS: ReadonlyMap<string, string> = new Map([
  ...COMMANDS.map(({ command, words }) => [bare(command), words] as const),
  ...Object.entries(ALIASES),
])

const COMMAND = /^\/([a-z0-9_]{1,32})(?:@[a-z0-9_]{1,64})?(?:\s+([\s\S]*))?$/i
const SLIP = new RegExp(`^${SLIP_PAYLOAD}DH-[A-Z2-9]{4}-[A-Z2-9]{4}$`)
const DEEP_LINK = /^[A-Za-z0-9_-]{1,64}$/

/**
 * "/gap_nguoi" becomes "gặp người". What was written after a command is kept, because it may be the cry for
 * help; of a deep link after /start only the code of a printed slip is.
 */
export function commandToWords(text: string): string {
  const [, name, rest = ''] = COMMAND.exec(text.trim()) ?? []
  const words = name === undefined ? undefined : WORDS.get(bare(name.toLowerCase()))
  if (words === undefined) return text
  if (words === '/start' && SLIP.test(rest)) return rest.slice(SLIP_PAYLOAD.length)
  if (rest === '' || (words === '/start' && DEEP_LINK.test(rest))) return words
  return `${words} ${rest}`
}

/** The entrance that a deep link names: "/start vao-truong-hoc". */
export function entranceOf(text: string): string | null {
  const [, name, rest = ''] = COMMAND.exec(text.trim()) ?? []
  return name?.toLowerCase() === 'start' && rest.startsWith(ENTRANCE_PAYLOAD)
    ? readEntrance(rest.slice(ENTRANCE_PAYLOAD.length))
    : null
}

function bare(command: string): string {
  return command.replaceAll('_', '')
}
