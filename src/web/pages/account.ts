import { html, raw } from 'hono/html'
import { AFFILIATION_WORDS, ROLE_WORDS } from '../../app/staff-words.ts'
import { LANGUAGES, languageOf } from '../../engine/language.ts'
import type { StaffMember } from '../../engine/staff.ts'
import type { LinkedPhone } from '../../store/staff-phones.ts'
import type { StaffSession } from '../../store/staff-sessions.ts'
import { deskPage } from './desk-top.ts'
import { checks, field, hidden, trouble } from './form.ts'
import type { Markup } from './layout.ts'
import { clock } from './line-text.ts'

const CHANNELS: Readonly<Record<string, string>> = { telegram: 'Telegram', zalo: 'Zalo' }

export function accountPage(view: {
  member: StaffMember
  login: string
  hasSecond: boolean
  codesLeft: number
  sessions: readonly StaffSession[]
  phones: readonly LinkedPhone[]
  present: string
  now: number
  problem: string | null
  done: string | null
}): Markup {
  const { member, sessions, now } = view
  return deskPage(
    member,
    html`<h1>Tài khoản</h1>
${view.done === null ? '' : html`<p role="status"><b>${view.done}</b></p>`}
${trouble(view.problem)}
<p>Tên đăng nhập: <b>${view.login}</b><br>
Người nhắn thấy: <b>${member.shownAs ?? 'không hiện tên'}</b>, ${AFFILIATION_WORDS[member.affiliation]}<br>
Vai trò: <b>${member.roles.map((role) => ROLE_WORDS[role]).join(', ')}</b></p>
<details><summary>Đổi tên gọi</summary>
<form method="post" action="/desk/account/name">
${field({ name: 'shown_as', label: 'Tên gọi người nhắn sẽ thấy', autocomplete: 'off', value: member.shownAs ?? '', required: false, hint: 'Chỉ tên gọi, ví dụ: Lan. Để trống nếu bạn không muốn hiện tên.' })}
<button class="second">Lưu tên gọi</button>
</form></details>
<details><summary>Tiếng bạn nói được${member.languages.length === 0 ? '' : `: ${member.languages.map((id) => languageOf(id)?.name ?? id).join(', ')}`}</summary>
<form method="post" action="/desk/account/languages">
${checks({ name: 'languages', label: 'Ngoài tiếng Việt. Ai xin nói tiếng ấy thì bạn được gọi trước khi bạn đang trực.', of: LANGUAGES.map(({ id, name }) => ({ value: id, label: name })), chosen: member.languages })}
<button class="second">Lưu</button>
</form></details>
<h2>Mã xác thực</h2>
${
  view.hasSecond
    ? html`<p>Đã cài. Còn <b>${view.codesLeft}</b> mã khôi phục.</p>
<div class="row ends"><form method="post" action="/desk/account/codes"><button class="second">Tạo mã khôi phục mới</button></form>
<a class="button second" href="/desk/account/second-factor">Cài lại trên máy khác</a></div>`
    : html`<p>Chưa cài. Mã trên điện thoại giữ tài khoản an toàn cả khi có người biết mật khẩu.</p><p><a class="button second" href="/desk/account/second-factor">Cài mã xác thực</a></p>`
}
<h2>Điện thoại của bạn</h2>
<p>Được báo “Có 1 cuộc cần hỗ trợ” trên Telegram hoặc Zalo của chính bạn, cả khi không mở trang này.</p>
${
  view.phones.length === 0
    ? ''
    : html`<ul class="tickets">${view.phones.map(
        (one) =>
          html`<li><p>${CHANNELS[one.channel] ?? one.channel}<br><span class="meta">liên kết ${clock(one.linkedAt, now)}</span></p>
<form method="post" action="/desk/account/unlink">${hidden('phone', one.address)}<button class="second">Ngắt</button></form></li>`,
      )}</ul>`
}
<form method="post" action="/desk/account/phone"><button class="second">Liên kết điện thoại</button></form>
<h2>Nơi đang đăng nhập <span class="count">${sessions.length}</span></h2>
<ul class="tickets">${sessions.map(
      (
        one,
      ) => html`<li><p>${one.device}${one.token === view.present ? ' (máy này)' : ''}<br><span class="meta">vào lúc ${clock(one.startedAt, now)}, dùng gần nhất ${clock(one.seenAt, now)}</span></p>
${one.token === view.present ? '' : html`<form method="post" action="/desk/account/revoke">${hidden('session', one.token)}<button class="second">Đăng xuất nơi này</button></form>`}</li>`,
    )}</ul>
<p class="small">Không dùng trong 8 giờ thì tự thoát; sau 7 ngày phải đăng nhập lại.</p>
<h2 id="mat-khau">Đổi mật khẩu</h2>
<form method="post" action="/desk/account/password">
${field({ name: 'old', label: 'Mật khẩu hiện nay', type: 'password', autocomplete: 'current-password' })}
${field({ name: 'fresh', label: 'Mật khẩu mới', type: 'password', autocomplete: 'new-password', hint: 'Từ 10 ký tự. Đổi xong, các nơi khác tự thoát.' })}
<button>Đổi mật khẩu</button>
</form>`,
  )
}

/** The address of the secret as a picture for another phone, and as text for this one. */
export function secondFactorPage(view: {
  member: StaffMember
  /** A picture made by us, as SVG. */
  picture: string
  uri: string
  secret: string
  sealed: string
  problem: string | null
  needed: boolean
}): Markup {
  return deskPage(
    view.needed ? null : view.member,
    html`<h1>Cài mã xác thực</h1>
${view.needed ? html`<p>Vai trò của bạn mở được nhiều thứ, nên cần thêm một lớp: mã 6 số trên điện thoại của bạn.</p>` : ''}
<ol>
<li>Mở ứng dụng xác thực (ví dụ FreeOTP, Google Authenticator). Ứng dụng chạy không cần mạng.</li>
<li>Quét hình này, hoặc trên chính điện thoại này <a href="${view.uri}">bấm vào đây</a>, hoặc nhập tay khoá.</li>
<li>Nhập mã 6 số ứng dụng vừa hiện.</li>
</ol>
<div class="qr" role="img" aria-label="Hình để quét bằng ứng dụng xác thực">${raw(view.picture)}</div>
<p>Khoá: <code>${view.secret.replaceAll(/(.{4})(?=.)/g, '$1 ')}</code></p>
<details><summary>Địa chỉ đầy đủ</summary><p><code>${view.uri}</code></p></details>
${trouble(view.problem)}
<form method="post" action="/desk/account/second-factor">
${hidden('sealed', view.sealed)}
${field({ name: 'code', label: 'Mã 6 số', autocomplete: 'one-time-code', numeric: true })}
<button>Xong</button>
</form>
${view.needed ? html`<form method="post" action="/desk/leave"><button class="second">Thoát</button></form>` : ''}`,
  )
}

/** The code a member sends from their own chat; shown once. */
export function phonePage(member: StaffMember, code: string): Markup {
  return deskPage(
    member,
    html`<h1>Liên kết điện thoại</h1>
<p>Trong <b>15 phút</b>, từ Telegram hoặc Zalo của bạn, nhắn cho bot của dịch vụ:</p>
<p class="codes"><code>liên kết ${code}</code></p>
<ul>
<li>Mã dùng được một lần. Đừng đưa cho ai: ai gửi mã này sẽ nhận tin thay bạn.</li>
<li>Những gì bạn từng nhắn thử ở chat đó với tư cách người dùng được xoá.</li>
<li>Đặt khoá màn hình. Muốn thôi nhận tin, gõ <b>ngắt</b> trong chat ấy.</li>
</ul>
<p><a class="button second" href="/desk/account">Xong</a></p>`,
  )
}

/** Shown once: only hashes are kept. */
export function codesPage(member: StaffMember, codes: readonly string[]): Markup {
  return deskPage(
    member,
    html`<h1>Mã khôi phục</h1>
<p>Mất điện thoại, bạn vào được bằng một trong các mã này. Mỗi mã dùng được <b>một lần</b>. Hãy chép ra giấy và cất riêng: trang này <b>chỉ hiện một lần</b>.</p>
<ol class="codes">${codes.map((code) => html`<li><code>${code}</code></li>`)}</ol>
<p><a class="button" href="/desk">Tôi đã chép lại</a></p>`,
  )
}
