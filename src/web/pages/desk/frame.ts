import { html } from 'hono/html'
import { layout, type Markup } from '../layout.ts'
import type { Way } from '../ways.ts'

export type DeskTab =
  | 'today'
  | 'queue'
  | 'people'
  | 'visits'
  | 'enrolments'
  | 'clubs'
  | 'referrals'
  | 'accompany'
  | 'outreach'
  | 'loudspeaker'
  | 'classes'
  | 'contests'
  | 'broadcasts'
  | 'replies'
  | 'content'
  | null

export interface Reader {
  /** How the signed-in member of staff is shown. */
  name: string
  /** Where they may go. */
  ways: readonly Way[]
}

/** What a day at the desk turns around; everything else is one press further. */
const DAILY: readonly string[] = ['today', 'queue', 'people', 'visits', 'enrolments']
const FEW = 7

/** The frame of every page of the desk. `self` is where a fresh copy of this page is fetched from. */
export function deskPage(page: { reader: Reader; tab: DeskTab; self: string | null; main: Markup }): Markup {
  const { ways } = page.reader
  const rest = ways.length > FEW ? ways.filter(({ id }) => !DAILY.includes(id)) : []
  const list = (some: readonly Way[]) =>
    html`<ul>${some.map(({ id, href, label }) => html`<li><a href="${href}"${id === page.tab ? html` aria-current="page"` : ''}>${label}</a></li>`)}</ul>`
  return layout({
    kind: 'desk',
    script: 'desk',
    body: html`<a class="skip" href="#noi-dung">Đến nội dung</a>
<header class="desk-top"><div class="wide">
<nav aria-label="Bàn trực">${list(ways.filter((way) => !rest.includes(way)))}</nav>
${rest.length === 0 ? '' : html`<details class="rest"><summary${rest.some(({ id }) => id === page.tab) ? html` class="here"` : ''}>Thêm</summary><nav aria-label="Các trang khác">${list(rest)}</nav></details>`}
<form method="post" action="/desk/leave" class="sign-out"><span class="meta reader">${page.reader.name}</span> <button class="second">Thoát</button></form>
</div></header>
<main class="wide" id="noi-dung" ${ways.some(({ id }) => id === 'queue') ? '' : 'data-no-queue'} ${page.self === null ? '' : html`data-self="${page.self}"`}>${page.main}</main>
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
