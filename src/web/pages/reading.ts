import { html } from 'hono/html'
import { soundList } from './desk/reading-sheet.ts'
import { layout, type Markup } from './layout.ts'

/** Whoever reads out for a commune types the code of their sheet. */
export function enterCodePage(problem: string | null): Markup {
  return layout({
    kind: 'desk',
    script: false,
    body: html`<main class="desk-one" id="noi-dung">${problem === null ? '' : html`<p class="notice" role="alert">${problem}</p>`}
<h1>Ghi “đã phát”</h1>
<form method="post" action="/loa" autocomplete="off"><p class="field"><label for="ma">Mã in cuối tờ đọc loa</label>
<input id="ma" name="ma" type="text" maxlength="20" required autocapitalize="characters" spellcheck="false" aria-describedby="ma-hint"><span class="small" id="ma-hint">8 chữ và số, ví dụ ABCD-2345.</span></p>
<button>Mở</button></form></main>`,
  })
}

/** What was read out of a sheet: a day and a number behind each title, and nothing about anybody. */
export function tellReadingPage(view: {
  path: string
  code: string
  commune: string
  weekWords: string
  /** Null while its week has not begun. */
  days: { from: string; to: string } | null
  formId: string
  scripts: readonly { id: string; title: string; times: number; read: readonly string[] }[]
  sounds: readonly { title: string; language: string; src: string }[]
  problem: string | null
  done: boolean
}): Markup {
  return layout({
    kind: 'desk',
    script: false,
    body: html`<main class="desk-one" id="noi-dung">${view.problem === null ? '' : html`<p class="notice" role="alert">${view.problem}</p>`}${view.done ? html`<p class="notice done" role="status">Đã ghi. Cảm ơn bạn.</p>` : ''}
<h1>${view.commune}</h1><p>Bài đọc loa tuần ${view.weekWords} · mã ${view.code}</p>
<ul class="tickets">${view.scripts.map((one) => html`<li class="place"><p><b>${one.title}</b><br><span class="meta">${one.times} lần trong tuần · ${one.read.length === 0 ? 'chưa ghi lần nào' : `đã phát ${one.read.join('; ')}`}</span></p></li>`)}</ul>
${
  view.days === null
    ? html`<p class="small">Tuần này chưa bắt đầu. Đọc xong bạn quay lại ghi.</p>`
    : html`<h2>Ghi lần đã phát</h2><form method="post" action="${view.path}" autocomplete="off"><input type="hidden" name="id" value="${view.formId}">
<p class="field"><label for="day">Ngày phát</label><input id="day" name="day" type="date" min="${view.days.from}" max="${view.days.to}" required value="${view.days.to}"></p>
<ul class="tickets">${view.scripts.map((one) => html`<li class="place how-often"><label for="lan-${one.id}">${one.title}<span class="meta">mấy lần trong ngày ấy; để trống nếu không phát</span></label><input id="lan-${one.id}" name="lan-${one.id}" type="text" inputmode="numeric" maxlength="2"></li>`)}</ul>
<p class="small">Không ghi tên ai. Ghi nhầm thì báo điểm tư vấn để rút.</p><button>Đã phát</button></form>`
}
${soundList(view.sounds)}</main>`,
  })
}
