import { html } from 'hono/html'
import { layout, type Markup, top } from './layout.ts'

export type ErrorStatus = 400 | 401 | 403 | 404 | 413 | 429 | 500

const WORDS: Record<ErrorStatus, { title: string; advice: string }> = {
  400: {
    title: 'Trang chưa hiểu yêu cầu này',
    advice: 'Bạn hãy quay lại và thử gửi lần nữa. Nếu vẫn không được, hãy viết ngắn hơn.',
  },
  401: {
    title: 'Trang này dành cho cán bộ',
    advice: 'Phiên làm việc đã hết hoặc chưa đăng nhập. Mở trang đăng nhập, rồi quay lại trang trước và gửi lại.',
  },
  403: {
    title: 'Trang này không mở được từ đây',
    advice: 'Bạn hãy mở lại trang từ đầu rồi thử lần nữa.',
  },
  404: { title: 'Không có trang này', advice: 'Có thể đường dẫn đã cũ hoặc gõ nhầm. Bạn hãy quay về trang đầu.' },
  413: { title: 'Tin này dài quá', advice: 'Bạn hãy quay lại và chia thành vài tin ngắn hơn.' },
  429: { title: 'Đang có nhiều tin cùng lúc', advice: 'Bạn chờ khoảng một phút rồi thử lại giúp chúng tôi.' },
  500: {
    title: 'Chúng tôi đang gặp trục trặc',
    advice: 'Lỗi ở phía chúng tôi, không phải ở bạn. Bạn hãy thử lại sau ít phút.',
  },
}

/** Says what happened and what to do next; the emergency numbers stay in reach however broken the rest is. */
export function errorPage(status: ErrorStatus): Markup {
  const { title, advice } = WORDS[status]
  return layout({
    kind: 'home',
    script: false,
    body: html`${top({ leaveTo: null, skipTo: { href: '#noi-dung', label: 'Đến nội dung' } })}
<main class="column" id="noi-dung">
<h1>${title}</h1>
<p class="lead">${advice}</p>
${status === 401 ? html`<p><a href="/desk/sign-in" target="_blank">Cán bộ đăng nhập</a></p>` : ''}
<div class="doors"><a class="button" href="/chat">Mở trang nhắn tin</a><a class="button second" href="/">Về trang đầu</a></div>
<p>Nếu có ai đang nguy hiểm, đừng chờ trang này. Hãy gọi <a href="tel:115">115</a> (cấp cứu), <a href="tel:113">113</a> (công an), <a href="tel:114">114</a> (cứu hoả) hoặc <a href="tel:111">111</a> (bảo vệ trẻ em).</p>
</main>`,
  })
}
