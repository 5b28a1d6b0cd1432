import { html } from 'hono/html'
import type { Markup } from '../layout.ts'
import { clock } from '../line-text.ts'
import { deskPage, notice, type Reader } from './frame.ts'
import { type CallbackView, callItem, type TicketView, ticketItem } from './ticket-row.ts'
import { type WalkInItem, walkInCall } from './walk-in.ts'

export interface TaskView {
  id: string
  words: string
  /** What can be done about it. */
  todo: string | null
  openedAt: number
  /** The open ticket it belongs to. */
  ticket: string | null
  /** A page of its own where it is done. */
  link?: { href: string; words: string }
  /** A warning of the service goes by itself when its cause is gone. */
  closable: boolean
}

/** The first page after sign-in: what waits, whom to call, what to do, in one calm column. */
export function todayPage(view: {
  reader: Reader
  waiting: readonly TicketView[]
  /** How many wait in all, those aside who wish only to be called. */
  total: number
  calls: readonly TicketView[]
  /** People without a channel who are to be called. */
  people: readonly { item: WalkInItem; callback: CallbackView | null }[]
  callTotal: number
  /** Calls for a later day. */
  later: number
  tasks: readonly TaskView[]
  taskTotal: number
  now: number
  done: string | null
}): Markup {
  const { waiting, calls, people, tasks, total, taskTotal } = view
  const shown = calls.length + people.length
  return deskPage({
    reader: view.reader,
    tab: 'today',
    self: '/desk',
    main: html`${notice(view.done, 'done')}<div data-live="hom-nay">
<h1>Đang chờ <span class="count">${total}</span></h1>
${waiting.length === 0 ? html`<p class="small">${calls.length === 0 ? 'Không có ai đang chờ.' : 'Không có ai chờ nhắn tin; còn người chờ được gọi.'}</p>` : html`<ul class="tickets" data-list>${waiting.map(ticketItem)}</ul>`}
${total > waiting.length ? html`<p><a class="more" href="/desk/queue">Xem cả hàng chờ</a></p>` : ''}
<h2>Cần gọi lại <span class="count">${view.callTotal}</span></h2>
${shown === 0 ? html`<p class="small">Không có cuộc gọi nào.</p>` : html`<ul class="tickets" data-list>${calls.map((one) => callItem(one, one.callback!))}${people.map(({ item, callback }) => walkInCall(item, callback))}</ul>`}
${view.callTotal > shown ? html`<p class="small">Còn ${view.callTotal - shown} cuộc nữa, hiện ra khi các cuộc trên đã xong.</p>` : ''}
${view.later > 0 ? html`<p class="small">${view.later} cuộc đã hẹn gọi vào ngày khác.</p>` : ''}
<h2>Việc cần làm <span class="count">${taskTotal}</span></h2>
${tasks.length === 0 ? html`<p class="small">Không có việc nào.</p>` : html`<ul class="tickets">${tasks.map((task) => taskItem(task, view.now))}</ul>`}
</div>`,
  })
}

function taskItem(task: TaskView, now: number): Markup {
  return html`<li class="task"><div><span>${task.words}</span> <time class="meta" datetime="${new Date(task.openedAt).toISOString()}">${clock(task.openedAt, now)}</time>
${task.todo === null ? '' : html`<p class="small">${task.todo}</p>`}
${task.ticket === null ? '' : html`<a class="more" href="/desk/tickets/${task.ticket}">Mở cuộc này</a>`}${task.link ? html`<a class="more" href="${task.link.href}">${task.link.words}</a>` : ''}</div>
${task.closable ? html`<form method="post" action="/desk/tasks/done"><input type="hidden" name="task" value="${task.id}"><button class="second" aria-label="Đã xong: ${task.words}">Đã xong</button></form>` : ''}</li>`
}
