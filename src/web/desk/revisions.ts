import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import {
  approvalOfText,
  approvalWrites,
  checkText,
  draftOf,
  errorsIn,
  isForked,
  type Standing,
  standingOf,
  textInForce,
  textNow,
} from '../../app/content-edits.ts'
import { type PreviewPart, previewTopic, previewWords } from '../../app/content-preview.ts'
import type { Finding } from '../../app/editing.ts'
import { mayEver } from '../../app/permissions.ts'
import { textHash } from '../../app/text-hash.ts'
import { type Patch, readPatch } from '../../engine/revised.ts'
import { dropping, type Revision, readRevision, revisionsOf, saving } from '../../store/content.ts'
import type { Query } from '../../store/query.ts'
import { readForm } from '../form-fields.ts'
import { historyPage, revisionPage } from '../pages/desk/revision.ts'
import { errorPage } from '../pages/error.ts'
import { clock } from '../pages/line-text.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { aboutOf } from './edit-content.ts'
import { CHANNEL_NAMES, PART_NAMES, PRONOUNS, pathOf, showFinding, stateWords, unitOf } from './edit-words.ts'
import { textDiff } from './text-diff.ts'
import { type DeskEnv, readerOf, staffName } from './who.ts'

type C = Context<DeskEnv>

const DONE: Readonly<Record<string, string>> = {
  luu: 'Đã lưu bản nháp. Máy chưa dùng: một người khác đọc và duyệt.',
  duyet: 'Đã duyệt. Máy dùng lời này từ bây giờ.',
  bo: 'Đã bỏ bản nháp. Lời vẫn còn trong lịch sử.',
}
const WHY_NOT = {
  own: 'Bản này do bạn lưu: cần một người khác đọc và duyệt.',
  not_allowed: 'Vai trò của bạn không duyệt được.',
  not_draft: 'Bản này không còn chờ duyệt.',
} as const

/** One revision: what is different, how people will get it, the second person’s yes, and the way back. */
export function revisionRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  const base = '/desk/noi-dung/sua/:kind/:slug'

  routes.get(`${base}/lich-su`, async (c) => {
    const standing = await find(c)
    if (standing instanceof Response) return standing
    const rows = await revisionsOf(app.store, standing.unit)
    const now = app.now()
    const items = rows.map((row) => ({
      n: row.n,
      title: `Bản ${row.n}: ${stateWords(row)}`,
      notes: [
        `${staffName(app, row.by)} soạn ${clock(row.createdAt, now)}${row.note === '' ? '' : `: ${row.note}`}`,
        ...(row.approvedBy === null
          ? []
          : [`${staffName(app, row.approvedBy)} duyệt ${clock(row.approvedAt ?? 0, now)}`]),
      ],
    }))
    const file = standing.file === null ? [] : [{ n: 0, title: 'Tệp của bản phát hành', notes: [standing.unit] }]
    return c.html(
      historyPage({
        reader: readerOf(c.get('who')),
        path: pathOf(standing.unit),
        title: titleOf(standing.unit),
        items: [...items, ...file],
      }),
    )
  })

  routes.get(`${base}/ban/:n`, async (c) => {
    const found = await findRow(c)
    return found instanceof Response ? found : show(c, found, null)
  })
  // A reload of a page that answered a form.
  routes.get(`${base}/ban/:n/:verb`, (c) => c.redirect(c.req.path.replace(/\/[^/]+$/, ''), 303))

  routes.post(`${base}/ban/:n/duyet`, async (c) => {
    const found = await findRow(c)
    if (found instanceof Response) return found
    const { standing, row } = found
    if (row === null) return c.html(errorPage(404), 404)
    const { member } = c.get('who')
    const may = approvalOfText(row, member)
    if (may !== 'yes') return show(c, found, `Chưa duyệt: ${WHY_NOT[may]}`, may === 'not_draft' ? 409 : 403)
    if ((await readForm(c)).one('read') !== 'yes')
      return show(c, found, 'Chưa duyệt: bạn đọc chỗ khác và bản xem thử rồi đánh dấu.', 400)
    const approval = await approvalWrites(app, standing, row, member.id)
    if ('findings' in approval) return show(c, found, 'Chưa duyệt: còn chỗ cần sửa.', 409)
    const refused = await attempt(c, 'content.approve', row, approval.writes, (now) => now?.state !== 'draft')
    if (refused) return refused
    await app.editing?.refresh()
    return c.redirect(`${pathOf(row.unit)}/ban/${row.n}?xong=duyet`, 303)
  })

  routes.post(`${base}/ban/:n/bo`, async (c) => {
    const found = await findRow(c)
    if (found instanceof Response) return found
    const { row } = found
    if (row === null) return c.html(errorPage(404), 404)
    if (!mayEver('content.edit', c.get('who').member)) return refuse(c)
    if (row.state !== 'draft') return show(c, found, WHY_NOT.not_draft, 409)
    const refused = await attempt(c, 'content.drop', row, dropping(row, app.now()), (now) => now?.state !== 'draft')
    return refused ?? c.redirect(`${pathOf(row.unit)}/ban/${row.n}?xong=bo`, 303)
  })

  routes.post(`${base}/ban/:n/tra-lai`, async (c) => {
    const found = await findRow(c)
    if (found instanceof Response) return found
    const { standing, n, text } = found
    const { member } = c.get('who')
    if (!mayEver('content.edit', member)) return refuse(c)
    if (standing.draft)
      return show(c, found, `Chưa làm: bản ${standing.draft.n} đang chờ duyệt. Duyệt hoặc bỏ bản ấy trước.`, 409)
    const now = textNow(standing)
    if (now && textHash(now.text) === textHash(text)) return show(c, found, 'Máy đang dùng đúng lời này.', 409)
    const row = await draftOf(app, standing, {
      text,
      base: now?.text ?? '',
      by: member.id,
      note: n === 0 ? 'Trở lại lời của bản phát hành' : `Trở lại lời của bản ${n}`,
      restores: n,
    })
    try {
      await audited(c, 'content.save', null, { about: aboutOf(row) }, saving(row))
    } catch (error) {
      const meanwhile = await findRow(c)
      if (meanwhile instanceof Response || meanwhile.standing.last === standing.last) throw error
      return show(c, meanwhile, 'Chưa làm: vừa có người lưu một bản khác.', 409)
    }
    return c.redirect(`${pathOf(standing.unit)}/ban/${row.n}?xong=luu`, 303)
  })
  return routes

  interface Found {
    standing: Standing
    n: number
    /** Null for the file. */
    row: Revision | null
    text: string
  }

  async function find(c: C): Promise<Standing | Response> {
    const unit = unitOf(c.req.param('kind'), c.req.param('slug'))
    const standing = unit === null ? null : await standingOf(app, unit)
    return standing ?? c.html(errorPage(404), 404)
  }

  async function findRow(c: C): Promise<Found | Response> {
    const standing = await find(c)
    if (standing instanceof Response) return standing
    const n = Number(c.req.param('n'))
    const row = Number.isInteger(n) && n > 0 ? await readRevision(app.store, standing.unit, n) : null
    const text = n === 0 ? standing.file : (row?.text ?? null)
    return text === null ? c.html(errorPage(404), 404) : { standing, n, row, text }
  }

  /** The table refuses what came too late: then the reader sees how it stands now. */
  async function attempt(
    c: C,
    action: string,
    row: Revision,
    writes: readonly Query[],
    late: (now: Revision | null) => boolean,
  ): Promise<Response | null> {
    try {
      await audited(c, action, null, { about: aboutOf(row) }, writes)
      return null
    } catch (error) {
      const found = await findRow(c)
      if (found instanceof Response || !late(found.row)) throw error
      return show(c, found, 'Chưa làm: bản này vừa được duyệt, bỏ hoặc có bản khác thay.', 409)
    }
  }

  async function show(
    c: C,
    { standing, n, row, text }: Found,
    message: string | null,
    status: 200 | 400 | 403 | 409 = 200,
  ): Promise<Response> {
    const { member } = c.get('who')
    const { unit } = standing
    const isDraft = row?.state === 'draft'
    const checked = isDraft || n === 0 ? await checkText(app, standing, text) : null
    const findings: readonly Finding[] = isDraft ? (checked?.findings ?? []) : []
    const patch: Patch | null = checked?.patch ?? readPatch(unit, row?.patch ?? null)
    const pronoun = PRONOUNS.find((one) => one === c.req.query('xung')) ?? 'bạn'
    const approval = row ? approvalOfText(row, member) : 'not_draft'
    const errors = errorsIn(findings).length + (checked === null ? (row?.problems ?? 0) : 0)
    const edits = mayEver('content.edit', member)
    const view = {
      reader: readerOf(c.get('who')),
      path: pathOf(unit),
      n,
      title: titleOf(unit),
      state: row === null ? (standing.live ? 'có bản sửa ở bàn thay' : 'máy đang dùng') : stateWords(row),
      facts: row === null ? ([['Tệp', unit]] as const) : factsOf(row),
      findings: findings.map((one) => showFinding(unit, one)),
      compare: await compare(c, standing, n, row, text),
      preview: patch === null ? [] : preview(patch, pronoun).map(shownPart),
      pronoun,
      pronouns: PRONOUNS,
      mayApprove: approval === 'yes' && errors === 0,
      why: isDraft ? whyNot(approval, errors) : null,
      mayDrop: isDraft && edits,
      mayEdit: isDraft && edits && app.editing?.editor != null,
      mayRestore: !isDraft && edits && textHash(text) !== textHash(textInForce(standing) ?? ''),
      text,
      notices:
        row && (isDraft || row.state === 'live') && isForked(app, row)
          ? ['Tệp của bản phát hành đã đổi sau khi bản này được soạn. Hãy so với tệp rồi quyết định giữ lời nào.']
          : [],
      message,
      done: message === null ? (DONE[c.req.query('xong') ?? ''] ?? null) : null,
    }
    return c.html(revisionPage(view), status)
  }

  function whyNot(approval: ReturnType<typeof approvalOfText>, errors: number): string | null {
    if (approval !== 'yes') return WHY_NOT[approval]
    return errors > 0 ? 'Còn chỗ cần sửa nên chưa duyệt được.' : null
  }

  function factsOf(row: Revision): readonly (readonly [string, string])[] {
    const now = app.now()
    return [
      ['Người soạn', `${staffName(app, row.by)}, ${clock(row.createdAt, now)}`],
      ...(row.note === '' ? [] : [['Sửa gì, vì sao', row.note] as const]),
      ...(row.approvedBy === null
        ? []
        : [['Người duyệt', `${staffName(app, row.approvedBy)}, ${clock(row.approvedAt ?? 0, now)}`] as const]),
    ]
  }

  /** A draft is compared with what people read now, what holds with its file, and an old one with what holds. */
  async function compare(c: C, standing: Standing, n: number, row: Revision | null, text: string) {
    const rows = (await revisionsOf(app.store, standing.unit)).filter((one) => one.n !== n)
    const file = standing.file === null || n === 0 ? [] : [{ value: '0', label: 'tệp của bản phát hành' }]
    const of = [...rows.map((one) => ({ value: String(one.n), label: `bản ${one.n} (${stateWords(one)})` })), ...file]
    const usual = row?.state === 'live' || !standing.live ? '0' : String(standing.live.n)
    const wanted = [c.req.query('voi') ?? '', usual, of[0]?.value ?? ''].find((one) =>
      of.some(({ value }) => value === one),
    )
    if (wanted === undefined) return null
    const other = wanted === '0' ? standing.file : (await readRevision(app.store, standing.unit, Number(wanted)))?.text
    return other == null ? null : { with: wanted, of, diff: textDiff(other, text) }
  }

  function preview(patch: Patch, pronoun: string): readonly PreviewPart[] {
    return patch.topic === null ? previewWords(app, patch, pronoun) : previewTopic(app, patch, pronoun)
  }

  function shownPart({ name, changed, messages }: PreviewPart) {
    return {
      changed,
      name: PART_NAMES[name] ?? name,
      messages: messages.map((one) => ({ ...one, name: CHANNEL_NAMES[one.channel] })),
    }
  }

  function titleOf(unit: string): string {
    const slug = unit.replace(/^.*\/|\.md$/g, '')
    const topic = unit.includes('/topics/') ? app.book().topics.find(({ id }) => id === slug) : app.book().flow(slug)
    return topic?.title ?? slug
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }
}
