import { html } from 'hono/html'
import { layout, type Markup } from '../layout.ts'

export type DeskTab = 'today' | 'queue' | 'replies' | null

const TABS = [
  { id: 'today', href: '/desk', label: 'Hôm nay' },
  { id: 'queue', href: '/desk/queue', label: 'Hàng chờ' },
  { id: 'replies', href: '/desk/replies', label: 'Câu mẫu' },
] as const

export interface Reader {
  /** How the signed-in member of staff is shown. */
  name: string
}

/** The frame of every page of the desk. `self` is where a fresh copy of this page is fetched from. */
export function deskPage(page: { reader: Reader; tab: DeskTab; self: string; main: Markup }): Markup {
  return layout({
    kind: 'desk',
    script: 'desk',
    body: html`<a class="skip" href="#noi-dung">Đến nội dung</a>
<header class="desk-top"><div class="wide">
<nav aria-label="Bàn trực"><ul>${TABS.map(({ id, href, label }) => html`<li><a href="${href}"${id === page.tab ? html` aria-current="page"` : ''}>${label}</a></li>`)}</ul></nav>
<form method="post" action="/desk/leave" class="sign-out"><span class="meta reader">${page.reader.name}</span> <button class="second">Thoát</button></form>
</div></header>
<main class="wide" id="noi-dung" data-self="${page.self}">${page.main}</main>
<footer class="wide" id="tien-ich" hidden></footer>`,
  })
}

/** What just happened, or why it did not: read out at once, and the first thing on the page. */
export function notice(message: string | null, kind: 'done' | 'trouble' = 'trouble'): Markup {
  if (message === null) return html``
  return kind === 'done'
    ? html`<p class="notice done" role="status">${message}</p>`
    : html`<p class="notice" role="alert">${message}</p>`
}
