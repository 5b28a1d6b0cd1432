import { html, raw } from 'hono/html'
import { hidden } from '../form.ts'
import type { Markup } from '../layout.ts'
import { paragraphs } from '../line-text.ts'
import { type DiffRow, diffList, type FindingItem, findingList } from './edit-parts.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

export interface ShownMessage {
  channel: 'telegram' | 'zalo' | 'webchat'
  name: string
  text: string
  buttons: readonly string[]
  length: number
  limit: number
}

export interface ShownPart {
  name: string
  /** Does this text change it; else it is folded away. */
  changed: boolean
  messages: readonly ShownMessage[]
}

/** One column for each channel, however many messages a part is. */
function byChannel(messages: readonly ShownMessage[]): readonly (readonly ShownMessage[])[] {
  const channels = [...new Set(messages.map(({ channel }) => channel))]
  return channels.map((channel) => messages.filter((one) => one.channel === channel))
}

function message(one: ShownMessage): Markup {
  const over = one.length > one.limit
  const words =
    // Telegram's HTML has been escaped by the channel's own renderer, as it goes out.
    one.channel === 'telegram'
      ? html`<p>${raw(one.text)}</p>`
      : one.channel === 'zalo'
        ? html`<p>${one.text}</p>`
        : paragraphs({ from: 'bot', text: one.text })
  return html`<figure class="bubble"><figcaption class="meta">${one.name} · ${over ? html`<b>${one.length}/${one.limit} ký tự, quá dài</b>` : `${one.length}/${one.limit} ký tự`}</figcaption><div class="said">${words}</div>${one.buttons.length === 0 ? '' : html`<ul class="buttons">${one.buttons.map((label) => html`<li>${label}</li>`)}</ul>`}</figure>`
}

export interface RevisionView {
  reader: Reader
  path: string
  n: number
  title: string
  state: string
  facts: readonly (readonly [name: string, value: string])[]
  findings: readonly FindingItem[]
  compare: { with: string; of: readonly Choice[]; diff: readonly DiffRow[] } | null
  preview: readonly ShownPart[]
  pronoun: string
  pronouns: readonly string[]
  /** What this reader may do, and why not more. */
  mayApprove: boolean
  why: string | null
  mayDrop: boolean
  mayEdit: boolean
  mayRestore: boolean
  text: string
  notices: readonly string[]
  message: string | null
  done: string | null
}

/** One text at one time: what is different, how people will get it, and what can be done with it. */
export function revisionPage(view: RevisionView): Markup {
  const self = `${view.path}/ban/${view.n}`
  const { compare, preview } = view
  return deskPage({
    reader: view.reader,
    tab: 'content',
    self: null,
    main: html`<p><a class="back" href="${view.path}/lich-su">← Các bản của bài</a></p>${notice(view.done, 'done')}${notice(view.message)}
<h1>${view.title}: ${view.n === 0 ? 'tệp của bản phát hành' : `bản ${view.n}`}, ${view.state}</h1>
<dl class="answers">${view.facts.map(([name, value]) => html`<div><dt>${name}</dt><dd><b>${value}</b></dd></div>`)}</dl>
${view.notices.map((one) => html`<p class="notice" role="note">${one}</p>`)}
${findingList(view.findings, false)}
${
  compare === null
    ? ''
    : html`<h2>Khác gì</h2><form method="get" action="${self}" class="inline">${hidden('xung', view.pronoun)}<p class="field"><label for="voi">So với</label><select id="voi" name="voi">${compare.of.map((one) => html`<option value="${one.value}" ${one.value === compare.with ? 'selected' : ''}>${one.label}</option>`)}</select></p><button class="second">So sánh</button></form>${diffList(compare.diff)}`
}
${
  preview.length === 0
    ? ''
    : html`<h2>Người ta sẽ thấy</h2><form method="get" action="${self}" class="inline">${hidden('voi', compare?.with ?? '')}<p class="field"><label for="xung">Người nhắn xưng</label><select id="xung" name="xung">${view.pronouns.map((one) => html`<option ${one === view.pronoun ? 'selected' : ''}>${one}</option>`)}</select></p><button class="second">Xem</button></form>
${preview.map((part, i) => html`<details class="part"${part.changed || (i === 0 && !preview.some(({ changed }) => changed)) ? html` open` : ''}><summary>${part.name}${part.changed ? '' : ' (không đổi)'}</summary><div class="bubbles">${byChannel(part.messages).map((messages) => html`<div>${messages.map(message)}</div>`)}</div></details>`)}`
}
<details><summary>Cả tệp</summary><pre class="raw">${view.text}</pre></details>
${view.why === null ? '' : html`<p class="notice" role="note">${view.why}</p>`}
${view.mayApprove ? html`<form method="post" action="${self}/duyet"><label class="check"><input type="checkbox" name="read" value="yes" required> Tôi đã đọc chỗ khác và bản xem thử ở trên</label><button>Duyệt, cho máy dùng</button></form>` : ''}
${
  view.mayEdit || view.mayDrop
    ? html`<div class="decide">${view.mayEdit ? html`<p><a class="button second" href="${view.path}">Sửa tiếp bản này</a></p>` : ''}
${view.mayDrop ? html`<form method="post" action="${self}/bo"><button class="second">Bỏ bản nháp này</button></form>` : ''}</div>`
    : ''
}
${view.mayRestore ? html`<form method="post" action="${self}/tra-lai"><button class="second">Soạn bản nháp trở lại lời này</button><p class="small">Thành một bản nháp mới; vẫn cần người thứ hai duyệt.</p></form>` : ''}`,
  })
}

/** Every text a file ever had here, the newest first, and the file itself. */
export function historyPage(view: {
  reader: Reader
  path: string
  title: string
  items: readonly { n: number; title: string; notes: readonly string[] }[]
}): Markup {
  return deskPage({
    reader: view.reader,
    tab: 'content',
    self: null,
    main: html`<p><a class="back" href="${view.path}">← Sửa bài này</a></p><h1>Các bản của “${view.title}”</h1>
<ul class="tickets">${view.items.map(({ n, title, notes }) => html`<li class="visit"><a href="${view.path}/ban/${n}"><span class="title"><b>${title}</b></span>${notes.map((note) => html`<span class="meta">${note}</span>`)}</a></li>`)}</ul>`,
  })
}
