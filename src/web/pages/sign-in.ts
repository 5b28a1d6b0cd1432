import { html } from 'hono/html'
import type { Invitation } from '../../app/accounts.ts'
import { AFFILIATION_WORDS, AFFILIATIONS, ROLE_WORDS } from '../../app/staff-words.ts'
import { deskPage } from './desk-top.ts'
import { choice, field, hidden, trouble } from './form.ts'
import type { Markup } from './layout.ts'

export function signInPage(view: { next: string; login: string; problem: string | null }): Markup {
  return deskPage(
    null,
    html`<h1>Cán bộ đăng nhập</h1>
${trouble(view.problem)}
<form method="post" action="/desk/sign-in">
${hidden('next', view.next)}
${field({ name: 'login', label: 'Tên đăng nhập', autocomplete: 'username', value: view.login })}
${field({ name: 'password', label: 'Mật khẩu', type: 'password', autocomplete: 'current-password' })}
<button>Đăng nhập</button>
</form>
<p class="small">Quên mật khẩu: xin phụ trách điểm một đường dẫn đặt lại. Chưa có tài khoản: xin một đường dẫn mời.</p>
<p class="small">Bạn cần người trò chuyện? <a href="/chat">Mở trang nhắn tin</a>, không cần tài khoản.</p>`,
  )
}

export function codePage(view: { next: string; problem: string | null }): Markup {
  return deskPage(
    null,
    html`<h1>Mã xác thực</h1>
<p>Mở ứng dụng xác thực trên điện thoại và nhập mã 6 số. Không có điện thoại bên mình, hãy nhập một mã khôi phục.</p>
${trouble(view.problem)}
<form method="post" action="/desk/sign-in/code">
${hidden('next', view.next)}
${field({ name: 'code', label: 'Mã', autocomplete: 'one-time-code' })}
<button>Tiếp tục</button>
</form>
<form method="post" action="/desk/leave"><button class="second">Thoát</button></form>`,
  )
}

export function proofPage(view: { next: string; problem: string | null }): Markup {
  return deskPage(
    null,
    html`<h1>Nhập lại mật khẩu</h1>
<p>Việc sắp làm là việc hệ trọng, nên chúng tôi hỏi lại để chắc rằng chính bạn đang ngồi đây.</p>
${trouble(view.problem)}
<form method="post" action="/desk/account/proof">
${hidden('next', view.next)}
${field({ name: 'password', label: 'Mật khẩu', type: 'password', autocomplete: 'current-password' })}
<button>Tiếp tục</button>
</form>
<p><a class="back" href="/desk">Thôi, quay về</a></p>`,
  )
}

/** The account is made by pressing the button: a preview of the link does not use it up. */
export function invitationPage(view: {
  token: string
  invitation: Invitation
  point: string | null
  given: { login: string; shownAs: string; affiliation: string }
  problem: string | null
}): Markup {
  const { invitation, given } = view
  const roles = invitation.roles.map((role) => ROLE_WORDS[role]).join(', ')
  const second = invitation.roles.some((role) => role === 'lead' || role === 'admin')
  return deskPage(
    null,
    html`<h1>Tạo tài khoản cán bộ</h1>
<p>Bạn được mời làm: <b>${roles}</b>${view.point === null ? '' : html`, tại <b>${view.point}</b>`}${invitation.affiliation === null ? '' : html`, thuộc <b>${AFFILIATION_WORDS[invitation.affiliation]}</b>`}.</p>
${trouble(view.problem)}
<form method="post" action="/desk/invitation" autocomplete="on">
${hidden('token', view.token)}
${field({ name: 'login', label: 'Tên đăng nhập', autocomplete: 'username', value: given.login, hint: 'Từ 3 ký tự: chữ không dấu, số, dấu chấm, gạch ngang. Ví dụ: lan.mochau' })}
${field({ name: 'password', label: 'Mật khẩu', type: 'password', autocomplete: 'new-password', hint: 'Từ 10 ký tự. Một câu ngắn dễ nhớ thì tốt hơn một từ lạ.' })}
${field({ name: 'shown_as', label: 'Tên gọi người nhắn sẽ thấy', autocomplete: 'off', value: given.shownAs, required: false, hint: 'Chỉ tên gọi, ví dụ: Lan. Để trống nếu bạn không muốn hiện tên.' })}
${
  invitation.affiliation === null
    ? choice({
        name: 'affiliation',
        label: 'Bạn thuộc cơ quan, tổ chức nào',
        of: [
          { value: '', label: 'Hãy chọn' },
          ...AFFILIATIONS.map((one) => ({ value: one, label: AFFILIATION_WORDS[one] })),
        ],
        value: given.affiliation,
      })
    : ''
}
<p class="small">Người nhắn được biết bạn thuộc cơ quan nào trước khi đọc lời đầu tiên của bạn.${second ? ' Bước sau, bạn sẽ cài mã xác thực trên điện thoại.' : ''}</p>
<button>Tạo tài khoản</button>
</form>`,
  )
}

export function goneInvitationPage(): Markup {
  return deskPage(
    null,
    html`<h1>Đường dẫn này không dùng được nữa</h1>
<p>Mỗi đường dẫn dùng được một lần: đường dẫn mời trong ba ngày, đường dẫn đặt lại mật khẩu trong 24 giờ; phụ trách cũng có thể đã thu hồi. Hãy xin phụ trách điểm, hoặc người vận hành (npm run staff -- link), một đường dẫn mới.</p>
<p><a class="button second" href="/desk/sign-in">Tôi đã có tài khoản</a></p>`,
  )
}
