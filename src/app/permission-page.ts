import { type Action, MAY_GIVE, PERSONAL, type Relation, RULES } from './permissions.ts'
import { ROLE_WORDS, ROLES } from './staff-words.ts'

export const ACTION_WORDS: Readonly<Record<Action, string>> = {
  'queue.view': 'Xem danh sách chờ',
  'ticket.read': 'Đọc cuộc trò chuyện',
  'ticket.take': 'Nhận một yêu cầu',
  'ticket.reply': 'Trả lời',
  'ticket.transfer': 'Chuyển cho người khác',
  'ticket.close': 'Kết thúc, trả lại cho máy',
  'note.write': 'Ghi chú nội bộ',
  'answer.reveal': 'Mở ô đang che (số điện thoại, lời dặn)',
  'review.write': 'Xem lại một trường hợp khẩn cấp, ghi điều máy bỏ sót',
  'contact.record': 'Ghi cuộc gọi, lần gặp ngoài kênh nhắn',
  'walk_in.register': 'Ghi người đến trực tiếp',
  'walk_in.read': 'Xem hồ sơ người đến trực tiếp',
  'walk_in.slip': 'In, đổi, thu lại phiếu; gỡ nối cuộc nhắn',
  'walk_in.erase': 'Xoá hồ sơ người đến trực tiếp theo ý họ',
  'visit.read': 'Xem lịch hẹn',
  'visit.book': 'Đặt, đổi, huỷ lịch hẹn',
  'visit.mark': 'Ghi ai đã đến, ai không đến',
  'visit.trace': 'Tìm hiểu người lỡ hẹn, ghi kết quả',
  'enrolment.read': 'Xem yêu cầu đăng ký: từng bước, giấy tờ, thời hạn, lời đã đồng ý',
  'enrolment.write': 'Ghi yêu cầu nghe tại chỗ, ghi bước, đánh dấu giấy tờ, hỏi ý chuyển điểm',
  'contact.mute': 'Tắt, bật tin nhắc tự gửi cho một người',
  'broadcast.write': 'Soạn tin báo cho nhiều người, dừng tin mình soạn',
  'broadcast.approve': 'Duyệt, dừng tin báo cho nhiều người',
  'content.law': 'Ghi ngày một luật hết hiệu lực; bài dựa vào luật ấy tự nói ra',
  'content.take_down': 'Gỡ một bài xuống ngay, và cho hiện lại',
  'content.read': 'Xem các bài của thư viện, bài nào đến hạn; in bài đọc loa',
  'content.edit': 'Sửa lời các bài và các luồng, gửi bản nháp; bỏ bản nháp',
  'content.approve': 'Duyệt bản nháp của người khác để máy dùng',
  'outreach.read': 'Xem sổ hoạt động ngoài kênh nhắn, in bộ nói chuyện',
  'outreach.write': 'Ghi, rút một hoạt động ngoài kênh nhắn',
  'contest.read': 'Xem các cuộc thi tìm hiểu và con số của chúng',
  'contest.edit': 'Lập, mở, đóng cuộc thi tìm hiểu; kiểm mã, trao quà',
  'loudspeaker.read': 'Xem lịch đọc loa, in tờ đọc',
  'loudspeaker.plan': 'Xếp lịch đọc loa cho các xã, đổi mã trên tờ đọc',
  'loudspeaker.confirm': 'Ghi xã nào đã phát bài nào, rút lần ghi nhầm',
  'recording.write': 'Tải lên, bỏ bản ghi âm của một bài',
  'recording.enable': 'Cho dùng bản ghi âm của một bài',
  'entrance.edit': 'Mở, thôi dùng một lối vào; in thẻ có mã',
  'service.read': 'Xem danh bạ nơi dịch vụ',
  'service.edit': 'Ghi, sửa một nơi dịch vụ',
  'referral.read': 'Xem các lần giới thiệu đến nơi khác, người cần hỏi thăm',
  'referral.write': 'Giới thiệu đến nơi khác khi người ấy đồng ý, ghi các bước',
  'class.edit': 'Mở, huỷ lớp tập huấn; điểm danh, ghi chứng nhận',
  'club.edit': 'Ghi, sửa câu lạc bộ trong sổ',
  'club.read': 'Xem câu lạc bộ: các buổi, tên gọi hội viên, số liệu tháng',
  'club.meet': 'Xếp, báo, đổi, huỷ buổi sinh hoạt; điểm danh, ghi chép',
  'club.members': 'Mời vào, ghi rời câu lạc bộ; thấy hội viên thuộc nhóm nào theo luật',
  'accompany.read': 'Xem ai có người đồng hành, lần hỏi thăm, theo tháng; kế hoạch khi người ấy cho xem',
  'accompany.write': 'Giới thiệu người đồng hành, ghi lần hỏi thăm, ghi một tháng',
  'supporter.read': 'Xem sổ người đồng hành, mỗi người đang đi cùng mấy người',
  'supporter.edit': 'Ghi, sửa người đồng hành',
  'directory.edit': 'Sửa điểm, giờ mở cửa',
  'rota.edit': 'Xếp lịch trực',
  'staff.invite': 'Mời cán bộ',
  'staff.deactivate': 'Ngừng tài khoản cán bộ',
  'staff.role': 'Đổi vai trò, nơi làm việc của cán bộ',
  'staff.reset': 'Cho đặt lại mật khẩu',
  'audit.search': 'Tra nhật ký truy cập',
  'switch.sending': 'Tắt, bật việc gửi tin chủ động',
  'report.view': 'Xem báo cáo tổng hợp',
  export: 'Xuất dữ liệu',
}
export const ACTIONS = Object.keys(ACTION_WORDS) as readonly Action[]

const RELATION_WORDS: Readonly<Record<Relation, string>> = {
  own: 'mình đang giữ',
  point: 'của điểm mình',
  open: 'chưa thuộc điểm nào',
  tier: 'ở mọi điểm, nếu làm ở tuyến trên',
  board: 'của câu lạc bộ mình ở trong ban',
  any: 'được',
}

/** The rules as a page for leads; `docs/permissions.md` is this text, and a test compares them. */
export function permissionPage(): string {
  const rows = ACTIONS.map(
    (action) => `| ${ACTION_WORDS[action]} | ${ROLES.map((role) => cell(action, role)).join(' | ')} |`,
  )
  const give = Object.entries(MAY_GIVE).map(
    ([role, given]) =>
      `- **${ROLE_WORDS[role as keyof typeof MAY_GIVE]}** được trao, đổi hoặc ngừng: ${given.map((one) => ROLE_WORDS[one]).join(', ')}.`,
  )
  return `# Ai được làm gì

<!-- Trang này do máy viết từ src/app/permissions.ts: npm run staff -- permissions > docs/permissions.md -->

Việc nào không có trong bảng thì không ai được làm. Một người có nhiều vai trò thì được làm việc của mọi vai trò mình có.
Tài khoản đã ngừng không làm được việc nào.

| Việc | ${ROLES.map((role) => ROLE_WORDS[role]).join(' | ')} |
| --- |${ROLES.map(() => ' --- |').join('')}
${rows.join('\n')}

"Đang mở" nghĩa là yêu cầu chưa kết thúc; "đến N ngày" là kể từ khi yêu cầu kết thúc.

## Cán bộ công an

Cán bộ thuộc lực lượng công an không đứng trong danh sách trực mặc định. Với mỗi việc dưới đây, họ chỉ làm được khi người
nhắn **đã tự chọn họ**, biết rõ họ là công an; vai trò nào cũng vậy:

${PERSONAL.map((action) => `- ${ACTION_WORDS[action]}`).join('\n')}

## Trao vai trò

${give.join('\n')}

Không ai tự đổi vai trò hay tự ngừng tài khoản của mình. Phụ trách điểm và quản trị kỹ thuật phải dùng mã xác thực (lớp
thứ hai) khi đăng nhập; trước khi đổi vai trò hoặc xuất dữ liệu phải nhập lại mật khẩu.
`
}

function cell(action: Action, role: string): string {
  const rules = RULES.filter((rule) => rule.action === action && rule.role === role)
  if (rules.length === 0) return 'không'
  const ages = [...new Set(rules.map(({ days }) => days))]
  return ages
    .map((days) => {
      const where = rules.filter((rule) => rule.days === days).map(({ relation }) => RELATION_WORDS[relation])
      const age = days === null ? '' : days === 0 ? ' (đang mở)' : ` (đến ${days} ngày)`
      return `${where.join('; ')}${age}`
    })
    .join('<br>')
}
