import { html } from 'hono/html'
import { deskPage } from './desk-top.ts'
import { field, hidden, trouble } from './form.ts'
import type { Markup } from './layout.ts'

/** A new password by a one-time link; pressing the button uses it up, a preview does not. */
export function resetPage(view: { token: string; login: string; second: boolean; problem: string | null }): Markup {
  return deskPage(
    null,
    html`<h1>Đặt lại mật khẩu</h1>
<p>Tên đăng nhập của bạn: <b>${view.login}</b></p>
${trouble(view.problem)}
<form method="post" action="/desk/reset">
${hidden('token', view.token)}
<input type="hidden" name="username" autocomplete="username" value="${view.login}">
${field({ name: 'password', label: 'Mật khẩu mới', type: 'password', autocomplete: 'new-password', hint: 'Từ 10 ký tự. Một câu ngắn dễ nhớ thì tốt hơn một từ lạ.' })}
<p class="small">Mọi nơi đang đăng nhập sẽ thoát.${view.second ? ' Mã xác thực cũ cũng được bỏ; sau khi vào, bạn cài lại.' : ''}</p>
<button>Đặt lại mật khẩu</button>
</form>`,
  )
}

/** Shown once: only its hash is kept. */
export function resetLinkPage(member: Parameters<typeof deskPage>[0], name: string, link: string): Markup {
  return deskPage(
    member,
    html`<h1>Đường dẫn đặt lại mật khẩu</h1>
<p>Gửi riêng cho <b>${name}</b>, tốt nhất là đưa tận tay. Dùng được <b>một lần</b>, trong <b>24 giờ</b>; trang này chỉ hiện một lần. Bạn không biết mật khẩu mới của họ.</p>
<p><code>${link}</code></p>
<p><a class="button second" href="/desk/staff">Xong</a></p>`,
  )
}
