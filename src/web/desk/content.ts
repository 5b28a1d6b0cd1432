import { type Context, Hono } from 'hono'
import type { App } from '../../app/app.ts'
import { wordsOfHouse } from '../../app/part.ts'
import { mayEver } from '../../app/permissions.ts'
import type { Topic } from '../../engine/book.ts'
import { daysBefore } from '../../engine/clock/zone.ts'
import { dayOf } from '../../engine/hours.ts'
import { citation } from '../../engine/topic.ts'
import { openRevisions } from '../../store/content.ts'
import { readTakenDown } from '../../store/directory.ts'
import { contentPage, scriptPage, type TopicItem, topicPage } from '../pages/desk/content.ts'
import { errorPage } from '../pages/error.ts'
import { refusedPage } from '../pages/refused.ts'
import { writtenDay } from './call-day.ts'
import { signedBy } from './content-words.ts'
import { type DeskEnv, readerOf } from './who.ts'

type C = Context<DeskEnv>

const AHEAD_DAYS = 90
/** Read aloud at about this many syllables a minute. */
const PACE = 170

const AUDIENCE_WORDS: Readonly<Record<string, string>> = {
  'hoc-sinh': 'Học sinh, sinh viên',
  'phu-huynh': 'Cha mẹ, người thân',
  'nguoi-lao-dong': 'Người lao động, quán xá',
  'nguoi-su-dung': 'Người đang dùng, đang điều trị',
  'sau-cai': 'Người sau cai',
  'moi-nguoi': 'Mọi người',
}
const LEVEL_WORDS: Readonly<Record<string, string>> = {
  education: 'giáo dục',
  legal: 'luật – luật sư duyệt',
  clinical: 'y tế – bác sĩ duyệt',
  safety: 'an toàn – bác sĩ duyệt',
}

/** Nội dung: what the library says, what is to be looked at again, and the scripts to read out. */
export function contentRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()
  const topicOf = (c: C): Topic | undefined => app.book().topics.find(({ id }) => id === c.req.param('id'))
  const words = (id: string, part: string) => wordsOfHouse(app, `topic.${id}.${part}`)

  routes.use('/desk/noi-dung/*', async (c, next) => (mayRead(c) ? next() : refuse(c)))
  routes.get('/desk/noi-dung', async (c) => {
    if (!mayRead(c)) return refuse(c)
    const { topics } = app.book()
    const until = daysBefore(app.now(), -AHEAD_DAYS).toString()
    const items = topics.map((topic) => ({ topic, item: itemOf(topic) }))
    const groups = Object.entries(AUDIENCE_WORDS).map(([audience, name]) => ({
      name,
      items: items.filter(({ topic }) => topic.audiences.includes(audience)).map(({ item }) => item),
    }))
    const due = items
      .filter(({ topic }) => topic.reviewBy <= until)
      .toSorted((a, b) => (a.topic.reviewBy < b.topic.reviewBy ? -1 : 1))
    return c.html(
      contentPage({
        reader: readerOf(c.get('who')),
        due: due.map(({ item }) => item),
        groups: groups.filter((group) => group.items.length > 0),
        total: topics.length,
        drafts: await drafts(c),
      }),
    )
  })
  routes.get('/desk/noi-dung/:id', async (c) => {
    const topic = topicOf(c)
    if (!topic) return c.html(errorPage(404), 404)
    const poster = words(topic.id, 'ap-phich').join(' ')
    return c.html(
      topicPage({
        reader: readerOf(c.get('who')),
        id: topic.id,
        title: topic.title,
        facts: [
          ['Dành cho', topic.audiences.map((one) => AUDIENCE_WORDS[one] ?? one).join('; ')],
          ['Loại', LEVEL_WORDS[topic.level ?? 'education'] ?? ''],
          ['Kiểm tra ngày', writtenDay(topic.asOf)],
          ['Viết ngày', topic.written ? writtenDay(topic.written) : ''],
          ['Người duyệt', signedBy(topic.reviewed)],
          ['Xem lại trước', writtenDay(topic.reviewBy)],
          ['Nguồn', topic.sources.map((id) => citation(app.book(), topic, id) ?? id).join('; ') || 'chưa ghi'],
        ],
        card: words(topic.id, 'card'),
        more: words(topic.id, 'more'),
        script: words(topic.id, 'loa'),
        poster: poster === '' ? null : poster,
        questions: topic.questions,
        quiz: topic.quiz ?? [],
        edit: mayEver('content.edit', c.get('who').member) && app.editing ? `/desk/noi-dung/sua/bai/${topic.id}` : null,
        takenDown: (await readTakenDown(app.store)).includes(topic.id),
        mayTakeDown: mayEver('content.take_down', c.get('who').member),
      }),
    )
  })
  routes.get('/desk/noi-dung/:id/loa', async (c) => {
    const topic = topicOf(c)
    const lines = topic ? words(topic.id, 'loa') : []
    if (!topic || lines.length === 0) return c.html(errorPage(404), 404)
    const minutes = lines.join(' ').split(/\s+/).length / PACE
    const halves = Math.max(2, Math.round(minutes * 2))
    const spoken = `${Math.floor(halves / 2)} phút${halves % 2 === 1 ? ' rưỡi' : ''}`
    return c.html(
      scriptPage({
        id: topic.id,
        title: topic.title,
        lines: lines.flatMap((line) => line.split('\n')),
        minutes: spoken,
        asOf: writtenDay(topic.asOf),
      }),
    )
  })
  return routes

  function itemOf(topic: Topic): TopicItem {
    const today = dayOf(app.now())
    const late = topic.reviewBy < today
    return {
      id: topic.id,
      title: topic.title,
      facts: [`kiểm tra ${writtenDay(topic.asOf)}`, signedBy(topic.reviewed)].join(' · '),
      due: late ? `quá hạn xem lại từ ${writtenDay(topic.reviewBy)}` : `xem lại trước ${writtenDay(topic.reviewBy)}`,
      script: words(topic.id, 'loa').length > 0,
    }
  }

  async function drafts(c: C): Promise<number | null> {
    const { member } = c.get('who')
    if (!app.editing || !(mayEver('content.edit', member) || mayEver('content.approve', member))) return null
    return (await openRevisions(app.store)).filter(({ state }) => state === 'draft').length
  }

  function mayRead(c: C): boolean {
    return mayEver('content.read', c.get('who').member)
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }
}
