import { html } from 'hono/html'
import { choice } from '../form.ts'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

export interface ClassItem {
  id: string
  when: string
  title: string
  facts: string
  /** How this reader stands to it. */
  mine: string | null
}

/** Classes for staff: those to come, and those that were. */
export function classesPage(view: {
  reader: Reader
  ahead: readonly ClassItem[]
  past: readonly ClassItem[]
  mayAdd: boolean
  done: string | null
}): Markup {
  const list = (items: readonly ClassItem[]) =>
    html`<ul class="tickets">${items.map((one) => html`<li class="visit"><a href="/desk/tap-huan/${one.id}"><span class="title"><b>${one.when}</b> · ${one.title}</span><span class="meta">${one.facts}${one.mine === null ? '' : html` · <b>${one.mine}</b>`}</span></a></li>`)}</ul>`
  return deskPage({
    reader: view.reader,
    tab: 'classes',
    self: null,
    main: html`${notice(view.done, 'done')}<h1>Tập huấn</h1>
${view.mayAdd ? html`<p><a class="button" href="/desk/tap-huan/moi">Mở lớp</a></p>` : ''}
${view.ahead.length === 0 ? html`<p class="small">Chưa có lớp nào sắp tới.</p>` : list(view.ahead)}
${view.past.length === 0 ? '' : html`<h2>Đã qua</h2>${list(view.past)}`}`,
  })
}

export interface ClassDraft {
  title: string
  point: string
  day: string
  time: string
  minutes: string
  place: string
  capacity: string
}

export function classFormPage(view: {
  reader: Reader
  formId: string
  draft: ClassDraft
  points: readonly Choice[]
  lengths: readonly Choice[]
  today: string
  problem: string | null
}): Markup {
  const { draft } = view
  return deskPage({
    reader: view.reader,
    tab: 'classes',
    self: null,
    main: html`<p><a class="back" href="/desk/tap-huan">← Tập huấn</a></p>${notice(view.problem)}
<h1>Mở lớp tập huấn</h1>
<form method="post" action="/desk/tap-huan/moi" autocomplete="off"><input type="hidden" name="id" value="${view.formId}">
<p class="field"><label for="title">Tên lớp</label><input id="title" name="title" type="text" maxlength="120" required value="${draft.title}"></p>
${choice({ name: 'point', label: 'Nơi mở', of: view.points, value: draft.point })}
<div class="days"><p class="field"><label for="day">Ngày</label><input id="day" name="day" type="date" min="${view.today}" required value="${draft.day}"></p>
<p class="field"><label for="time">Giờ</label><input id="time" name="time" type="time" required value="${draft.time}"></p></div>
${choice({ name: 'minutes', label: 'Trong bao lâu', of: view.lengths, value: draft.minutes })}
<p class="field"><label for="place">Ở đâu</label><input id="place" name="place" type="text" maxlength="120" required value="${draft.place}"></p>
<p class="field"><label for="capacity">Số chỗ (để trống là không giới hạn)</label><input id="capacity" name="capacity" type="text" inputmode="numeric" maxlength="3" value="${draft.capacity}"></p>
<button>Mở lớp</button></form>`,
  })
}

export interface ClassView {
  reader: Reader
  path: string
  formId: string
  title: string
  when: string
  state: string | null
  facts: readonly (readonly [name: string, value: string])[]
  people: readonly { id: string; name: string; state: string }[]
  /** What this reader may do for themselves. */
  mine: 'sign' | 'leave' | null
  full: boolean
  /** Attendance may be written down. */
  marking: readonly { id: string; name: string; as: string; certificate: boolean }[] | null
  mayCancel: boolean
  done: string | null
  message: string | null
}

/** One class: who has a seat, and on the day who came and who got a certificate. */
export function classPage(view: ClassView): Markup {
  const { path, formId, people, marking } = view
  const press = (verb: string, label: string, kind = '') =>
    html`<form method="post" action="${path}/${verb}"><input type="hidden" name="id" value="${formId}-${verb}"><button class="${kind}">${label}</button></form>`
  return deskPage({
    reader: view.reader,
    tab: 'classes',
    self: null,
    main: html`<p><a class="back" href="/desk/tap-huan">← Tập huấn</a></p>${notice(view.done, 'done')}${notice(view.message)}
<h1>${view.title}</h1><p><b>${view.when}</b>${view.state === null ? '' : ` · ${view.state}`}</p>
<dl class="answers">${view.facts.map(([name, value]) => html`<div><dt>${name}</dt><dd><b>${value}</b></dd></div>`)}</dl>
${view.mine === 'sign' ? (view.full ? html`<p class="notice" role="note">Lớp đã đủ chỗ.</p>` : press('ghi-ten', 'Ghi tên tôi')) : ''}${view.mine === 'leave' ? press('bo-ten', 'Bỏ tên tôi', 'second') : ''}
<h2>Có tên <span class="count">${people.length}</span></h2>
${marking === null ? (people.length === 0 ? html`<p class="small">Chưa có ai.</p>` : html`<ul class="plain">${people.map((one) => html`<li>${one.name} <span class="meta">${one.state}</span></li>`)}</ul>`) : attendance(view, marking)}
${view.mayCancel ? html`<details><summary>Huỷ lớp</summary>${press('huy', 'Huỷ lớp này', 'second')}</details>` : ''}`,
  })
}

function attendance({ path, formId }: ClassView, rows: NonNullable<ClassView['marking']>): Markup {
  const pill = (id: string, value: string, label: string, now: string) =>
    html`<label class="pill"><input type="radio" name="p-${id}" value="${value}" ${now === value ? 'checked' : ''}> ${label}</label>`
  return html`<form method="post" action="${path}/diem-danh" autocomplete="off"><input type="hidden" name="id" value="${formId}-diem-danh">
${rows.map((one) => html`<fieldset class="present"><legend>${one.name}</legend><div class="row">${pill(one.id, 'attended', 'Có mặt', one.as)}${pill(one.id, 'missed', 'Vắng', one.as)}<label class="pill"><input type="checkbox" name="cc-${one.id}" value="yes" ${one.certificate ? 'checked' : ''}> Đã cấp chứng nhận</label></div></fieldset>`)}
${rows.length === 0 ? html`<p class="small">Chưa có ai.</p>` : html`<button>Ghi</button>`}</form>`
}
