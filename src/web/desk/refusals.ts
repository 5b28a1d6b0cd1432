import type { App } from '../../app/app.ts'
import type { QueueRow } from '../../store/queue.ts'
import { staffName } from './who.ts'

/** What happened instead and what can be done now, in a sentence or two. */
export function refusalWords(app: App, ticket: QueueRow, reason: string): string {
  switch (reason) {
    case 'held_by_another':
      return `${ticket.heldBy === null ? 'Một cán bộ khác' : staffName(app, ticket.heldBy)} đã nhận cuộc này trước, nên việc bạn vừa làm chưa được thực hiện. Bạn có thể để lại ghi chú cho người đang giữ, hoặc quay về nhận cuộc khác.`
    case 'not_allowed':
      return 'Tài khoản của bạn không được trả lời cuộc này: người nhắn không chọn nơi bạn làm việc, hoặc tài khoản đã ngừng. Hãy báo phụ trách điểm.'
    case 'nobody_there':
      return 'Chưa chuyển được: nơi bạn chọn không còn trong danh bạ, hoặc người đó đã nghỉ. Bạn chọn người hoặc điểm khác; cuộc này vẫn do bạn giữ.'
    case 'not_held':
      return 'Cuộc này chưa ai nhận nên chưa trả lại cho máy được. Bạn nhận trước, hoặc kết thúc.'
    case 'empty':
      return 'Bạn chưa viết gì nên chưa có gì được gửi.'
    default:
      return 'Việc bạn vừa làm chưa được thực hiện vì cuộc này đã thay đổi. Trang dưới đây là lúc này; bạn xem rồi làm lại.'
  }
}

export const REPLY_LIMIT = 4_000

export function tooLong(length: number): string {
  return `Chưa gửi: lời trả lời dài ${length} ký tự, giới hạn là ${REPLY_LIMIT}. Lời của bạn còn nguyên dưới đây; bạn rút gọn ${length - REPLY_LIMIT} ký tự, hoặc gửi làm hai lần.`
}

export const NOTHING_WRITTEN = `Bạn chưa viết gì. Lời trả lời cần có từ 1 đến ${REPLY_LIMIT} ký tự.`

/** The person blocked the channel; said before anything is queued for nobody. */
export function blockedWords(channel: string, hasNumber: boolean): string {
  const other = hasNumber
    ? 'Họ có để lại số để gọi: bấm “Hiện số” ở trên, nhớ xem giờ an toàn và câu dặn.'
    : 'Người này không để lại số. Bạn ghi chú lại việc cần nói; khi họ nhắn lại, cuộc này tự nối tiếp.'
  return `Chưa gửi: người này đã chặn hoặc rời kênh ${channel}, tin sẽ không tới. ${other} Lời của bạn còn nguyên dưới đây.`
}
