import { html, raw } from 'hono/html'
import { layout, type Markup } from '../layout.ts'

/** What a commune reads out in a week, for paper and for a Word file. */
export interface SheetView {
  commune: string
  weekWords: string
  point: string
  scripts: readonly {
    title: string
    times: number
    minutes: string
    lines: readonly string[]
    asOf: string
    sources: string
    doubt: string | null
  }[]
  /** Where whoever holds the sheet says what was read; null where the house has no address to be reached at. */
  code: string
  address: string
  until: string
  printedOn: string
}

/** The rules of reading out, on every sheet. */
export const RULES = [
  'Đọc chậm, rõ, đúng chữ trên giấy. Không thêm tên ai, không nói về nhà ai.',
  'Ai hỏi thêm: mời đến điểm tư vấn, hoặc gọi 115 khi nguy hiểm.',
] as const

export const howToTell = ({ address, code, until }: SheetView): string =>
  `Đọc xong, mở ${address}, gõ mã ${code}, ghi ngày và số lần. Không cần tài khoản, không hỏi tên. Mã dùng đến hết ngày ${until}, chỉ cho xã này và tuần này.`

export const metaOf = (script: SheetView['scripts'][number]): string =>
  `${script.times} lần trong tuần · chừng ${script.minutes} · đã kiểm tra ngày ${script.asOf} · nguồn: ${script.sources}`

/** The sheet for whoever reads it out: big type, short lines, and how to say that it was read. */
export function readingSheetPage(
  view: SheetView & {
    back: string
    path: string
    qr: string
    mayRenew: boolean
    sounds: readonly { title: string; language: string; src: string }[]
  },
): Markup {
  return layout({
    kind: 'desk',
    script: 'desk',
    body: html`<main class="kit aloud" id="noi-dung" data-no-queue>
<div class="no-print"><p><a class="back" href="${view.back}">← Loa</a></p>
<p><button type="button" data-print hidden>In</button> <a class="more" href="${view.path}/to-doc-loa.docx" download>Tệp Word</a></p>
${soundList(view.sounds)}
${view.mayRenew ? html`<details><summary>Tờ bị mất: đổi mã</summary><form method="post" action="${view.path}/ma"><p class="small">Mã trên các tờ đã in không dùng được nữa.</p><button class="second">Đổi mã</button></form></details>` : ''}</div>
<h1>${view.commune}</h1><p><b>Bài đọc loa tuần ${view.weekWords}</b></p>
<ul class="small">${RULES.map((one) => html`<li>${one}</li>`)}</ul>
${view.scripts.map(
  (script, i) => html`<article><h2>${i + 1}. ${script.title}</h2><p class="small">${metaOf(script)}</p>
${script.doubt === null ? '' : html`<p class="doubt">${script.doubt}</p>`}
${script.lines.map((line) => html`<p class="line-aloud">${line}</p>`)}
<p class="small">Đã phát ngày: ____________ số lần: ______ &nbsp; ngày: ____________ số lần: ______</p></article>`,
)}
<section class="tell"><div class="kit-qr">${raw(view.qr)}</div><p>${howToTell(view)}</p></section>
<p class="small">${view.point} · in ngày ${view.printedOn}</p>
</main><footer id="tien-ich" hidden></footer>`,
  })
}

/** Recordings to play or to take along to the loudspeaker. */
export function soundList(sounds: readonly { title: string; language: string; src: string }[]): Markup {
  if (sounds.length === 0) return html``
  return html`<h2>Bản ghi âm để phát</h2><ul class="tickets">${sounds.map(
    (one) => html`<li class="place"><p><b>${one.title}</b> <span class="meta">${one.language}</span></p>
<audio controls preload="none" src="${one.src}"></audio><p><a class="more" href="${one.src}" download>Tải về máy</a></p></li>`,
  )}</ul>`
}
