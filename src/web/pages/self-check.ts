import { html } from 'hono/html'
import type { SelfCheck } from '../../engine/self-check.ts'
import { LEAVE_TO, layout, type Markup, top } from './layout.ts'

/** The questions; answers go to the page that shows the words, and are kept nowhere. */
export function selfCheckPage(
  check: SelfCheck,
  chosen: readonly number[],
  incomplete: boolean,
  leaveTo?: string,
): Markup {
  return frame(
    html`<h1>${check.title}</h1><p>${check.intro}</p>
<p class="small">Câu trả lời không được lưu và không ai đọc. Đây không phải là khám hay chẩn đoán.</p>
${incomplete ? html`<p class="trouble" role="alert">Còn câu chưa chọn. Bạn chọn nốt, hoặc bỏ qua và nhắn với người thật.</p>` : ''}
<form method="post" action="/tu-kiem/${check.id}" autocomplete="off">
${check.questions.map(
  ({ text, answers }, i) =>
    html`<fieldset><legend>${i + 1}. ${text}</legend>${answers.map(
      (answer, j) =>
        html`<label class="check"><input type="radio" name="c${i}" value="${j}" ${chosen[i] === j ? 'checked' : ''}> ${answer.text}</label>`,
    )}</fieldset>`,
)}
<button>Xem lời gợi ý</button></form>`,
    leaveTo,
  )
}

/** Where a talk may begin, and a next step. */
export function selfCheckResultPage(check: SelfCheck, words: string, leaveTo?: string): Markup {
  return frame(
    html`<h1>${check.title}</h1><p>${words}</p>
<p class="small">Lời này chỉ để gợi chuyện, không phải chẩn đoán. Không có gì được lưu.</p>
<p><a class="button" href="/chat">Nhắn với Đồng Hành</a></p>`,
    leaveTo,
  )
}

function frame(body: Markup, leaveTo: string | undefined): Markup {
  return layout({
    kind: 'home',
    script: true,
    body: html`${top({ leaveTo: leaveTo ?? LEAVE_TO, skipTo: { href: '#noi-dung', label: 'Đến nội dung' } })}
<main class="column" id="noi-dung">${body}</main>`,
  })
}
