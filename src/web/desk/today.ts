import { Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { topicsDue } from '../../app/content-due.ts'
import { type QuotaWarning, quotaWarnings } from '../../app/quota.ts'
import { dayOf, formatDateTime } from '../../engine/hours.ts'
import { dueReviews } from '../../store/closed.ts'
import { countQueue, type QueueRow, readCalls, readToday } from '../../store/queue.ts'
import { countTasks, finishTask, readTasks } from '../../store/tasks.ts'
import { classesSoon } from '../../store/training.ts'
import { countWalkIns, walkInsToCall } from '../../store/walk-ins.ts'
import type { TicketView } from '../pages/desk/ticket-row.ts'
import { type TaskView, todayPage } from '../pages/desk/today.ts'
import { spell } from '../pages/desk/when.ts'
import { contactTasks } from './accompany.ts'
import { checkInTasks } from './check-ins.ts'
import { lookingBack } from './closed.ts'
import { describe } from './describe.ts'
import { fieldsOf } from './field.ts'
import { REASONS, taskTodo, taskWords } from './labels.ts'
import { walkInCallView, walkInItem } from './show-walk-in.ts'
import { visitTasks } from './traces.ts'
import { recordPoints } from './walk-ins.ts'
import { type DeskEnv, readerOf, staffName, viewerOf, type Who } from './who.ts'

/** As many as one officer can look through on a phone; the rest is a number and a link. */
const SHOWN = 30

const DONE: Readonly<Record<string, string>> = {
  chuyen: 'Đã chuyển. Lời nhắn của bạn đi cùng; cuộc này nằm trong hàng chờ đến khi có người nhận.',
  viec: 'Đã đánh dấu xong.',
  'xem-lai': 'Đã lưu phần xem lại.',
}

/** Hôm nay: what waits, whom to call, what to do. */
export function todayRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  routes.get('/desk', async (c) => {
    const who = c.get('who')
    const viewer = viewerOf(app, who)
    const today = dayOf(app.now())
    const counts = await countQueue(app.store, viewer, today)
    const describeAll = (rows: readonly QueueRow[]) => Promise.all(rows.map((row) => describe(app, who, row)))
    const waiting = await describeAll(await readToday(app.store, viewer, SHOWN))
    const calls = (await describeAll(await readCalls(app.store, viewer, today, SHOWN))).filter(
      ({ callback }) => callback !== null,
    )
    const points = recordPoints(app, who.member).map(({ id }) => id)
    const came = await countWalkIns(app.store, points, today)
    const people = await Promise.all(
      (await walkInsToCall(app.store, points, today, SHOWN)).map(async (row) => ({
        item: walkInItem(app, row),
        callback: await walkInCallView(app, row),
      })),
    )
    const held = waiting.flatMap((ticket) => unansweredTask(ticket, app.now()))
    const visits = [
      ...(await visitTasks(app, who)),
      ...(await checkInTasks(app, who)),
      ...(await contactTasks(app, who)),
    ]
    const tasks = [...held, ...visits, ...(await describeTasks(app, who))]
    return c.html(
      todayPage({
        reader: readerOf(who),
        waiting,
        total: counts.talks,
        calls: [...calls].sort((a, b) => urgency(a.callback!.safeNow) - urgency(b.callback!.safeNow)),
        people: [...people].sort((a, b) => urgency(a.callback?.safeNow ?? null) - urgency(b.callback?.safeNow ?? null)),
        callTotal: Math.max(calls.length, counts.calls) + came.due,
        later: counts.later + came.later,
        tasks,
        taskTotal: Math.max(tasks.length, held.length + visits.length + (await countTasks(app.store, viewer))),
        now: app.now(),
        done: DONE[c.req.query('xong') ?? ''] ?? null,
      }),
    )
  })

  routes.post('/desk/tasks/done', async (c) => {
    const id = (await fieldsOf(c))('task')
    const mayClose = (await readTasks(app.store, viewerOf(app, c.get('who')))).some((task) => task.id === id)
    if (mayClose) await finishTask(app.store, id, app.now())
    return c.redirect('/desk?xong=viec', 303)
  })
  return routes
}

/** A class is on the list from the day before. */
const CLASS_MS = 30 * 3_600_000

/** Calls that may be made at this minute come first. */
function urgency(safeNow: boolean | null): number {
  return safeNow === true ? 0 : safeNow === null ? 1 : 2
}

/** Somebody who waits for a line of this reader, or whom nobody took though everybody was called. */
function unansweredTask(ticket: TicketView, now: number): readonly TaskView[] {
  const task = (words: string, todo: string): readonly TaskView[] => [
    { id: `cho-${ticket.id}`, words, todo, openedAt: now, ticket: ticket.id, closable: false },
  ]
  if (ticket.holder?.mine && ticket.answerMinutes !== null)
    return task(
      `Người nhắn chờ bạn trả lời, còn ${spell(ticket.answerMinutes)}`,
      'Trả lời hoặc chuyển cho người khác; quá giờ thì cuộc này về lại hàng chờ.',
    )
  if (ticket.holder === null && ticket.rungMinutes === null)
    return task('Một cuộc chưa ai nhận, đã gọi hết mọi người', 'Nhận cuộc này, hoặc báo phụ trách điểm.')
  return []
}

async function describeTasks(app: App, who: Who): Promise<readonly TaskView[]> {
  const now = app.now()
  const warning = (id: string, words: string): TaskView => ({
    id,
    words,
    todo: null,
    openedAt: now,
    ticket: null,
    closable: false,
  })
  const quotas = (await quotaWarnings(app)).map((one) => warning(one.what, quotaWords(one)))
  const due = topicsDue(app)
  const review = due > 0 ? [warning('review', `${due} bài đã quá hạn xem lại; người đọc vẫn thấy ngày của bài`)] : []
  const tasks = await readTasks(app.store, viewerOf(app, who))
  const looks = await dueReviews(app.store, lookingBack(app, who, 30))
  const back = looks.map(({ ticket, dueAt, reason }) => ({
    id: `review:${ticket}`,
    words: `Xem lại ca khẩn cấp: ${REASONS[reason] ?? reason}`,
    todo: null,
    openedAt: dueAt,
    ticket: null,
    link: { href: `/desk/reviews/${ticket}`, words: 'Xem lại' },
    closable: false,
  }))
  const soon = (await classesSoon(app.store, who.id, now, now + CLASS_MS)).map(({ id, title, startsAt, place }) => ({
    ...warning(`lop:${id}`, `Lớp tập huấn bạn đã ghi tên: ${title}, ${formatDateTime(startsAt)}, ${place}`),
    link: { href: `/desk/tap-huan/${id}`, words: 'Mở lớp' },
  }))
  return [
    ...quotas,
    ...soon,
    ...review,
    ...back,
    ...tasks.map(({ id, reason, about, openedAt, ticket }) => ({
      id,
      words: taskWords(reason, staffName(app, about ?? '')),
      todo: taskTodo(reason, ticket !== null),
      openedAt,
      ticket,
      closable: true,
    })),
  ]
}

function quotaWords({ bot, what, used, of }: QuotaWarning): string {
  return what === 'messages'
    ? `Zalo (${bot}) đã gửi ${used} trong ${of} tin của tháng này; các tin cuối được giữ cho trường hợp khẩn cấp`
    : `Zalo (${bot}) đã có ${used} trong ${of} người; nên mở thêm một bot`
}
