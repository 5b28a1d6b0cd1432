import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { newVersion } from '../../app/accounts.ts'
import type { App } from '../../app/app.ts'
import { aboutClub } from '../../app/club-about.ts'
import { type Action, may, mayEver } from '../../app/permissions.ts'
import type { Club } from '../../engine/facts.ts'
import { formatDateTime } from '../../engine/hours.ts'
import { clubMonths, clubSizes, placingClub, readMember, readMembers } from '../../store/clubs.ts'
import { bumpingDirectory } from '../../store/directory.ts'
import { meetingsOf, readSeries } from '../../store/meetings.ts'
import { readForm } from '../form-fields.ts'
import { clubPage, clubsPage } from '../pages/desk/club.ts'
import { type ClubDraft, clubFormPage } from '../pages/desk/club-form.ts'
import { errorPage } from '../pages/error.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { writtenDay } from './call-day.ts'
import { clubDraft, draftOf, readClubForm } from './club-form.ts'
import { clubNames } from './club-names.ts'
import { clubProgressView } from './club-progress.ts'
import { fieldsOf } from './field.ts'
import { idOfForm } from './id-of-form.ts'
import { GROUP_WORDS } from './labels.ts'
import { ruleWords } from './meeting-form.ts'
import { personOf, writtenDate } from './show-visits.ts'
import { actOnVisit } from './visit-act.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>

const DAY_MS = 86_400_000
const BACK_MS = 370 * DAY_MS
const AHEAD_MS = 110 * DAY_MS

const DONE: Readonly<Record<string, string>> = {
  luu: 'Đã lưu câu lạc bộ.',
  xep: 'Đã xếp buổi.',
  dung: 'Đã dừng lặp lại. Buổi chưa báo cho ai đã bỏ khỏi lịch.',
  roi: 'Đã ghi là người ấy rời câu lạc bộ.',
  moi: 'Đã gửi lời mời.',
  vao: 'Đã ghi người ấy là hội viên.',
}

const EMPTY: ClubDraft = {
  name: '',
  commune: '',
  about: '',
  place: '',
  capacity: '',
  number: '',
  day: '',
  board: '',
  keepers: [],
}

/** Câu lạc bộ: the register, each club's own page, and leaving it. */
export function clubRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.get('/desk/clb', async (c) => {
    const { member } = c.get('who')
    if (!mayEver('club.read', member) && !mayEver('club.edit', member)) return refuse(c)
    const { clubs, communes, points } = app.directory()
    const allowed = (action: Action, club: Club) => may(action, member, aboutClub(app, club))
    const sizes = await clubSizes(app.store)
    const now = app.now()
    const items = []
    for (const club of clubs) {
      const mayRead = allowed('club.read', club)
      if (!mayRead && !allowed('club.edit', club)) continue
      const next = mayRead ? (await meetingsOf(app.store, club.id, now, now + AHEAD_MS)).find(isPlanned) : undefined
      items.push({
        id: club.id,
        name: club.name,
        where: communeName(club.commune),
        members: mayRead ? (sizes.get(club.id) ?? 0) : null,
        next: next ? formatDateTime(next.startsAt) : null,
        missing: [...(club.decision ? [] : ['quyết định thành lập']), ...(club.board ? [] : ['ban chủ nhiệm'])],
        mayRead,
      })
    }
    const served = new Set(
      points.filter(({ id, above }) => may('club.edit', member, { point: id, above })).flatMap((one) => one.communes),
    )
    const without = communes
      .filter(({ id }) => served.has(id) && !clubs.some(({ commune }) => commune === id))
      .map(({ name }) => name)
    const view = { reader: readerOf(c.get('who')), items, without, mayAdd: mayEver('club.edit', member) }
    return c.html(clubsPage({ ...view, done: DONE[c.req.query('xong') ?? ''] ?? null }))
  })

  routes.get('/desk/clb/moi', (c) =>
    mayEver('club.edit', c.get('who').member) ? form(c, null, EMPTY, randomUUID(), null) : refuse(c),
  )
  routes.post('/desk/clb/moi', async (c) => {
    if (!mayEver('club.edit', c.get('who').member)) return refuse(c)
    return save(c, null)
  })
  routes.get('/desk/clb/:id/sua', async (c) => {
    const club = await find(c, 'club.edit')
    return club instanceof Response ? club : form(c, club, draftOf(app, club), randomUUID(), null)
  })
  routes.post('/desk/clb/:id/sua', async (c) => {
    const club = await find(c, 'club.edit')
    return club instanceof Response ? club : save(c, club)
  })

  routes.get('/desk/clb/:id', async (c) => {
    const club = await find(c, 'club.read')
    return club instanceof Response ? club : show(c, club, null)
  })
  routes.post('/desk/clb/:id/hoi-vien/:member/roi', async (c) => {
    const club = await find(c, 'club.members')
    if (club instanceof Response) return club
    const fields = await fieldsOf(c)
    const row = await readMember(app.store, c.req.param('member'))
    if (!row || row.club !== club.id) return show(c, club, 'Người này không còn trong câu lạc bộ.', 409)
    const point = aboutClub(app, club).point ?? ''
    const does = { action: { type: 'club_leave' }, form: fields('id'), called: 'club.members', point } as const
    const reason = await actOnVisit(app, c, row, does)
    if (reason === null) return c.redirect(`/desk/clb/${club.id}?xong=roi#hoi-vien`, 303)
    return show(c, club, 'Chưa ghi: danh sách vừa thay đổi. Bạn xem lại.', 409)
  })
  return routes

  async function find(c: C, action: Action): Promise<Club | Response> {
    const club = app.directory().clubs.find(({ id }) => id === c.req.param('id'))
    if (!club) return c.html(errorPage(404), 404)
    const about = aboutClub(app, club)
    if (may(action, c.get('who').member, about)) return club
    await audited(c, 'refused', null, { about: club.id, point: about.point ?? null })
    return refuse(c)
  }

  async function save(c: C, club: Club | null): Promise<Response> {
    const sent = await readForm(c)
    const draft = clubDraft(sent)
    const formId = sent.one('id').slice(0, 100) || randomUUID()
    const read = readClubForm(
      app,
      draft,
      accounts().map(({ id }) => id),
    )
    if ('problem' in read) return form(c, club, draft, formId, read.problem)
    const made: Club = {
      ...read.club,
      ...(club?.point === undefined ? {} : { point: club.point }),
      id: club?.id ?? `clb-${idOfForm(app, 'club', formId)}`,
      sample: club?.sample ?? false,
    }
    const about = aboutClub(app, made)
    if (!may('club.edit', c.get('who').member, about))
      return form(c, club, draft, formId, 'Chưa lưu: xã, phường này không do điểm của bạn phụ trách.')
    await audited(c, 'club.edit', null, { about: made.id, point: about.point ?? null }, [
      placingClub(made),
      bumpingDirectory(newVersion(app)),
    ])
    return c.redirect('/desk/clb?xong=luu', 303)
  }

  async function form(
    c: C,
    club: Club | null,
    draft: ClubDraft,
    formId: string,
    problem: string | null,
  ): Promise<Response> {
    const view = {
      reader: readerOf(c.get('who')),
      formId,
      path: club ? `/desk/clb/${club.id}/sua` : '/desk/clb/moi',
      isNew: club === null,
      draft,
      accounts: accounts().map(({ id, shownAs }) => ({ value: id, label: shownAs ?? 'Không để tên' })),
      problem,
    }
    return c.html(clubFormPage(view), problem === null ? 200 : 400)
  }

  async function show(c: C, club: Club, message: string | null, status: 200 | 409 = 200): Promise<Response> {
    const who = c.get('who')
    const about = aboutClub(app, club)
    const point = about.point ?? null
    await audited(c, 'club.read', null, { about: club.id, point })
    const now = app.now()
    const all = await meetingsOf(app.store, club.id, now - BACK_MS, now + AHEAD_MS)
    const mayManage = may('club.members', who.member, about)
    const rows = await readMembers(app.store, club.id)
    const names = await clubNames(app, rows)
    const members = await Promise.all(
      rows.map(async (row) => ({
        id: row.id,
        name: names(row),
        since: row.joinedAt === null ? `đã mời ${writtenDate(row.invitedAt)}` : `từ ${writtenDate(row.joinedAt)}`,
        invited: row.state === 'invited',
        followUp: row.followUp,
        staff: mayManage
          ? {
              group: GROUP_WORDS[row.group],
              href:
                (await personOf(app, who, { contact: row.contact, ticket: row.ticket, point: point ?? '' }))?.href ??
                null,
            }
          : null,
      })),
    )
    const what = ({ place, agenda }: { place: string; agenda: string }) =>
      agenda === '' ? place : `${place} · ${agenda}`
    const view = {
      reader: readerOf(who),
      path: `/desk/clb/${club.id}`,
      formId: randomUUID(),
      name: club.name,
      facts: [
        ['Xã, phường', communeName(club.commune)] as const,
        [
          'Quyết định',
          club.decision ? `${club.decision.number}, ngày ${writtenDay(club.decision.day)}` : 'chưa ghi',
        ] as const,
        ['Ban chủ nhiệm', club.board?.join('; ') ?? 'chưa ghi'] as const,
        ['Nơi thường gặp', club.place ?? 'chưa ghi'] as const,
        ['Số chỗ', club.capacity === undefined ? 'không giới hạn' : String(club.capacity)] as const,
        ...(club.about === '' ? [] : [['Về câu lạc bộ', club.about] as const]),
      ],
      meetings: all
        .filter(({ startsAt }) => startsAt + DAY_MS > now)
        .map((one) => ({
          id: one.id,
          when: formatDateTime(one.startsAt),
          what: what(one),
          tag:
            one.state === 'cancelled'
              ? 'đã huỷ'
              : one.announcedAt === null
                ? 'chưa báo'
                : one.family
                  ? 'có gia đình'
                  : null,
        })),
      past: all
        .filter((one) => one.startsAt + DAY_MS <= now && isPlanned(one))
        .reverse()
        .slice(0, 20)
        .map((one) => ({ id: one.id, when: formatDateTime(one.startsAt), what: what(one) })),
      series: (await readSeries(app.store, club.id)).map(({ id, rule, last }) => ({
        id,
        words: `${ruleWords(rule)}${last === null ? '' : `, đến ${writtenDay(last)}`}`,
      })),
      members,
      months: (await clubMonths(app.store, club.id, now - BACK_MS, now)).map((one) => ({
        ...one,
        month: one.month.split('-').reverse().join('/'),
      })),
      progress: await clubProgressView(app, club.id),
      mayEdit: may('club.edit', who.member, about),
      mayMeet: may('club.meet', who.member, about),
      mayManage,
      message,
      done: message === null ? (DONE[c.req.query('xong') ?? ''] ?? null) : null,
    }
    return c.html(clubPage(view), status)
  }

  /** Who may be given a club's page: whoever holds the role, but for the police, who read nobody's names here. */
  function accounts() {
    return app
      .directory()
      .staff.filter((one) => one.active && one.roles.includes('club_board') && one.affiliation !== 'cong_an')
  }

  function communeName(id: string): string {
    const commune = app.directory().communes.find((one) => one.id === id)
    return commune ? `${commune.name}, ${commune.province}` : id
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }
}

const isPlanned = ({ state }: { state: string }): boolean => state === 'planned'
