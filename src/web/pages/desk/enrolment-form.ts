import { html } from 'hono/html'
import { choice, field, hidden, trouble } from '../form.ts'
import type { Markup } from '../layout.ts'
import { deskPage, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

/** Everything as typed: nothing is lost when something in it is wrong. */
export interface EnrolmentDraft {
  whom: string
  form: string
  point: string
  name: string
  age: string
  need: string
  home: string
  relative: boolean
  agreed: boolean
}

/** A request that somebody makes in person: what a step may mean and the notice are read out first. */
export function enrolmentFormPage(view: {
  reader: Reader
  formId: string
  path: Markup | string
  back: string
  code: string
  before: readonly string[]
  notice: readonly string[]
  noticeOfParent: readonly string[]
  whoms: readonly Choice[]
  forms: readonly Choice[]
  points: readonly Choice[]
  ages: readonly Choice[]
  needs: readonly Choice[]
  draft: EnrolmentDraft
  problem: string | null
}): Markup {
  const { draft } = view
  const blank = { value: '', label: 'Chưa chọn' }
  const read = (paragraphs: readonly string[]) => html`${paragraphs.map((one) => html`<p class="words">${one}</p>`)}`
  return deskPage({
    reader: view.reader,
    tab: 'enrolments',
    self: null,
    main: html`<div class="desk-one"><p><a class="back" href="${view.back}">← Quay lại</a></p>
<h1>Ghi yêu cầu đăng ký · ${view.code}</h1>${trouble(view.problem)}
<p>Đọc cho người ấy nghe trước khi hỏi. <b>Không hỏi và không ghi họ dùng gì.</b> Họ không đồng ý thì bạn rời trang này, không có gì được lưu, và điểm vẫn tiếp họ như thường.</p>
<details open><summary>1. Điều cần biết trước</summary>${read(view.before)}</details>
<details open><summary>2. Lời hỏi đồng ý (cho mình)</summary>${read(view.notice)}</details>
<details><summary>2. Lời hỏi đồng ý (cha, mẹ hỏi cho con)</summary>${read(view.noticeOfParent)}</details>
<form method="post" action="${view.path}" autocomplete="off" novalidate>${hidden('id', view.formId)}
<fieldset class="consent"><legend>Đã đọc, đã hỏi</legend><label class="check"><input type="checkbox" name="agreed" value="yes" ${draft.agreed ? 'checked' : ''}> Người này đã nghe cả hai phần và nói đồng ý</label></fieldset>
${choice({ name: 'whom', label: 'Hỏi cho ai', of: view.whoms, value: draft.whom })}
${field({ name: 'name', label: 'Muốn được gọi là', autocomplete: 'off', value: draft.name, required: false, hint: 'Không cần tên thật. Để trống: gọi bằng mã.' })}
${choice({ name: 'form', label: 'Cách mong muốn', of: [blank, ...view.forms], value: draft.form })}
${choice({ name: 'age', label: 'Nhóm tuổi', of: view.ages, value: draft.age })}
${choice({ name: 'need', label: 'Có gì cần hôm nay không', of: view.needs, value: draft.need })}
<label class="check"><input type="checkbox" name="home" value="no" ${draft.home === 'no' ? 'checked' : ''}> Chưa có chỗ ở ổn định</label>
<label class="check"><input type="checkbox" name="relative" value="yes" ${draft.relative ? 'checked' : ''}> Được nói chuyện với người nhà về yêu cầu này</label>
${choice({ name: 'point', label: 'Điểm nhận', of: view.points, value: draft.point })}
<button>Ghi yêu cầu</button></form></div>`,
  })
}
