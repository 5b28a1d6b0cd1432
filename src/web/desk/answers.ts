import type { App } from '../../app/app.ts'
import { PLAN_PARTS } from '../../engine/accompany/plan.ts'
import { SCORE_ANSWERS } from '../../engine/accompany/progress.ts'
import type { Id } from '../../engine/content.ts'
import type { AnswerRef } from '../../engine/conversation.ts'
import { COURSE_ANSWERS } from '../../engine/courses/course.ts'
import { formatClock } from '../../engine/hours.ts'
import { showPhone } from '../../engine/phone.ts'
import { openWords } from '../../store/lines.ts'
import { load } from '../../store/load.ts'
import { entranceName } from './entrance-words.ts'
import { COVER, HOURS, QUESTIONS } from './labels.ts'

/** An answer the person gave; `value` stays null until somebody asks to see it. */
export interface AnswerView {
  name: string
  question: string
  value: string | null
}

/** What belongs to the person alone, or is only gathered for a moment, is no answer for staff. */
const HIDDEN: readonly string[] = [...PLAN_PARTS, ...SCORE_ANSWERS, ...COURSE_ANSWERS]

/** Everything answered so far, covered but for the one that is being shown. */
export async function describeAnswers(app: App, contact: Id, shown: string | null): Promise<readonly AnswerView[]> {
  const { answers } = (await load(app.store, contact)).conversation
  return Promise.all(
    Object.entries(answers)
      .filter(([name]) => !HIDDEN.includes(name))
      .map(async ([name, answer]) => ({
        name,
        question: QUESTIONS[name] ?? name,
        value: name === shown ? await openAnswer(app, name, answer) : null,
      })),
  )
}

async function openAnswer(app: App, name: string, answer: AnswerRef): Promise<string> {
  const value = answer.type === 'code' ? answer.value : await openWords(app.store, app.vault, answer.id)
  if (value === null) return 'không còn giữ'
  const { points, communes } = app.directory()
  switch (name) {
    case 'phone':
      return showPhone(value)
    case 'call_time':
      return /^\d+$/.test(value) ? formatClock(Number(value)) : value
    case 'commune':
      return communes.find(({ id }) => id === value)?.name ?? value
    case 'point':
      return points.find(({ id }) => id === value)?.name ?? value
    case 'entrance':
      return entranceName(app, value)
    case 'topic':
      return app.book().topics.find(({ id }) => id === value)?.title ?? value
    default:
      return HOURS[value] ?? COVER[value] ?? VALUES[value] ?? value
  }
}

const VALUES: Readonly<Record<string, string>> = {
  minh: 'cho mình',
  than: 'cho người thân',
  'nguoi-than': 'cho người thân',
  'tim-hieu': 'muốn tìm hiểu',
  'gio-khac': 'một giờ cụ thể',
  'cau-khac': 'một câu khác',
  co: 'có',
  khong: 'không',
  tuan: 'mỗi tuần',
  'hai-tuan': 'hai tuần một lần',
  thang: 'mỗi tháng',
  cong_an: 'công an',
  y_te: 'y tế',
}
