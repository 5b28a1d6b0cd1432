import { html } from 'hono/html'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'

export interface ClubItem {
  id: string
  name: string
  where: string
  /** Null: this reader may only correct the register. */
  members: number | null
  next: string | null
  /** What the register still lacks. */
  missing: readonly string[]
  mayRead: boolean
}

/** The register of clubs, and which commune has none yet. */
export function clubsPage(view: {
  reader: Reader
  items: readonly ClubItem[]
  without: readonly string[]
  mayAdd: boolean
  done: string | null
}): Markup {
  const { items, without } = view
  return deskPage({
    reader: view.reader,
    tab: 'clubs',
    self: null,
    main: html`${notice(view.done, 'done')}<h1>Câu lạc bộ <span class="count">${items.length}</span></h1>
${view.mayAdd ? html`<p><a class="button" href="/desk/clb/moi">Ghi câu lạc bộ mới</a></p>` : ''}
${items.length === 0 ? html`<p class="small">Chưa có câu lạc bộ nào.</p>` : html`<ul class="tickets">${items.map(item)}</ul>`}
${without.length === 0 ? '' : html`<details><summary>Xã, phường chưa có câu lạc bộ <span class="count">${without.length}</span></summary><p class="small">${without.join(' · ')}</p></details>`}`,
  })
}

function item(one: ClubItem): Markup {
  const href = one.mayRead ? `/desk/clb/${one.id}` : `/desk/clb/${one.id}/sua`
  const facts = [
    one.where,
    ...(one.members === null ? [] : [`${one.members} hội viên`]),
    ...(one.next === null ? [] : [`buổi tới ${one.next}`]),
  ]
  return html`<li class="visit"><a href="${href}"><span class="title"><b>${one.name}</b></span><span class="meta">${facts.join(' · ')}</span>${one.missing.length === 0 ? '' : html`<span class="meta">Chưa có: ${one.missing.join(', ')}</span>`}</a></li>`
}

export interface ClubView {
  reader: Reader
  path: string
  formId: string
  name: string
  facts: readonly (readonly [name: string, value: string])[]
  meetings: readonly { id: string; when: string; what: string; tag: string | null }[]
  past: readonly { id: string; when: string; what: string }[]
  series: readonly { id: string; words: string }[]
  members: readonly {
    id: string
    name: string
    since: string
    invited: boolean
    followUp: boolean
    /** Only staff of the point see these. */
    staff: { group: string; href: string | null } | null
  }[]
  months: readonly {
    month: string
    meetings: number
    invited: number
    came: number
    others: number
    joined: number
    left: number
  }[]
  /** Months looked back at and plans, in counts; `–` where there are too few people. */
  progress: {
    months: readonly { month: string; members: number; evaluated: string }[]
    plans: string | null
  }
  mayEdit: boolean
  mayMeet: boolean
  mayManage: boolean
  message: string | null
  done: string | null
}

/** One club: what it is, when it meets, who belongs to it, and its months in counts. */
export function clubPage(view: ClubView): Markup {
  const { path, formId } = view
  return deskPage({
    reader: view.reader,
    tab: 'clubs',
    self: null,
    main: html`<p><a class="back" href="/desk/clb">← Câu lạc bộ</a></p>${notice(view.done, 'done')}${notice(view.message)}
<h1>${view.name}</h1>
<dl class="answers">${view.facts.map(([name, value]) => html`<div><dt>${name}</dt><dd><b>${value}</b></dd></div>`)}</dl>
${view.mayEdit ? html`<p><a class="more" href="${path}/sua">Sửa thông tin câu lạc bộ</a></p>` : ''}
<h2 id="buoi">Các buổi</h2>
${view.mayMeet ? html`<p><a class="button" href="${path}/lich">Xếp buổi</a></p>` : ''}
${view.meetings.length === 0 ? html`<p class="small">Chưa xếp buổi nào.</p>` : html`<ul class="tickets">${view.meetings.map((one) => html`<li class="visit"><a href="${path}/buoi/${one.id}"><span class="title"><b>${one.when}</b>${one.tag === null ? '' : html` · ${one.tag}`}</span><span class="meta">${one.what}</span></a></li>`)}</ul>`}
${view.series.map((one) => html`<form method="post" action="${path}/lich/${one.id}/dung" class="row"><input type="hidden" name="id" value="${formId}-${one.id}"><span class="small">Lặp lại: ${one.words}</span> ${view.mayMeet ? html`<button class="second">Dừng lặp</button>` : ''}</form>`)}
${view.past.length === 0 ? '' : html`<details><summary>Buổi đã qua</summary><ul class="tickets">${view.past.map((one) => html`<li class="visit"><a href="${path}/buoi/${one.id}"><span class="title"><b>${one.when}</b></span><span class="meta">${one.what}</span></a></li>`)}</ul></details>`}
<h2 id="hoi-vien">Hội viên <span class="count">${view.members.filter(({ invited }) => !invited).length}</span></h2>
${view.members.length === 0 ? html`<p class="small">Chưa có ai. Mời từ trang của một cuộc nhắn hay hồ sơ khách, mục “Lịch hẹn và câu lạc bộ”.</p>` : html`<ul class="tickets">${view.members.map((one) => memberItem(one, view))}</ul>`}
${view.months.length === 0 ? '' : html`<h2 id="thang">Theo tháng</h2><div class="table" tabindex="0" role="region" aria-label="Số liệu theo tháng"><table><thead><tr><th scope="col">Tháng</th><th scope="col">Buổi</th><th scope="col">Lượt mời</th><th scope="col">Có mặt</th><th scope="col">Khách</th><th scope="col">Vào</th><th scope="col">Rời</th></tr></thead><tbody>${view.months.map((one) => html`<tr><th scope="row">${one.month}</th><td>${one.meetings}</td><td>${one.invited}</td><td>${one.came}</td><td>${one.others}</td><td>${one.joined}</td><td>${one.left}</td></tr>`)}</tbody></table></div>`}
${progressTable(view)}`,
  })
}

function progressTable({ progress: { months, plans } }: ClubView): Markup {
  if (months.length === 0) return html``
  return html`<details><summary>Nhìn lại theo tháng</summary><div class="table" tabindex="0" role="region" aria-label="Nhìn lại theo tháng"><table><thead><tr><th scope="col">Tháng</th><th scope="col">Hội viên</th><th scope="col">Có nhìn lại</th></tr></thead><tbody>${months.map((one) => html`<tr><th scope="row">${one.month}</th><td>${one.members}</td><td>${one.evaluated}</td></tr>`)}</tbody></table></div>
<p class="small">${plans === null ? '' : `Có kế hoạch của riêng mình: ${plans} hội viên. `}Chỉ là số đếm, chỉ của người đã đồng ý; dưới năm người thì không hiện.</p></details>`
}

function memberItem(one: ClubView['members'][number], { path, formId, mayManage }: ClubView): Markup {
  const facts = [
    one.since,
    ...(one.followUp ? ['muốn được hỏi thăm khi vắng'] : []),
    ...(one.staff ? [one.staff.group] : []),
  ]
  const name = html`<span class="title"><b>${one.name}</b></span><span class="meta">${facts.join(' · ')}</span>`
  return html`<li class="visit">${one.staff?.href ? html`<a href="${one.staff.href}">${name}</a>` : html`<div>${name}</div>`}
${mayManage ? html`<details><summary>Rời câu lạc bộ</summary><form method="post" action="${path}/hoi-vien/${one.id}/roi"><input type="hidden" name="id" value="${formId}-${one.id}"><p class="small">Khi chính người ấy nói vậy. Họ không nhận tin về các buổi nữa.</p><button class="second">Ghi là đã rời</button></form></details>` : ''}</li>`
}
