import { randomUUID } from 'node:crypto'
import { type Context, Hono } from 'hono'
import { raw } from 'hono/html'
import type { App } from '../../app/app.ts'
import { aboutClub } from '../../app/club-about.ts'
import { may } from '../../app/permissions.ts'
import { LEGAL_GROUPS } from '../../engine/clubs/club.ts'
import type { Club } from '../../engine/facts.ts'
import { load } from '../../store/load.ts'
import { clubInvitePage } from '../pages/desk/club-form.ts'
import { goneVisitPage } from '../pages/desk/gone.ts'
import { refusedPage } from '../pages/refused.ts'
import { fieldsOf } from './field.ts'
import { GROUP_WORDS } from './labels.ts'
import { readSubject, type Subject } from './subject.ts'
import { actOnVisit } from './visit-act.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>

const FORM = '/desk/clb/nguoi'
const NAME_LIMIT = 60

/** Somebody is invited to a club, or written down as a member after they said yes; never without it. */
export function clubInviteRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  const subjectOf = (c: C) => readSubject(app, c.get('who'), (name) => c.req.query(name) ?? '')

  routes.get(FORM, async (c) => {
    const subject = await subjectOf(c)
    return subject ? form(c, subject, EMPTY, null) : gone(c)
  })
  routes.post(FORM, async (c) => {
    const fields = await fieldsOf(c)
    const subject = await subjectOf(c)
    if (!subject) return gone(c)
    const draft = {
      club: fields('club'),
      group: fields('group'),
      said: fields('said'),
      name: fields('name').normalize('NFC').trim().slice(0, NAME_LIMIT),
      followUp: fields('follow') === 'yes',
    }
    const club = clubsFor(c).find(({ id }) => id === draft.club)
    const group = LEGAL_GROUPS.find((one) => one === draft.group)
    const refuse = (words: string) => form(c, subject, draft, `Chưa làm: ${words}`)
    if (!club) return refuse('bạn chọn câu lạc bộ.')
    if (!group) return refuse('bạn chọn nhóm theo luật.')
    if (draft.said !== 'moi' && draft.said !== 'co') return refuse('người ấy đã đồng ý hay chưa hỏi?')
    if (draft.said === 'co' && draft.name === '') return refuse('hỏi người ấy muốn được gọi là gì, rồi ghi vào.')
    const joins = draft.said === 'co'
    const reason = await actOnVisit(app, c, subject, {
      action: joins
        ? { type: 'club_join', club: club.id, group, name: draft.name, followUp: draft.followUp }
        : { type: 'club_invite', club: club.id, group },
      form: fields('id'),
      called: 'club.members',
      point: aboutClub(app, club).point ?? '',
    })
    if (reason === null) return c.redirect(`/desk/clb/${club.id}?xong=${joins ? 'vao' : 'moi'}#hoi-vien`, 303)
    return form(
      c,
      subject,
      draft,
      reason === 'in_a_club'
        ? 'Chưa làm: người này đã ở một câu lạc bộ, hoặc đã có lời mời.'
        : 'Chưa làm: cuộc này vừa thay đổi. Bạn mở lại.',
      409,
    )
  })
  return routes

  function clubsFor(c: C): readonly Club[] {
    return app.directory().clubs.filter((club) => may('club.members', c.get('who').member, aboutClub(app, club)))
  }

  async function form(
    c: C,
    subject: Subject,
    draft: { club: string; group: string; said: string; name: string; followUp: boolean },
    problem: string | null,
    status: 200 | 400 | 409 = problem === null ? 200 : 400,
  ): Promise<Response> {
    const clubs = clubsFor(c)
    if (clubs.length === 0) return c.html(refusedPage(c.get('who').member), 403)
    const { conversation } = await load(app.store, subject.contact)
    const view = {
      reader: readerOf(c.get('who')),
      formId: randomUUID(),
      query: raw(subject.query),
      back: subject.back,
      code: subject.code,
      clubs: clubs.map(({ id, name }) => ({ value: id, label: name })),
      groups: LEGAL_GROUPS.map((value) => ({ value, label: GROUP_WORDS[value] })),
      draft,
      walkIn: conversation.walkIn !== null,
      problem,
    }
    return c.html(clubInvitePage(view), status)
  }

  async function gone(c: C): Promise<Response> {
    return c.html(goneVisitPage(readerOf(c.get('who')), ''), 404)
  }
}

const EMPTY = { club: '', group: '', said: '', name: '', followUp: false }
