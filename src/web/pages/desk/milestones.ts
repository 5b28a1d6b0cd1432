import { html } from 'hono/html'
import type { Milestone } from '../../../engine/visits/milestones.ts'
import type { Markup } from '../layout.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import type { Choice } from './side.ts'

export interface MilestoneDraft {
  stage: string
  days: Readonly<Record<Milestone, string>>
  /** They agreed to be asked how it goes. */
  agreed: boolean
}

/** Where somebody is on their way, and the days of their own that count. */
export function milestonesPage(view: {
  reader: Reader
  formId: string
  path: Markup | string
  back: string
  code: string
  draft: MilestoneDraft
  stages: readonly Choice[]
  problem: string | null
  done: string | null
}): Markup {
  const { draft } = view
  const day = (name: Milestone, label: string) =>
    html`<p class="field"><label for="${name}">${label}</label><input id="${name}" name="${name}" type="date" value="${draft.days[name]}"></p>`
  return deskPage({
    reader: view.reader,
    tab: 'visits',
    self: null,
    main: html`<p><a class="back" href="${view.back}">← Quay lại</a></p>${notice(view.done, 'done')}${notice(view.problem)}
<h1>Giai đoạn và mốc · ${view.code}</h1>
<form method="post" action="${view.path}" autocomplete="off"><input type="hidden" name="id" value="${view.formId}">
<p class="field"><label for="stage">Giai đoạn</label><select id="stage" name="stage"><option value="">Không ghi</option>${view.stages.map((one) => html`<option value="${one.value}" ${one.value === draft.stage ? 'selected' : ''}>${one.label}</option>`)}</select></p>
<div class="days">${day('ve', 'Ngày về (hỏi thăm sau 1, 7 và 30 ngày)')}${day('het-han', 'Ngày hết một thời hạn (nhắc trước 30 ngày)')}${day('giay', 'Ngày cuối trình giấy (nhắc hôm trước; về từ cơ sở tư nhân: trong 02 ngày)')}</div>
<label class="check"><input type="checkbox" name="agreed" value="yes" ${draft.agreed ? 'checked' : ''}> Người ấy đồng ý được hỏi thăm, nhắc theo các ngày này</label>
<p class="small">Lời gửi đi không nhắc gì tới chuyện của họ, chỉ gửi ban ngày, và không bao giờ vì lỡ hẹn. Để trống một ngày là bỏ mốc ấy. Khách chưa có kênh nhắn thì đến ngày nằm ở “Cần gọi lại”.</p>
<button>Ghi</button></form>`,
  })
}
