import { html } from 'hono/html'
import { choice } from '../form.ts'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

export interface SupporterItem {
  id: string
  name: string
  facts: readonly string[]
  mayEdit: boolean
}

/** Who may walk beside people, and beside how many each of them does. */
export function supportersPage(view: {
  reader: Reader
  items: readonly SupporterItem[]
  mayAdd: boolean
  done: string | null
}): Markup {
  const { items } = view
  return deskPage({
    reader: view.reader,
    tab: 'accompany',
    self: null,
    main: html`<p><a class="back" href="/desk/dong-hanh">← Đồng hành</a></p>${notice(view.done, 'done')}<h1>Người đồng hành <span class="count">${items.length}</span></h1>
<p class="small">Người của các đoàn thể, đội tình nguyện, trạm y tế được phân công hỏi thăm, giúp đỡ. Đừng ghi ai thuộc lực lượng công an: người được hỏi ý đã được nói vậy. Ai cũng chỉ được giới thiệu cho một người khi chính người ấy đồng ý.</p>
${view.mayAdd ? html`<p><a class="button" href="/desk/nguoi-do-dau/moi">Ghi người đồng hành mới</a></p>` : ''}
${items.length === 0 ? html`<p class="small">Chưa có ai.</p>` : html`<ul class="tickets">${items.map(item)}</ul>`}`,
  })
}

function item({ id, name, facts, mayEdit }: SupporterItem): Markup {
  const body = html`<span class="title"><b>${name}</b></span><span class="meta">${facts.join(' · ')}</span>`
  return html`<li class="visit">${mayEdit ? html`<a href="/desk/nguoi-do-dau/${id}/sua">${body}</a>` : html`<div>${body}</div>`}</li>`
}

export interface SupporterDraft {
  name: string
  organisation: string
  point: string
  phone: string
  active: boolean
}

/** A supporter is written down, or their entry corrected. */
export function supporterFormPage(view: {
  reader: Reader
  formId: string
  path: string
  isNew: boolean
  draft: SupporterDraft
  bodies: readonly Choice[]
  points: readonly Choice[]
  problem: string | null
}): Markup {
  const { draft } = view
  return deskPage({
    reader: view.reader,
    tab: 'accompany',
    self: null,
    main: html`<p><a class="back" href="/desk/nguoi-do-dau">← Người đồng hành</a></p>${notice(view.problem)}
<h1>${view.isNew ? 'Ghi người đồng hành mới' : 'Sửa người đồng hành'}</h1>
<form method="post" action="${view.path}" autocomplete="off"><input type="hidden" name="id" value="${view.formId}">
<p class="field"><label for="name">Tên (người được giúp sẽ đọc tên này trước khi đồng ý)</label><input id="name" name="name" type="text" maxlength="60" required value="${draft.name}"></p>
${choice({ name: 'organisation', label: 'Thuộc tổ chức', of: view.bodies, value: draft.organisation })}
${choice({ name: 'point', label: 'Điểm', of: view.points, value: draft.point })}
<p class="field"><label for="phone">Số điện thoại (cho cán bộ, có thể để trống)</label><input id="phone" name="phone" type="text" inputmode="tel" maxlength="20" value="${draft.phone}"></p>
<label class="check"><input type="checkbox" name="active" value="yes" ${draft.active ? 'checked' : ''}> Đang nhận giúp người</label>
<p class="small">Bỏ đánh dấu thì không được giới thiệu cho ai nữa; ai đang có người này vẫn giữ cho tới khi đổi. Đang có người đi cùng hoặc được hỏi ý thì không đổi được tên, tổ chức, điểm.</p>
<button>Lưu</button></form>`,
  })
}
