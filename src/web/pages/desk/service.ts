import { html } from 'hono/html'
import { checks, choice } from '../form.ts'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

export interface ServiceItem {
  id: string
  name: string
  kinds: string
  where: string
  /** Whether it is open now, or that its hours are not known. */
  state: string
  checked: string
  /** What is missing or old. */
  missing: readonly string[]
  mayEdit: boolean
}

/** The places that people may be introduced to. */
export function servicesPage(view: {
  reader: Reader
  items: readonly ServiceItem[]
  mayAdd: boolean
  done: string | null
}): Markup {
  const { items } = view
  return deskPage({
    reader: view.reader,
    tab: 'referrals',
    self: null,
    main: html`${notice(view.done, 'done')}<h1>Nơi dịch vụ</h1>
<p class="small">Những nơi có thể giới thiệu người ta đến. Giờ chỉ ghi khi đã hỏi; chưa hỏi thì để trống, máy sẽ nói là chưa có giờ xác nhận.</p>
${view.mayAdd ? html`<p><a class="button" href="/desk/noi-dich-vu/moi">Ghi một nơi</a></p>` : ''}
${items.length === 0 ? html`<p class="small">Chưa có nơi nào.</p>` : html`<ul class="tickets">${items.map(serviceItem)}</ul>`}`,
  })
}

function serviceItem(one: ServiceItem): Markup {
  return html`<li class="visit"><div><span class="title"><b>${one.name}</b></span><span class="meta">${one.kinds}</span><span class="meta">${one.where}</span><span class="meta">${one.state}</span><span class="meta">Hỏi lại gần nhất: ${one.checked}${one.missing.length === 0 ? '' : ` · chưa có ${one.missing.join(', ')}`}</span></div>
${one.mayEdit ? html`<a class="more" href="/desk/noi-dich-vu/${one.id}">Sửa</a>` : ''}</li>`
}

export interface ServiceDraft {
  name: string
  kinds: readonly string[]
  address: string
  phone: string
  communes: string
  point: string
  week: readonly string[]
  days: string
  number: string
  day: string
  checkedOn: string
}

const WEEK = ['Thứ Hai', 'Thứ Ba', 'Thứ Tư', 'Thứ Năm', 'Thứ Sáu', 'Thứ Bảy', 'Chủ nhật']

/** One place; what was typed stays when something in it is wrong. */
export function serviceFormPage(view: {
  reader: Reader
  formId: string
  path: string
  isNew: boolean
  draft: ServiceDraft
  kinds: readonly Choice[]
  points: readonly Choice[]
  today: string
  problem: string | null
}): Markup {
  const { draft } = view
  return deskPage({
    reader: view.reader,
    tab: 'referrals',
    self: null,
    main: html`<p><a class="back" href="/desk/noi-dich-vu">← Nơi dịch vụ</a></p>${notice(view.problem)}
<h1>${view.isNew ? 'Ghi một nơi' : 'Sửa một nơi'}</h1>
<form method="post" action="${view.path}" autocomplete="off"><input type="hidden" name="id" value="${view.formId}">
<p class="field"><label for="name">Tên</label><input id="name" name="name" type="text" maxlength="80" required value="${draft.name}"></p>
${checks({ name: 'kinds', label: 'Ở đây có', of: view.kinds, chosen: draft.kinds })}
<p class="field"><label for="address">Địa chỉ</label><input id="address" name="address" type="text" maxlength="120" required value="${draft.address}"></p>
<p class="field"><label for="phone">Điện thoại (chỉ ghi số đã gọi thử)</label><input id="phone" name="phone" type="text" inputmode="tel" maxlength="20" value="${draft.phone}"></p>
<p class="field"><label for="communes">Xã, phường phục vụ (mỗi dòng một nơi)</label><textarea id="communes" name="communes" rows="4">${draft.communes}</textarea></p>
${choice({ name: 'point', label: 'Ai giữ cho mục này luôn đúng', of: view.points, value: draft.point })}
<fieldset><legend>Giờ trong tuần</legend><p class="small">Viết như 07:30-11:30, 13:30-17:00. Chưa hỏi giờ thì để trống cả tuần.</p>
${WEEK.map((day, i) => html`<p class="field"><label for="d${i + 1}">${day}</label><input id="d${i + 1}" name="d${i + 1}" type="text" value="${draft.week[i] ?? ''}"></p>`)}</fieldset>
<p class="field"><label for="days">Ngày riêng (mỗi dòng một ngày: 24/12/2026: nghỉ)</label><textarea id="days" name="days" rows="2">${draft.days}</textarea></p>
<div class="days"><p class="field"><label for="number">Giấy phép số</label><input id="number" name="number" type="text" maxlength="60" value="${draft.number}"></p>
<p class="field"><label for="day">Ngày giấy phép</label><input id="day" name="day" type="date" value="${draft.day}"></p></div>
<p class="field"><label for="checked">Ngày bạn hỏi lại nơi này</label><input id="checked" name="checked" type="date" max="${view.today}" required value="${draft.checkedOn}"></p>
<button>Lưu</button></form>`,
  })
}
