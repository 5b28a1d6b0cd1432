import { type Context, Hono } from 'hono'
import { newVersion } from '../../app/accounts.ts'
import type { App } from '../../app/app.ts'
import { mayEver } from '../../app/permissions.ts'
import { dayOf } from '../../engine/hours.ts'
import { bumpingDirectory } from '../../store/directory.ts'
import {
  allSpoken,
  droppingSpoken,
  enablingSpoken,
  placingSpoken,
  type SoundKey,
  type SpokenTopic,
  spokenSound,
} from '../../store/topic-recordings.ts'
import { type Form, readForm } from '../form-fields.ts'
import { type SpokenDraft, spokenPage } from '../pages/desk/spoken.ts'
import { errorPage } from '../pages/error.ts'
import { refusedPage } from '../pages/refused.ts'
import { audited } from '../signed-in.ts'
import { answerSound, readSpoken } from '../sounds.ts'
import { isDay, writtenDay } from './call-day.ts'
import { titleOf } from './loudspeaker.ts'
import { SPOKEN_LANGUAGES, spokenName } from './spoken-words.ts'
import { type DeskEnv, readerOf, staffName } from './who.ts'

type C = Context<DeskEnv>

/** Leaves room on the smallest channel for the line before it. */
const TRANSCRIPT = 1_500
const DONE: Readonly<Record<string, string>> = {
  luu: 'Đã lưu. Chưa ai nghe được cho tới khi phụ trách điểm cho dùng.',
  bat: 'Đã cho dùng: người nói tiếng ấy mở bài này sẽ được gửi bản nghe.',
  bo: 'Đã bỏ bản ghi âm: tệp đã bị xoá.',
}

/** Bản ghi âm: texts of the library as somebody speaks them, in the languages people here speak. */
export function spokenRoutes(app: App): Hono<DeskEnv> {
  const routes = new Hono<DeskEnv>()

  routes.use('/desk/ban-ghi/*', async (c, next) =>
    mayEver('recording.write', c.get('who').member) ? next() : refuse(c),
  )
  routes.get('/desk/ban-ghi', (c) => show(c, { ...EMPTY, topic: c.req.query('bai') ?? '' }, null))
  routes.get('/desk/ban-ghi/nghe', async (c) => {
    const key = keyOf((name) => c.req.query(name) ?? '')
    const sound = key && (await spokenSound(app.store, key))
    return sound ? answerSound(c, sound) : c.html(errorPage(404), 404)
  })
  routes.post('/desk/ban-ghi', async (c) => {
    if (!mayEver('recording.write', c.get('who').member)) return refuse(c)
    const form = await readForm(c)
    const draft = draftOf(form)
    const { sound } = (await c.req.parseBody().catch(() => ({}))) as { sound?: unknown }
    const problem = problemOf(draft)
    if (problem !== null) return show(c, draft, `Chưa lưu: ${problem}`)
    const read = await readSpoken(sound)
    if ('problem' in read) return show(c, draft, `Chưa lưu: ${read.problem}`)
    const { id: by } = c.get('who').member
    const { topic, language, transcript, speaker, recordedOn } = draft
    await audited(c, 'recording.write', null, { about: `${topic}:${language}:${read.form}` }, [
      placingSpoken({ topic, language, transcript, speaker, recordedOn, ...read, by, at: app.now() }),
      bumpingDirectory(newVersion(app)),
    ])
    return c.redirect('/desk/ban-ghi?xong=luu', 303)
  })
  routes.post('/desk/ban-ghi/bat', async (c) => {
    const form = await readForm(c)
    const key = keyOf(form.one)
    const { member } = c.get('who')
    if (!mayEver('recording.enable', member)) return refuse(c)
    if (!key) return c.html(errorPage(400), 400)
    if (form.one('sure') !== 'yes') return show(c, EMPTY, NOT_HEARD)
    const writes = [enablingSpoken(key, Number(form.one('at')), member.id), bumpingDirectory(newVersion(app))]
    await audited(c, 'recording.enable', null, { about: `${key.topic}:${key.language}:${key.form}` }, writes)
    return c.redirect('/desk/ban-ghi?xong=bat', 303)
  })
  routes.post('/desk/ban-ghi/bo', async (c) => {
    const key = keyOf((await readForm(c)).one)
    if (!key) return c.html(errorPage(400), 400)
    const writes = [droppingSpoken(key), bumpingDirectory(newVersion(app))]
    await audited(c, 'recording.write', null, { about: `${key.topic}:${key.language}:${key.form}` }, writes)
    return c.redirect('/desk/ban-ghi?xong=bo', 303)
  })
  return routes

  async function show(c: C, draft: SpokenDraft, problem: string | null): Promise<Response> {
    const { member } = c.get('who')
    if (!mayEver('recording.write', member)) return refuse(c)
    const view = {
      reader: readerOf(c.get('who')),
      items: (await allSpoken(app.store)).map(itemOf),
      mayEnable: mayEver('recording.enable', member),
      topics: app.book().topics.map(({ id, title }) => ({ value: id, label: title })),
      languages: SPOKEN_LANGUAGES.map(({ id, name }) => ({ value: id, label: name })),
      draft,
      today: dayOf(app.now()),
      longest: TRANSCRIPT,
      problem,
      done: DONE[c.req.query('xong') ?? ''] ?? null,
    }
    return c.html(spokenPage(view), problem === null ? 200 : 400)
  }

  function itemOf(one: SpokenTopic) {
    const topic = app.book().topics.find(({ id }) => id === one.topic)
    const query = new URLSearchParams({ topic: one.topic, language: one.language, form: one.form })
    return {
      topic: one.topic,
      language: one.language,
      form: one.form,
      at: one.at,
      title: titleOf(app, one.topic),
      spokenIn: spokenName(one.language),
      facts: [
        `${one.speaker} nói, ghi ngày ${writtenDay(one.recordedOn)}`,
        ...(one.form === 'aac' ? ['tệp .aac cho Zalo'] : []),
        `${staffName(app, one.by)} tải lên`,
        one.enabledBy === null ? 'CHƯA CHO DÙNG' : `đang dùng, ${staffName(app, one.enabledBy)} cho`,
      ].join(' · '),
      transcript: one.transcript,
      // Who corrects a text corrects no voice.
      stale: topic
        ? one.recordedOn < topic.asOf
          ? `Bài đã được kiểm tra lại ngày ${writtenDay(topic.asOf)}, sau khi ghi âm: nghe lại xem còn đúng không.`
          : null
        : 'Bài này không còn trong thư viện: bản ghi không được gửi cho ai.',
      enabled: one.enabledBy !== null,
      src: `/desk/ban-ghi/nghe?${query}`,
    }
  }

  function problemOf(draft: SpokenDraft): string | null {
    if (!app.book().topics.some(({ id }) => id === draft.topic)) return 'bạn chọn bài.'
    if (!SPOKEN_LANGUAGES.some(({ id }) => id === draft.language)) return 'bạn chọn tiếng.'
    if (draft.transcript === '' || draft.transcript.length > TRANSCRIPT)
      return `ghi lại lời ấy bằng tiếng Việt, tối đa ${TRANSCRIPT} ký tự.`
    if (draft.speaker === '') return 'ghi ai nói trong bản ghi.'
    if (!isDay(draft.recordedOn) || draft.recordedOn > dayOf(app.now())) return 'chọn ngày đã ghi âm.'
    return draft.consent ? null : 'chỉ dùng giọng của người đã đồng ý; bạn hỏi họ rồi đánh dấu ô ấy.'
  }

  async function refuse(c: C): Promise<Response> {
    return c.html(refusedPage(c.get('who').member), 403)
  }
}

const NOT_HEARD = 'Chưa cho dùng: hãy nghe cùng một người hiểu tiếng ấy, rồi đánh dấu ô xác nhận.'

const EMPTY: SpokenDraft = { topic: '', language: '', transcript: '', speaker: '', recordedOn: '', consent: false }

function draftOf(form: Form): SpokenDraft {
  const text = (name: string) => form.one(name).normalize('NFC').replaceAll('\r\n', '\n').trim()
  return {
    topic: text('topic'),
    language: text('language'),
    transcript: text('transcript'),
    speaker: text('speaker').slice(0, 80),
    recordedOn: text('recordedOn'),
    consent: form.one('consent') === 'yes',
  }
}

function keyOf(one: (name: string) => string): SoundKey | null {
  const [topic, language, form] = [one('topic'), one('language'), one('form')]
  return topic !== '' && language !== '' && (form === 'any' || form === 'aac') ? { topic, language, form } : null
}
