import { html } from 'hono/html'
import { layout, type Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'

export interface TopicItem {
  id: string
  title: string
  facts: string
  /** Past its review date, or signed by nobody. */
  due: string | null
  script: boolean
}

/** Every text of the library: whom it is for, when it is to be looked at, and whether it can be read out. */
export function contentPage(view: {
  reader: Reader
  due: readonly TopicItem[]
  groups: readonly { name: string; items: readonly TopicItem[] }[]
  total: number
  /** Drafts that wait for a second person; null where this reader edits nothing. */
  drafts: number | null
}): Markup {
  return deskPage({
    reader: view.reader,
    tab: 'content',
    self: null,
    main: html`<h1>Nội dung <span class="count">${view.total}</span></h1>
<p><a class="more" href="/desk/ban-ghi">Bản ghi âm các bài</a></p>
<p class="small">Các bài máy đang dùng. Chưa có bác sĩ, luật sư ký thì máy tự nói vậy. <a href="/desk/nguon">Luật đổi, nguồn hết hạn</a></p>
${view.drafts === null ? '' : html`<p><a class="button second" href="/desk/noi-dung/sua">Sửa nội dung${view.drafts === 0 ? '' : ` (${view.drafts} bản nháp chờ duyệt)`}</a></p>`}
${view.due.length === 0 ? html`<p class="small">Không bài nào đến hạn xem lại trong 90 ngày.</p>` : html`<h2>Đến hạn xem lại trong 90 ngày <span class="count">${view.due.length}</span></h2><ul class="tickets">${view.due.map(item)}</ul>`}
${view.groups.map(({ name, items }) => html`<details><summary>${name} <span class="count">${items.length}</span></summary><ul class="tickets">${items.map(item)}</ul></details>`)}`,
  })
}

function item(one: TopicItem): Markup {
  return html`<li class="visit"><a href="/desk/noi-dung/${one.id}"><span class="title"><b>${one.title}</b>${one.script ? ' · có bài đọc loa' : ''}</span><span class="meta">${one.facts}</span>${one.due === null ? '' : html`<span class="meta late">${one.due}</span>`}</a></li>`
}

export interface TopicView {
  reader: Reader
  id: string
  title: string
  facts: readonly (readonly [name: string, value: string])[]
  card: readonly string[]
  more: readonly string[]
  script: readonly string[]
  poster: string | null
  questions: readonly string[]
  quiz: readonly { question: string; answers: readonly string[]; right: number; why: string }[]
  /** Where it is edited; null where this reader may not. */
  edit: string | null
  takenDown: boolean
  mayTakeDown: boolean
}

/** One text as people get it, with what it rests on. */
export function topicPage(view: TopicView): Markup {
  const words = (paragraphs: readonly string[]) => paragraphs.map((one) => html`<p class="words">${one}</p>`)
  return deskPage({
    reader: view.reader,
    tab: 'content',
    self: null,
    main: html`<div class="desk-one"><p><a class="back" href="/desk/noi-dung">← Nội dung</a></p>
<h1>${view.title}</h1>${view.takenDown ? notice('Bài này đang gỡ: không ai đọc được trong cuộc trò chuyện.') : ''}
${view.edit === null ? '' : html`<p><a class="button second" href="${view.edit}">Sửa bài này</a></p>`}
<dl class="answers">${view.facts.map(([name, value]) => html`<div><dt>${name}</dt><dd><b>${value}</b></dd></div>`)}</dl>
<h2>Thẻ</h2>${words(view.card)}
<h2>Đọc thêm</h2>${words(view.more)}
${view.script.length === 0 ? '' : html`<h2>Bài đọc loa</h2><p><a class="button" href="/desk/noi-dung/${view.id}/loa">In bài đọc loa</a></p>`}
${view.poster === null ? '' : html`<h2>Dòng áp phích</h2><p class="words">${view.poster}</p>`}
${view.quiz.length === 0 ? '' : html`<h2>Câu đố</h2><ol>${view.quiz.map((one) => html`<li>${one.question}<ul class="plain">${one.answers.map((answer, i) => html`<li>${i + 1 === one.right ? html`<b>${answer}</b>` : answer}</li>`)}</ul><p class="small">${one.why}</p></li>`)}</ol>`}
<details><summary>Người ta hay hỏi</summary><p class="small">${view.questions.join(' · ')}</p></details>
${view.mayTakeDown ? takeDown(view) : ''}</div>`,
  })
}

/** Down needs a second press; up again is one. */
function takeDown({ id, takenDown }: TopicView): Markup {
  if (takenDown)
    return html`<form method="post" action="/desk/noi-dung/${id}/hien"><button class="second">Cho hiện lại</button></form>`
  return html`<details><summary>Gỡ bài này ngay</summary><p class="small">Có chỗ sai nguy hiểm, hoặc người kể chuyện rút lời đồng ý: gỡ ngay, sửa sau. Ai hỏi tới bài này được nói là bài đang sửa và được mời gặp người.</p><form method="post" action="/desk/noi-dung/${id}/go"><button>Gỡ xuống</button></form></details>`
}

/** A script for whoever reads it out: large, in short lines, with nothing beside it. */
export function scriptPage(view: {
  id: string
  title: string
  lines: readonly string[]
  minutes: string
  asOf: string
}): Markup {
  return layout({
    kind: 'desk',
    script: 'desk',
    body: html`<main class="desk-one" id="noi-dung">
<div class="no-print"><p><a class="back" href="/desk/noi-dung/${view.id}">← Về bài</a></p>
<p><button type="button" data-print hidden>In</button> <a class="more" href="/desk/hoat-dong/moi">Đọc xong thì ghi vào Hoạt động</a></p></div>
<section class="kit script" aria-label="Bài đọc loa"><h1>${view.title}</h1><p class="small">Đọc chậm, chừng ${view.minutes}. Không thêm tên ai. Bản ngày ${view.asOf}.</p>
${view.lines.map((line) => html`<p>${line}</p>`)}</section></main><footer id="tien-ich" hidden></footer>`,
  })
}
