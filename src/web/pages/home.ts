import { html } from 'hono/html'
import { LEAVE_TO, layout, type Markup, top } from './layout.ts'
import { noticeInFull, noticeInShort, type Operator } from './notice.ts'

export interface Entrance {
  channel: 'telegram' | 'zalo' | 'webchat'
  label: string
  href: string
}

/** What this is, for whom, and the doors that are open. */
export function homePage(options: { entrances: readonly Entrance[]; operator: Operator; leaveTo?: string }): Markup {
  const { entrances, operator } = options
  const web = entrances.filter((entrance) => entrance.channel === 'webchat')
  const apps = entrances.filter((entrance) => entrance.channel !== 'webchat')
  return layout({
    kind: 'home',
    script: true,
    body: html`${top({ leaveTo: options.leaveTo ?? LEAVE_TO, skipTo: { href: '#noi-dung', label: 'Đến nội dung' } })}
<main class="column" id="noi-dung">
<img class="sign" src="/assets/icon.svg" alt="" width="72" height="72">
<h1>Bạn không phải đi một mình</h1>
<p class="lead">Đồng Hành là nơi nói chuyện về ma túy mà không ai phán xét bạn. Bạn hỏi, máy trả lời ngay. Khi cần, bạn có thể xin gặp một người thật.</p>
<div class="doors">
${web.map((entrance) => html`<a class="button" href="${entrance.href}">${entrance.label}</a><p class="small">Không cần tên, không cần cài gì.</p>`)}
${apps.map((entrance) => html`<a class="button second" href="${entrance.href}" rel="noreferrer">${entrance.label}</a>`)}
${apps.length > 0 ? html`<p class="small">Zalo và Telegram biết tài khoản của bạn là ai.${web.length > 0 ? ' Muốn kín đáo hơn, hãy nhắn ngay tại đây.' : ''}</p>` : ''}
</div>
<h2>Dành cho ai</h2>
<ul class="people">
<li><b>Cho chính bạn</b> Đang dùng, đang cai, đang điều trị hay đã qua rồi đều được.</li>
<li><b>Cho người thân</b> Cha mẹ, vợ chồng, con cái, bạn bè đang lo cho một người.</li>
<li><b>Muốn tìm hiểu</b> Học sinh, thầy cô, người đi làm, ai cũng hỏi được.</li>
</ul>
<h2>Khi tính mạng đang bị đe doạ</h2>
<p>Gọi <a href="tel:115">115</a> (cấp cứu), <a href="tel:113">113</a> (công an), <a href="tel:114">114</a> (cứu hoả) hoặc <a href="tel:111">111</a> (bảo vệ trẻ em). Gọi trước, đừng chờ trả lời ở đây.</p>
<p>Nếu người gặp nạn ở tỉnh khác với bạn, hãy bấm mã vùng của tỉnh đó trước số 113, 114, 115.</p>
<h2>Điều bạn nên biết trước</h2>
${noticeInShort(operator)}
<details><summary>Đọc thêm</summary>${noticeInFull()}</details>
</main>`,
  })
}
