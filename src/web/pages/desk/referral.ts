import { html } from 'hono/html'
import { choice } from '../form.ts'
import { layout, type Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

export interface ReferralItem {
  id: string
  code: string
  place: string
  kind: string
  state: string
  since: string
  next: string
}

export interface CheckInItem {
  id: string
  code: string
  asked: string
  /** Their own words; null: there was no answer. */
  words: string | null
  person: { href: string; words: string } | null
}

/** The introductions of the reader's points, and the weekly questions that a human is to look at. */
export function referralsPage(view: {
  reader: Reader
  open: readonly ReferralItem[]
  ended: readonly ReferralItem[]
  checkIns: readonly CheckInItem[]
  counts: readonly { kind: string; made: number; accepted: number; attended: number }[]
  formId: string
  mayWrite: boolean
  done: string | null
}): Markup {
  const { open, ended, checkIns, counts } = view
  return deskPage({
    reader: view.reader,
    tab: 'referrals',
    self: null,
    main: html`${notice(view.done, 'done')}<h1>Giới thiệu <span class="count">${open.length}</span></h1>
<p class="small">Giới thiệu ai thì mở cuộc hoặc hồ sơ của người ấy, rồi chọn “Giới thiệu đến nơi khác”. <a class="more" href="/desk/noi-dich-vu">Nơi dịch vụ</a> <a class="more" href="/desk/so-theo-doi">Sổ theo dõi</a></p>
${open.length === 0 ? html`<p class="small">Không có lần giới thiệu nào đang theo.</p>` : html`<ul class="tickets">${open.map(referralItem)}</ul>`}
<h2 id="hoi-tham">Hỏi thăm <span class="count">${checkIns.length}</span></h2>
<p class="small">Người nhờ máy hỏi thăm mỗi tuần mà chưa trả lời, hoặc trả lời bằng lời. Không trả lời không phải lỡ hẹn, và không báo cho công an hay ai khác: người đồng hành hỏi thăm, xem giờ an toàn trước.</p>
${checkIns.length === 0 ? html`<p class="small">Không có ai cần hỏi thăm.</p>` : html`<ul class="tickets">${checkIns.map((one) => checkInItem(one, view.formId, view.mayWrite))}</ul>`}
${counts.length === 0 ? '' : html`<h2>Trong 12 tháng</h2><div class="table" tabindex="0" role="region" aria-label="Số lần giới thiệu"><table><thead><tr><th scope="col">Dịch vụ</th><th scope="col">Đã giới thiệu</th><th scope="col">Đã nhận</th><th scope="col">Đã đến</th></tr></thead><tbody>${counts.map((one) => html`<tr><th scope="row">${one.kind}</th><td>${one.made}</td><td>${one.accepted}</td><td>${one.attended}</td></tr>`)}</tbody></table></div>`}
${ended.length === 0 ? '' : html`<details><summary>Đã xong trong 30 ngày</summary><ul class="tickets">${ended.map(referralItem)}</ul></details>`}`,
  })
}

function referralItem(one: ReferralItem): Markup {
  return html`<li class="visit"><a href="/desk/gioi-thieu/${one.id}"><span class="title"><b>${one.code}</b> · ${one.place} · <b>${one.state}</b></span><span class="meta">${one.kind} · từ ${one.since} · tiếp: ${one.next}</span></a></li>`
}

function checkInItem(one: CheckInItem, formId: string, mayWrite: boolean): Markup {
  return html`<li class="task"><div><span><b>${one.code}</b> · ${one.words === null ? 'chưa trả lời' : 'trả lời bằng lời'}</span> <span class="meta">hỏi ngày ${one.asked}</span>
${one.words === null ? '' : html`<p>“${one.words}”</p>`}${one.person ? html`<a class="more" href="${one.person.href}">${one.person.words}</a>` : ''}</div>
${mayWrite ? html`<form method="post" action="/desk/gioi-thieu/hoi-tham"><input type="hidden" name="id" value="${formId}-${one.id}"><input type="hidden" name="one" value="${one.id}"><button class="second" aria-label="Đã xem, đã hỏi thăm: ${one.code}">Đã hỏi thăm</button></form>` : ''}</li>`
}

/** One introduction: how far it came, and exactly what may be told to the place. */
export function referralPage(view: {
  reader: Reader
  id: string
  formId: string
  code: string
  facts: readonly (readonly [string, string])[]
  /** Null while the person has not said yes: then nothing is passed on. */
  passed: readonly (readonly [string, string])[] | null
  steps: readonly { when: string; what: string; by: string; note: string | null }[]
  next: readonly Choice[]
  person: { href: string; words: string } | null
  draft: { to: string; note: string }
  message: string | null
  done: string | null
}): Markup {
  const { facts, passed, steps, next, draft } = view
  const list = (rows: readonly (readonly [string, string])[]) =>
    html`<dl class="facts">${rows.map(([name, value]) => html`<div><dt>${name}</dt><dd>${value}</dd></div>`)}</dl>`
  return deskPage({
    reader: view.reader,
    tab: 'referrals',
    self: null,
    main: html`<p><a class="back" href="/desk/gioi-thieu">← Giới thiệu</a></p>${notice(view.done, 'done')}${notice(view.message)}
<h1>${view.code}</h1>${list(facts)}
${view.person ? html`<p><a class="more" href="${view.person.href}">${view.person.words}</a></p>` : ''}
<h2>Được chuyển cho nơi ấy</h2>
${passed === null ? html`<p>Chưa có gì: người ấy chưa nói đồng ý.</p>` : html`${list(passed)}<p class="small">Đúng những điều này, không thêm điều nào. Không nói vì sao người ấy đến.</p><p><a class="button" href="/desk/gioi-thieu/${view.id}/phieu">Phiếu giới thiệu để in</a></p>`}
${
  next.length === 0
    ? ''
    : html`<h2>Ghi bước tiếp</h2><form method="post" action="/desk/gioi-thieu/${view.id}/buoc"><input type="hidden" name="id" value="${view.formId}">
${choice({ name: 'to', label: 'Đến đâu rồi', of: next, value: draft.to })}
<p class="field"><label for="note">Ghi chú (không ghi bệnh, kết quả xét nghiệm)</label><textarea id="note" name="note" rows="2" maxlength="500">${draft.note}</textarea></p>
<button>Ghi</button></form>`
}
<h2>Đã qua</h2><ul class="plain">${steps.map((one) => html`<li>${one.when} · ${one.what} <span class="meta">${one.by}</span>${one.note === null ? '' : html`<br>${one.note}`}</li>`)}</ul>`,
  })
}

/** The slip for the printer: a code, and where and when to come; not a word of why, or of whose it is. */
export function referralSlipPage(view: {
  back: string
  name: string
  address: string
  phone: string | null
  hours: readonly string[]
  code: string
}): Markup {
  return layout({
    kind: 'desk',
    script: 'desk',
    body: html`<main class="desk-one" id="noi-dung" data-no-queue>
<div class="no-print"><p><a class="back" href="${view.back}">Quay lại</a></p>
<p><button type="button" data-print hidden>In</button> <span class="small">Hoặc dùng mục In của trình duyệt; khổ A6 hay giấy hoá đơn đều được.</span></p></div>
<section class="slip" aria-label="Phiếu">
<p class="slip-name">Giới thiệu đến: ${view.name}</p>
<p>Đọc mã này</p><p class="slip-code">${view.code}</p>
<p class="slip-small">${view.address}${view.phone === null ? '' : html`<br>Điện thoại: ${view.phone}`}</p>
<p class="slip-small">${view.hours.map((line) => html`${line}<br>`)}</p>
</section></main><footer id="tien-ich" hidden></footer>`,
  })
}
