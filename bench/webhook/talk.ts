/** What every chat says, over and over; the first line begins the conversation anew. */
export const TEXTS = ['bắt đầu', '1', 'tìm điểm tư vấn'] as const
export const CHATS = 256
export const FIRST_CHAT = 700_000_000
export const SECRET = 'bench-secret'
export const TOKEN = '1:bench'
export const PATH = '/webhooks/telegram'
