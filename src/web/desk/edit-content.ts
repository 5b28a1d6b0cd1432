import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { checkText, draftOf, isForked, type Standing, standingOf, textNow, textOf } from '../../app/content-edits.ts'
import type { TopicFields } from '../../app/editing.ts'
import { mayEver } from '../../app/permissions.ts'
import { textHash, tidyText } from '../../app/text-hash.ts'
import { type Brief, newestRevision, openRevisions, saving } from '../../store/content.ts'
import { type Form, readForm } from '../form-fields.ts'
import { type Conflict, editListPage, editPage, type UnitItem } from '../pages/desk/edit-content.ts'
import { errorPage } from '../pages/error.ts'
import { clock } from '../pages/line-text.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { AUDIENCES, pathOf, REVIEWERS, STATUSES, showFinding, stateWords, unitOf } from './edit-words.ts'
import { textDiff } from './text-diff.ts'
import { readTopicForm, wholeOf } from './topic-form.ts'
import { type DeskEnv, readerOf, staffName } from './who.ts'

type C = Context<DeskEnv>

/** Sửa nội dung: one text as a form; what is saved is a draft that a second person approves. */
export function editContentRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.use('/desk/noi-dung/sua', (c, next) => (maySee(c) ? next() : refuse(c)))
  routes.use('/desk/noi-dung/sua/*', (c, next) => (maySee(c) ? next() : refuse(c)))

  routes.get('/desk/noi-dung/sua', async (c) => {
    const open = await openRevisions(app.store)
    const editor = app.editing?.editor ?? null
    const units = editor
      ? await editor.units()
      : Object.keys(app.editing?.files ?? {}).flatMap((unit) => {
          const topic = app.book().topics.find(({ id }) => unit === `content/vi/topics/${id}.md`)
          return topic ? [{ unit, kind: 'topic' as const, title: topic.title }] : []
        })
    const titleOf = (unit: string) => units.find((one) => one.unit === unit)?.title ?? unit
    const inState = (state: Brief['state']) => open.filter((row) => row.state === state)
    const items = (kind: 'topic' | 'words') =>
      units
        .filter((one) => one.kind === kind)
        .map(({ unit, title }): UnitItem => ({ path: pathOf(unit), title, notes: notesOf(open, unit) }))
        .toSorted((a, b) => a.title.localeCompare(b.title, 'vi'))
    return c.html(
      editListPage({
        reader: readerOf(c.get('who')),
        waiting: inState('draft').map((row) => ({
          path: `${pathOf(row.unit)}/ban/${row.n}`,
          title: titleOf(row.unit),
          notes: [
            `${staffName(app, row.by)} soạn ${clock(row.createdAt, app.now())}${row.note === '' ? '' : `: ${row.note}`}`,
            ...(row.problems > 0 ? [`${row.problems} chỗ cần sửa trước khi duyệt`] : []),
          ],
        })),
        live: inState('live').map((row) => ({
          path: `${pathOf(row.unit)}/ban/${row.n}`,
          title: titleOf(row.unit),
          notes: [
            `${staffName(app, row.approvedBy ?? '')} duyệt ${clock(row.approvedAt ?? 0, app.now())}`,
            ...(isForked(app, row) ? ['Tệp của bản phát hành đã đổi khác: xem hai bên rồi chọn'] : []),
          ],
        })),
        topics: items('topic'),
        words: items('words'),
        edits: editor !== null,
      }),
    )
  })

  routes.get('/desk/noi-dung/sua/:kind/:slug', async (c) => {
    const standing = await find(c)
    if (standing instanceof Response) return standing
    const now = textNow(standing)
    if (!app.editing?.editor || now === null || !mayEver('content.edit', c.get('who').member))
      return c.redirect(`${pathOf(standing.unit)}/lich-su`, 303)
    return form(c, standing, { from: now.n, source: now.text, mine: null, note: standing.draft?.note ?? '' })
  })

  routes.post('/desk/noi-dung/sua/:kind/:slug', async (c) => {
    const standing = await find(c)
    if (standing instanceof Response) return standing
    const { member } = c.get('who')
    const editor = app.editing?.editor
    if (!editor || !mayEver('content.edit', member)) return refuse(c)
    const sent = await readForm(c)
    const [from, after] = [Number(sent.one('from')), Number(sent.one('after'))]
    const note = sent.one('note').normalize('NFC').trim().slice(0, 200)
    const source = Number.isInteger(from) ? await textOf(app, standing, from) : null
    const now = textNow(standing)
    if (source === null || now === null) return c.html(errorPage(404), 404)
    const text = await composed(sent, standing.unit, source)
    const edit = { from, source, mine: text, note }
    const newest = await newestRevision(app.store, standing.unit)
    // The same form sent twice.
    if (newest && newest.n === after + 1 && newest.by === member.id && newest.hash === textHash(text))
      return c.redirect(`${pathOf(standing.unit)}/ban/${newest.n}?xong=luu`, 303)
    if (standing.last !== after || textHash(source) !== sent.one('base')) return conflict(c, standing, sent, note)
    if (textHash(text) === textHash(now.text)) return form(c, standing, edit, 'Chưa lưu: bạn chưa đổi chữ nào.')
    const row = await draftOf(app, standing, { text, base: source, by: member.id, note, restores: null })
    try {
      await audited(c, 'content.save', null, { about: aboutOf(row) }, saving(row))
    } catch (error) {
      const meanwhile = await find(c)
      if (meanwhile instanceof Response || meanwhile.last === after) throw error
      return conflict(c, meanwhile, sent, note)
    }
    return c.redirect(`${pathOf(standing.unit)}/ban/${row.n}?xong=luu`, 303)
  })
  return routes

  async function find(c: C): Promise<Standing | Response> {
    const unit = unitOf(c.req.param('kind'), c.req.param('slug'))
    const standing = unit === null ? null : await standingOf(app, unit)
    return standing ?? c.html(errorPage(404), 404)
  }

  /** The file as this form wants it: its fields put into the text it began from, or the whole text. */
  async function composed(sent: Form, unit: string, source: string): Promise<string> {
    if (sent.all('text').length > 0) return `${tidyText(wholeOf(sent, 'text')).trimEnd()}\n`
    return app.editing!.editor!.write(unit, source, readTopicForm(sent))
  }

  /** What was typed is put beside what another saved; sent again, it is a draft over theirs, which stays in the history. */
  async function conflict(c: C, standing: Standing, sent: Form, note: string): Promise<Response> {
    const now = textNow(standing)
    if (now === null) return c.html(errorPage(404), 404)
    const mine = await composed(sent, standing.unit, now.text)
    const newest = await newestRevision(app.store, standing.unit)
    const theirs = {
      by: now.n === 0 || newest === null ? 'bản phát hành' : staffName(app, newest.by),
      theirs: now.text,
      mine,
      diff: textDiff(now.text, mine),
    }
    return form(c, standing, { from: now.n, source: now.text, mine, note }, null, theirs)
  }

  async function form(
    c: C,
    standing: Standing,
    edit: { from: number; source: string; mine: string | null; note: string },
    message: string | null = null,
    theirs: Conflict | null = null,
  ): Promise<Response> {
    const editor = app.editing!.editor!
    const { unit, draft } = standing
    const text = edit.mine ?? edit.source
    const fields: TopicFields | null = unit.includes('/topics/') ? await editor.read(unit, text) : null
    const troubled = draft !== null && draft.problems > 0 && edit.mine === null
    const checked = troubled || edit.mine !== null ? await checkText(app, standing, text) : null
    const options = (words: Readonly<Record<string, string>>) =>
      Object.entries(words).map(([value, label]) => ({ value, label }))
    const units = await editor.units()
    const view = {
      reader: readerOf(c.get('who')),
      path: pathOf(unit),
      title: units.find((one) => one.unit === unit)?.title ?? unit,
      facts: factsOf(standing),
      from: edit.from,
      after: standing.last,
      base: textHash(edit.source),
      fields,
      text,
      note: edit.note,
      sources: fields === null ? [] : await editor.sources(),
      audiences: options(AUDIENCES),
      reviewers: options(REVIEWERS),
      statuses: options(STATUSES),
      findings: (checked?.findings ?? []).map((one) => showFinding(unit, one)),
      conflict: theirs,
      message,
    }
    return c.html(editPage(view), theirs ? 409 : message === null ? 200 : 400)
  }

  function factsOf({ unit, live, draft, file }: Standing): readonly string[] {
    const now = app.now()
    const holds = live
      ? `Máy đang dùng bản ${live.n}, ${staffName(app, live.approvedBy ?? '')} duyệt ${clock(live.approvedAt ?? 0, now)}.`
      : 'Máy đang dùng lời của bản phát hành.'
    const waits = draft
      ? [`Bạn đang sửa tiếp bản nháp của ${staffName(app, draft.by)}, lưu ${clock(draft.createdAt, now)}.`]
      : []
    const forked =
      live && file !== null && isForked(app, live)
        ? ['Tệp của bản phát hành đã đổi khác sau khi bản này được soạn.']
        : []
    const level = unit.includes('/topics/') ? [`Tệp ${unit}.`] : [`Tệp ${unit}: sửa lời, giữ nguyên tên và mã.`]
    return [holds, ...waits, ...forked, ...level]
  }

  function notesOf(open: readonly Brief[], unit: string): readonly string[] {
    return open
      .filter((row) => row.unit === unit)
      .map((row) => `${stateWords(row)} (bản ${row.n} của ${staffName(app, row.by)})`)
  }

  function maySee(c: C): boolean {
    const { member } = c.get('who')
    return app.editing !== undefined && (mayEver('content.edit', member) || mayEver('content.approve', member))
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }
}

/** A revision as the audit names it. */
export const aboutOf = ({ unit, n }: { unit: string; n: number }): string =>
  `${unit.replace(/^content\/vi\/|\.md$/g, '')}#${n}`
