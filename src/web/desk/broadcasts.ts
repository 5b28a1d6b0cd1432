import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { ALONE_WAITS_MS, aboutOf, aimOf, approvalOf, reach } from '../../app/broadcasts.ts'
import { aboutClub } from '../../app/club-about.ts'
import { may, mayEver } from '../../app/permissions.ts'
import type { CampaignTemplate } from '../../engine/book.ts'
import type { Day } from '../../engine/facts.ts'
import { dayOf, formatDateTime } from '../../engine/hours.ts'
import { LANGUAGES, languageOf } from '../../engine/language.ts'
import type { StaffMember } from '../../engine/staff.ts'
import {
  addingBroadcast,
  type BroadcastRow,
  beginning,
  EXCLUSIONS,
  type Exclusion,
  outcomesOf,
  pausing,
  readBroadcast,
  readBroadcasts,
  resuming,
  stopping,
} from '../../store/broadcasts.ts'
import { readForm } from '../form-fields.ts'
import { type BroadcastDraft, broadcastFormPage, broadcastPage, broadcastsPage } from '../pages/desk/broadcast.ts'
import { errorPage } from '../pages/error.ts'
import { clock } from '../pages/line-text.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { broadcastDraft, readBroadcastForm, WHO } from './broadcast-form.ts'
import { writtenDay } from './call-day.ts'
import { entranceChoices, entranceName } from './entrance-words.ts'
import { idOfForm } from './id-of-form.ts'
import { CHANNELS, STAGE_WORDS } from './labels.ts'
import { type DeskEnv, readerOf, staffName } from './who.ts'

type C = Context<DeskEnv>

const EVERYBODY = '-'

const STATES: Readonly<Record<BroadcastRow['state'], string>> = {
  waiting: 'chờ duyệt',
  sending: 'đang gửi',
  paused: 'tạm dừng',
  stopped: 'đã dừng',
}

const WHY_NOT: Readonly<Record<Exclusion, string>> = {
  no_consent: 'chưa đồng ý nhận tin báo',
  stopped: 'đã nhắn “dừng”',
  muted: 'cán bộ đã tắt tin tự gửi',
  unreachable: 'đã chặn kênh',
  no_channel: 'chưa có kênh nhắn',
  crisis: 'vừa có ca khẩn cấp',
}

const OUTCOMES: Readonly<Record<string, string>> = {
  sent: 'đã gửi',
  queued: 'đang chờ giờ gửi',
  leased: 'đang gửi',
  failed: 'không gửi được, đã thành việc cần làm',
  uncertain: 'chưa chắc đã tới, đã thành việc cần làm',
  dropped: 'không gửi nữa vì không còn hợp (đã dừng, ngày lễ, quá hạn…)',
  waiting: 'chưa tới lượt',
  erased: 'đã xoá dữ liệu của mình',
}

const DONE: Readonly<Record<string, string>> = {
  luu: 'Đã lưu. Xem con số rồi duyệt.',
  gui: 'Đã bắt đầu gửi.',
  dung: 'Đã làm.',
}

/** Tin báo: one message to many, read by two before it goes. */
export function broadcastRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get('/desk/tin', async (c) => {
    const { member } = c.get('who')
    if (!mayEver('broadcast.write', member)) return refuse(c)
    const now = app.now()
    const rows = (await readBroadcasts(app.store)).filter((row) => may('broadcast.write', member, aboutOf(app, row)))
    const items = rows.map((row) => ({
      id: row.id,
      state: stateOf(row, now),
      point: pointName(row.point),
      begins: formatDateTime(row.startsAt),
      made: clock(row.createdAt, now),
      by: staffName(app, row.by),
    }))
    const templates = (app.book().campaigns ?? [])
      .map((one) => ({ id: one.id, title: one.title, ...daysOf(one) }))
      .sort((a, b) => (a.from < b.from ? -1 : 1))
      .map(({ id, title, from, to }) => ({ id, title, when: `${writtenDay(from)} – ${writtenDay(to)}` }))
    return c.html(
      broadcastsPage({
        reader: readerOf(c.get('who')),
        items,
        templates,
        done: DONE[c.req.query('xong') ?? ''] ?? null,
      }),
    )
  })

  routes.get('/desk/tin/moi', (c) => form(c, fromTemplate(c.req.query('mau')), randomUUID(), null))
  routes.post('/desk/tin/moi', async (c) => {
    const { member } = c.get('who')
    const sent = await readForm(c)
    const typed = broadcastDraft(sent)
    const known = clubsFor(member).map(({ value }) => value)
    const draft = { ...typed, clubs: typed.clubs.filter((one) => known.includes(one)) }
    const formId = sent.one('id').slice(0, 100) || randomUUID()
    const point = draft.point === EVERYBODY ? null : draft.point
    if (!may('broadcast.write', member, aboutOf(app, { point }))) return refuse(c)
    const read = readBroadcastForm(app, draft)
    if ('problem' in read) return form(c, draft, formId, read.problem)
    const { people, excluded } = await reach(app, { point, audience: read.audience })
    if (people === 0) {
      const why = reasons(excluded).map(([reason, count]) => `${count} người ${reason}`)
      const words = why.length === 0 ? 'Không có ai hợp với lựa chọn này.' : `Không gửi được tới ai: ${why.join('; ')}.`
      return form(c, draft, formId, `Chưa lưu: ${words}`)
    }
    const id = idOfForm(app, 'broadcast', member.id, formId)
    if (!(await readBroadcast(app.store, id)))
      await audited(c, 'broadcast.write', null, { about: id, point }, [
        addingBroadcast({ id, point, by: member.id, createdAt: app.now(), ...read }),
      ])
    return c.redirect(`/desk/tin/${id}?xong=luu`, 303)
  })

  routes.get('/desk/tin/:id', async (c) => {
    const row = await find(c)
    return row instanceof Response ? row : show(c, row, null)
  })
  // A reload of a page that answered a form.
  routes.get('/desk/tin/:id/:verb', (c) => c.redirect(`/desk/tin/${encodeURIComponent(c.req.param('id'))}`, 303))

  routes.post('/desk/tin/:id/approve', async (c) => {
    const row = await find(c)
    if (row instanceof Response) return row
    const { member } = c.get('who')
    if (row.state !== 'waiting') return show(c, row, 'Tin này đã được duyệt hoặc đã dừng từ trước.', 409)
    const { people } = await reach(app, row)
    const approval = approvalOf(app, row, people, member)
    if (approval !== 'yes') return show(c, row, `Chưa gửi: ${WHY_NOT_APPROVE[approval]}`, 403)
    if ((await readForm(c)).one('read') !== 'yes')
      return show(c, row, 'Chưa gửi: bạn đọc lời nhắn và con số rồi đánh dấu.', 400)
    if (app.now() >= row.endsAt) return show(c, row, 'Chưa gửi: ngày cuối cùng của tin đã qua. Bạn soạn tin mới.', 409)
    await audited(
      c,
      'broadcast.approve',
      null,
      { about: row.id, point: row.point },
      beginning(row, member.id, aimOf(app, row)),
    )
    return c.redirect(`/desk/tin/${row.id}?xong=gui`, 303)
  })
  for (const verb of ['pause', 'resume', 'stop'] as const)
    routes.post(`/desk/tin/:id/${verb}`, async (c) => {
      const row = await find(c)
      if (row instanceof Response) return row
      if (!verbsOf(c, row).includes(verb)) return show(c, row, 'Việc này không làm được lúc này.', 409)
      const now = app.now()
      const writes =
        verb === 'pause'
          ? pausing(row.id)
          : verb === 'resume'
            ? resuming(row.id, now)
            : stopping(row.id, row.state, now)
      await audited(c, `broadcast.${verb}`, null, { about: row.id, point: row.point }, writes)
      return c.redirect(`/desk/tin/${row.id}?xong=dung`, 303)
    })
  return routes

  async function find(c: C): Promise<BroadcastRow | Response> {
    const row = await readBroadcast(app.store, c.req.param('id')!)
    if (!row) return c.html(errorPage(404), 404)
    return may('broadcast.write', c.get('who').member, aboutOf(app, row)) ? row : refuse(c)
  }

  function verbsOf(c: C, row: BroadcastRow): readonly ('pause' | 'resume' | 'stop')[] {
    const { member } = c.get('who')
    if (row.by !== member.id && !may('broadcast.approve', member, aboutOf(app, row))) return []
    if (row.state === 'waiting') return ['stop']
    if (row.state === 'sending') return app.now() < row.endsAt ? ['pause', 'stop'] : []
    return row.state === 'paused' ? ['resume', 'stop'] : []
  }

  async function show(
    c: C,
    row: BroadcastRow,
    message: string | null,
    status: 200 | 400 | 403 | 409 = 200,
  ): Promise<Response> {
    const now = app.now()
    const waits = row.state === 'waiting'
    const reached = waits ? await reach(app, row) : null
    const approval = reached === null ? null : approvalOf(app, row, reached.people, c.get('who').member)
    const outcomes = Object.entries(waits ? {} : await outcomesOf(app.store, row.id)).filter(([, count]) => count > 0)
    const { who, channels, communes, clubs, languages, entrances, stages } = row.audience
    const clubName = (id: string) => app.directory().clubs.find((one) => one.id === id)?.name ?? id
    const names = (list: readonly string[], of: (one: string) => string) =>
      list.length === 0 ? 'mọi nơi' : list.map(of).join(', ')
    const view = {
      reader: readerOf(c.get('who')),
      path: `/desk/tin/${row.id}`,
      formId: randomUUID(),
      text: row.text,
      state: stateOf(row, now),
      facts: [
        ['Cho người của', pointName(row.point)] as const,
        ['Ai nhận', who.length === 0 ? 'mọi người' : who.map((one) => WHO[one] ?? one).join(', ')] as const,
        ['Kênh', channels.length === 0 ? 'mọi kênh' : channels.map((one) => CHANNELS[one] ?? one).join(', ')] as const,
        [
          'Xã, phường',
          names(communes, (one) => app.directory().communes.find(({ id }) => id === one)?.name ?? one),
        ] as const,
        ...(clubs.length === 0 ? [] : [['Hội viên', clubs.map(clubName).join(', ')] as const]),
        ...(languages.length === 0
          ? []
          : [['Muốn nói', languages.map((one) => languageOf(one)?.name ?? one).join(', ')] as const]),
        ...(stages.length === 0
          ? []
          : [['Giai đoạn', stages.map((one) => STAGE_WORDS[one] ?? one).join(', ')] as const]),
        ...(entrances.length === 0
          ? []
          : [['Vào bằng mã in trên', entrances.map((one) => entranceName(app, one)).join(', ')] as const]),
        ['Gửi từ', formatDateTime(row.startsAt)] as const,
        ['Không gửi nữa sau', formatDateTime(row.endsAt - 1)] as const,
        ['Người soạn', staffName(app, row.by)] as const,
        ...(row.approvedBy === null
          ? []
          : ([
              ['Người duyệt', staffName(app, row.approvedBy)],
              ['Số người', String(row.people ?? 0)],
            ] as const)),
      ],
      reach: reached === null ? null : { people: reached.people, excluded: reasons(reached.excluded) },
      outcomes: outcomes.map(
        ([outcome, count]) => [OUTCOMES[outcome] ?? WHY_NOT[outcome as Exclusion] ?? 'quá hạn', count] as const,
      ),
      mayApprove: approval === 'yes' && (reached?.people ?? 0) > 0,
      why: approval === null || approval === 'yes' ? null : WHY_NOT_APPROVE[approval],
      verbs: verbsOf(c, row),
      message,
      done: message === null ? (DONE[c.req.query('xong') ?? ''] ?? null) : null,
    }
    return c.html(broadcastPage(view), status)
  }

  async function form(c: C, draft: BroadcastDraft, formId: string, problem: string | null): Promise<Response> {
    const { member } = c.get('who')
    const points = app
      .directory()
      .points.filter((one) => may('broadcast.write', member, { point: one.id, above: one.above }))
    const all = may('broadcast.write', member, { point: null }) ? [{ value: EVERYBODY, label: 'Mọi điểm' }] : []
    if (points.length === 0 && all.length === 0) return refuse(c)
    const view = {
      reader: readerOf(c.get('who')),
      formId,
      draft: draft.point === '' ? { ...draft, point: member.point ?? points[0]?.id ?? '' } : draft,
      points: [...all, ...points.map(({ id, name }) => ({ value: id, label: name }))],
      who: Object.entries(WHO).map(([value, label]) => ({ value, label })),
      channels: Object.entries(CHANNELS).map(([value, label]) => ({ value, label })),
      clubs: clubsFor(member),
      entrances: entranceChoices(app),
      stages: Object.entries(STAGE_WORDS).map(([value, label]) => ({ value, label })),
      languages: LANGUAGES.map(({ id, name }) => ({ value: id, label: name })),
      today: dayOf(app.now()),
      problem,
    }
    return c.html(broadcastFormPage(view), problem === null ? 200 : 400)
  }

  /** Clubs whose people this reader may know of. */
  function clubsFor(member: StaffMember) {
    const known = app.directory().clubs.filter((club) => may('club.members', member, aboutClub(app, club)))
    return known.map(({ id, name }) => ({ value: id, label: name }))
  }

  /** The next days on which a template of the calendar falls. */
  function daysOf({ from, to }: CampaignTemplate): { from: Day; to: Day } {
    const day = (year: number, { month, day: date }: { month: number; day: number }) =>
      `${year}-${String(month).padStart(2, '0')}-${String(date).padStart(2, '0')}`
    const today = dayOf(app.now())
    const year = Number(today.slice(0, 4))
    const on = day(year, to) < today ? year + 1 : year
    return { from: day(on, from), to: day(on, to) }
  }

  function fromTemplate(id: string | undefined): BroadcastDraft {
    const template = app.book().campaigns?.find((one) => one.id === id)
    if (!template) return EMPTY
    const { from, to } = daysOf(template)
    return { ...EMPTY, text: template.text, day: from > dayOf(app.now()) ? from : '', until: to }
  }

  function pointName(point: string | null): string {
    return point === null ? 'Mọi điểm' : (app.directory().points.find(({ id }) => id === point)?.name ?? point)
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }
}

const EMPTY: BroadcastDraft = {
  point: '',
  text: '',
  who: [],
  channels: [],
  clubs: [],
  languages: [],
  entrances: [],
  stages: [],
  communes: '',
  day: '',
  time: '',
  until: '',
}

const WHY_NOT_APPROVE = {
  not_allowed: 'phụ trách điểm hoặc tuyến trên duyệt tin này.',
  not_alone: 'tin tới nhiều người cần một người khác đọc và duyệt. Nhờ phụ trách điểm hoặc tuyến trên mở trang này.',
  not_yet: `ở đây không có người khác để duyệt. Sau ${ALONE_WAITS_MS / 60_000} phút kể từ lúc soạn, bạn đọc lại rồi tự duyệt.`,
} as const

function stateOf({ state, endsAt }: BroadcastRow, now: number): string {
  return state === 'sending' && now >= endsAt ? 'đã xong' : STATES[state]
}

function reasons(excluded: Readonly<Partial<Record<Exclusion, number>>>): readonly (readonly [string, number])[] {
  return EXCLUSIONS.flatMap((one) => (excluded[one] === undefined ? [] : [[WHY_NOT[one], excluded[one]] as const]))
}
